"""Find where an address of a page was typed.

Wagtail's reference index covers all content except redirects and promoted results.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, ReferenceIndex, Site

from emca_site.publishing.lifecycle.addresses.own import own_address


def keys_of(pages: Iterable[Page]) -> dict[str, int]:
    """Return page ids by the key of each address of these pages, present or redirected."""
    pages = list(pages)
    redirects = Redirect.objects.filter(redirect_page__in=[page.pk for page in pages])
    old = {
        own.key: page_id
        for path, page_id in redirects.values_list("old_path", "redirect_page")
        if (own := own_address(path))
    }
    now = {own.key: page.pk for page in pages if page.url and (own := own_address(page.url))}
    return {**old, **now}


def typed_references(keys: Iterable[str]) -> models.QuerySet:
    return ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Site), to_object_id__in=list(keys)
    )


def keys_typed(keys: Iterable[str]) -> set[str]:
    """Return those of these address keys that were typed in any content."""
    return set(typed_references(keys).values_list("to_object_id", flat=True))


def typed_redirects(keys: dict[str, int]) -> list[tuple[Redirect, int]]:
    """Return (redirect, page id) for each redirect whose typed target is one of these keys."""
    return _leading_to(keys, Redirect.objects.exclude(redirect_link=""), "redirect_link")


def typed_promotions(keys: dict[str, int]) -> list[tuple[SearchPromotion, int]]:
    promotions = SearchPromotion.objects.exclude(external_link_url="").select_related("query")
    return _leading_to(keys, promotions, "external_link_url")


def _leading_to(keys: dict[str, int], rows: models.QuerySet, name: str) -> list[tuple]:
    # Compared in Python: the rows are few, and an address may be spelt in many ways.
    owns = ((row, own_address(getattr(row, name))) for row in rows)
    return [(row, keys[own.key]) for row, own in owns if own and own.key in keys]
