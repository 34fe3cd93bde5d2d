"""Loads the promoted results: what comes first in a search for a term."""

from django.conf import settings
from modelsearch.utils import normalise_query_string
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from demo.reading import content
from demo.rich_text import has_view, page_at
from home.models import LoadedItem


def load_promotions() -> int:
    """Return how many were made. Promotions without a target yet are left for a later run."""
    return sum(
        LoadedItem.objects.load(
            f"promotion:{term}",
            lambda words=words, term=term, target=target: _make_promotion(words, term, target),
        )
        for words in content("search-promotions")["promotions"]
        if (target := _target(words["page"]))
        for term in map(str, words["terms"])
    )


def _target(address: str) -> dict:
    """Return the page at an address, or the address if a view of the site serves it."""
    if page := page_at(address):
        return {"page": page}
    return {"external_link_url": settings.SITE_URL + address} if has_view(address) else {}


def _make_promotion(words: dict, term: str, target: dict) -> SearchPromotion:
    query, _ = Query.objects.get_or_create(query_string=normalise_query_string(term))
    # Staff may have promoted results for this term: theirs stay first.
    return SearchPromotion.objects.create(
        query=query,
        external_link_text=words["title"],
        description=words["sentence"],
        sort_order=query.editors_picks.count(),
        **target,
    )
