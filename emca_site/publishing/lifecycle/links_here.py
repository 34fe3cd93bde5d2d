"""Find what links to a page, for people who are about to retire or move it."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, ReferenceIndex

from emca_site.publishing.lifecycle.addresses.sources import (
    keys_of,
    typed_promotions,
    typed_redirects,
    typed_references,
)
from emca_site.publishing.permissions.rights import may_see


@dataclass(frozen=True)
class LinkHere:
    """An object with a link, a choice or a setting that leads to the page or to one below it."""

    title: str
    kind: str
    edit_url: str  # empty if the user may not edit it
    is_live: bool
    leads_to: str  # the title of the page below, or empty if it is the page itself


def links_to(page: Page, user) -> list[LinkHere]:
    """Return all links that the user may see to the page and to those below it.

    Pages below are included as they are retired or moved with it. Links between pages of this
    family are left out.
    """
    family = {each.pk: each for each in page.get_descendants(inclusive=True)}
    keys = keys_of(family.values())
    finder = AdminURLFinder(user)
    links = []
    for source, target_id in _sources(family, keys):
        is_page = isinstance(source, Page)
        if is_page and source.pk in family:
            continue
        is_live = getattr(source, "live", True)
        target = family[target_id]
        if not is_live and not may_see(user, source):
            continue
        if target.pk != page.pk and not target.live and not may_see(user, target.specific):
            continue
        title = source.title if is_page and is_live else str(source)
        links.append(
            LinkHere(
                title=title,
                kind=capfirst(str(source._meta.verbose_name)),
                edit_url=finder.get_edit_url(source) or "",
                is_live=is_live,
                leads_to=_below(target, page),
            )
        )
    tellable = {each.pk: each for each in family.values() if each.live or each.pk == page.pk}
    links += _redirects(tellable, keys, page, finder) + _promotions(tellable, keys, page, user)
    return sorted(links, key=lambda link: (link.kind, link.title, link.leads_to))


def places_that_link_to(page: Page) -> list[str]:
    """Return the addresses of everything live that links to a page, or shows what links to it."""
    places = []
    for source, _ in _sources({page.pk: page}, keys_of([page])):
        if not getattr(source, "live", True) or source == page:
            continue
        if isinstance(source, Page):
            places.append(source.url)
        elif hasattr(source, "get_absolute_url"):
            places.append(source.get_absolute_url())
        places += source.listed_at() if hasattr(source, "listed_at") else []
    addresses = (place.partition("#")[0] for place in places if place)
    return list(dict.fromkeys(addresses))


# Wagtail's reference index contains neither redirects nor promoted results.


def _redirects(
    tellable: dict[int, Page], keys: dict[str, int], page: Page, finder: AdminURLFinder
) -> list[LinkHere]:
    chosen = Redirect.objects.filter(redirect_page__in=tellable)
    leading = [(each, each.redirect_page_id) for each in chosen] + typed_redirects(keys)
    return [
        LinkHere(
            title=redirect.old_path,
            kind="Redirect",
            edit_url=finder.get_edit_url(redirect) or "",
            is_live=True,
            leads_to=_below(tellable[target], page),
        )
        for redirect, target in leading
        if target in tellable
    ]


def _promotions(
    tellable: dict[int, Page], keys: dict[str, int], page: Page, user
) -> list[LinkHere]:
    may_edit = user.has_perm("wagtailsearchpromotions.change_searchpromotion")
    chosen = SearchPromotion.objects.filter(page__in=tellable).select_related("query")
    leading = [(each, each.page_id) for each in chosen] + typed_promotions(keys)
    return [
        LinkHere(
            title=promotion.query.query_string,
            kind="Promoted result",
            edit_url=reverse("wagtailsearchpromotions:edit", args=[promotion.query_id])
            if may_edit
            else "",
            is_live=True,
            leads_to=_below(tellable[target], page),
        )
        for promotion, target in leading
        if target in tellable
    ]


def _below(target: Page, page: Page) -> str:
    return "" if target.pk == page.pk else target.title


def _sources(family: dict[int, Page], keys: dict[str, int]):
    """Yield (object with a link, id of the page it leads to), once for each such pair."""
    chosen = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Page), to_object_id__in=map(str, family)
    )
    targets = {str(pk): pk for pk in family} | keys
    found: dict[int, dict[tuple[str, int], None]] = {}
    for references in (chosen, typed_references(keys)):
        rows = references.order_by("content_type", "object_id", "to_object_id")
        for type_id, pk, key in rows.values_list("content_type", "object_id", "to_object_id"):
            found.setdefault(type_id, {})[pk, targets[key]] = None
    for type_id, pairs in found.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is None:  # the model of this content type was removed
            continue
        publishables = model._base_manager.in_bulk({pk for pk, _ in pairs})
        by_key = {str(pk): publishable for pk, publishable in publishables.items()}
        for pk, target in pairs:
            if pk in by_key:
                yield by_key[pk], target
