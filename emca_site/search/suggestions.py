"""“Did you mean”: words of this site that are spelt nearly like those that found nothing."""

from difflib import get_close_matches

from wagtail.models import Page

from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.search.matching import DEPTH_OF_HOME, best_matches
from emca_site.search.promotions import shown_promotions
from emca_site.search.terms import SearchTerm
from emca_site.site_version.models import cached

SHORTEST_WORD = 4  # shorter ones are like too many others
LONGEST_WORD = 30
MOST_WORDS = 5
LIKENESS = 0.75

# Where there are more pages, the oldest are the sections and areas, the newest the news.
OLDEST_READ = 1_000
NEWEST_READ = 4_000


def did_you_mean(term: SearchTerm, request=None) -> SearchTerm | None:
    """Return the term in words that occur on this site, if such a term finds something."""
    if len(term.pieces) > MOST_WORDS:
        return None
    words = cached("words to suggest", request, _words_of_the_site)
    pieces = [_nearest(piece, words) for piece in term.pieces]
    if pieces == term.pieces:
        return None
    suggestion = SearchTerm(" ".join(pieces))
    return suggestion if best_matches(suggestion, most=1) else None


def _nearest(piece: str, words: dict[str, set[str]]) -> str:
    same_start = words.get(piece[:1], set())
    if not SHORTEST_WORD <= len(piece) <= LONGEST_WORD or piece in same_start:
        return piece
    # In order, so that of two that are equally near it is always the same one.
    near = sorted(word for word in same_start if abs(len(word) - len(piece)) <= 2)
    return next(iter(get_close_matches(piece, near, n=1, cutoff=LIKENESS)), piece)


def _words_of_the_site() -> dict[str, set[str]]:
    """The words of titles and of promoted terms, by their first letter: few people mistype that."""
    titles = Page.objects.filter(published_now(), depth__gt=DEPTH_OF_HOME).values_list(
        "title", flat=True
    )
    texts = {*titles.order_by("pk")[:OLDEST_READ], *titles.order_by("-pk")[:NEWEST_READ]}
    texts.update(shown_promotions().values_list("query__query_string", flat=True))
    words: dict[str, set[str]] = {}
    for text in texts:
        for word in SearchTerm.typed(text).pieces:
            words.setdefault(word[0], set()).add(word)
    return words
