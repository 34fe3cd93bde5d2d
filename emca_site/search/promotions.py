"""The results that staff promote for a term."""

from dataclasses import dataclass

from django.db.models import Q
from modelsearch.utils import normalise_query_string
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from emca_site.publishing.lifecycle.addresses import find_targets
from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.search.terms import SearchTerm


@dataclass(frozen=True)
class Promoted:
    title: str
    url: str
    description: str


def shown_promotions():
    """Return the promotions that lead to what visitors may read, or to another site."""
    published = Q(page__in=Page.objects.filter(published_now()))
    elsewhere = Q(page=None) & ~Q(external_link_url="")
    return SearchPromotion.objects.filter(published | elsewhere)


def promoted_for(term: SearchTerm) -> list[Promoted]:
    """Return the promotions of a term, in order. Wagtail's `Query.get` is not used, because it
    stores the term."""
    promotions = shown_promotions().filter(
        query__query_string__in={normalise_query_string(term.text), term.normal}
    )
    found = list(promotions.select_related("page").order_by("sort_order", "pk"))
    typed = find_targets(each.external_link_url for each in found if not each.page)
    promoted = (
        Promoted(
            # If staff wrote no words for the link, the page's title is used.
            each.external_link_text or each.title,
            each.page.url if each.page else typed.typed[each.external_link_url].shown,
            each.description,
        )
        for each in found
    )
    return [each for each in promoted if each.url]
