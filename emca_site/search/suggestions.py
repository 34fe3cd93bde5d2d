"""“Did you mean”: words on this site that are spelt nearly like those that found nothing."""

from difflib import get_close_matches

from wagtail.models import Page

from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.search.matching import DEPTH_OF_HOME, best_matches
from emca_site.search.promotions import shown_promotions
from emca_site.search.terms import SearchTerm
from emca_site.site_version.models import cached

SHORTEST_WORD = 4  # shorter words resemble too many others
LONGEST_WORD = 30
MOST_WORDS = 5
LIKENESS = 0.75

# On a larger site, the oldest pages are the sections and areas, the newest are news.
OLDEST_READ = 1_000
NEWEST_READ = 4_000


def did_you_mean(term: SearchTerm, request=None) -> SearchTerm | None:
    """Return the term corrected to words on this site, or None if that finds nothing either."""
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
    # Sorted, so that the same word wins each time when two are equally near.
    near = sorted(word for word in same_start if abs(len(word) - len(piece)) <= 2)
    return next(iter(get_close_matches(piece, near, n=1, cutoff=LIKENESS)), piece)


def _words_of_the_site() -> dict[str, set[str]]:
    """Return the words of titles and promoted terms by first letter, which is rarely mistyped."""
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
