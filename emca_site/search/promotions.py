"""What staff put first for a term."""

from dataclasses import dataclass

from django.db.models import Q
from modelsearch.utils import normalise_query_string
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from emca_site.publishing.models import published_now
from emca_site.search.terms import SearchTerm


@dataclass(frozen=True)
class Promoted:
    title: str
    url: str
    description: str


def shown_promotions():
    """Those that lead to what a stranger may read, or to another site."""
    published = Q(page__in=Page.objects.filter(published_now()))
    elsewhere = Q(page=None) & ~Q(external_link_url="")
    return SearchPromotion.objects.filter(published | elsewhere)


def promoted_for(term: SearchTerm) -> list[Promoted]:
    """In their order. Looked up and no more: Wagtail's `Query.get` would write the term down."""
    promotions = shown_promotions().filter(
        query__query_string__in={normalise_query_string(term.text), term.normal}
    )
    return [
        Promoted(
            # A page's own title stands where staff wrote no words for the link.
            promotion.external_link_text or promotion.title,
            promotion.page.url if promotion.page else promotion.external_link_url,
            promotion.description,
        )
        for promotion in promotions.select_related("page").order_by("sort_order", "pk")
    ]
