"""What leads to a page, for whoever is about to retire or move it."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, ReferenceIndex

from emca_site.publishing.rights import may_know


@dataclass(frozen=True)
class LinkHere:
    """Something with a link, a choice or a setting that leads to the page or to one below it."""

    title: str
    kind: str
    edit_url: str  # empty for who may not edit it
    is_live: bool
    leads_to: str  # the title of the page below, or empty for the page itself


def links_to(page: Page, user) -> list[LinkHere]:
    """All that the person may know of, pages first. What is below the page goes with it."""
    family = {each.pk: each for each in page.get_descendants(inclusive=True)}
    found = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Page),
        to_object_id__in=[str(pk) for pk in family],
    )
    finder = AdminURLFinder(user)
    links = []
    for source, target_id in _sources(found):
        is_page = isinstance(source, Page)
        if is_page and source.pk in family:
            continue
        is_live = getattr(source, "live", True)
        target = family[target_id]
        if not is_live and not may_know(user, source):
            continue
        if target.pk != page.pk and not target.live and not may_know(user, target.specific):
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
    links += _redirects(family, page, finder) + _promotions(family, page, user)
    return sorted(links, key=lambda link: (link.kind, link.title, link.leads_to))


# Wagtail's index of references knows neither redirects nor promoted results.


def _redirects(family: dict[int, Page], page: Page, finder: AdminURLFinder) -> list[LinkHere]:
    return [
        LinkHere(
            title=redirect.old_path,
            kind="Redirect",
            edit_url=finder.get_edit_url(redirect) or "",
            is_live=True,
            leads_to=_below(family[redirect.redirect_page_id], page),
        )
        for redirect in Redirect.objects.filter(redirect_page__in=_tellable(family, page))
    ]


def _promotions(family: dict[int, Page], page: Page, user) -> list[LinkHere]:
    may_edit = user.has_perm("wagtailsearchpromotions.change_searchpromotion")
    promotions = SearchPromotion.objects.filter(page__in=_tellable(family, page))
    return [
        LinkHere(
            title=promotion.query.query_string,
            kind="Promoted result",
            edit_url=reverse("wagtailsearchpromotions:edit", args=[promotion.query_id])
            if may_edit
            else "",
            is_live=True,
            leads_to=_below(family[promotion.page_id], page),
        )
        for promotion in promotions.select_related("query")
    ]


def _tellable(family: dict[int, Page], page: Page) -> list[int]:
    """Keys of the page and of what is live below it: these lead to no draft."""
    return [each.pk for each in family.values() if each.live or each.pk == page.pk]


def _below(target: Page, page: Page) -> str:
    return "" if target.pk == page.pk else target.title


def _sources(found: models.QuerySet):
    """Each thing with a link, once for each page that it leads to."""
    rows = found.order_by("content_type", "object_id", "to_object_id")
    keys: dict[int, list[tuple[str, int]]] = {}
    for type_id, pk, target in rows.values_list("content_type", "object_id", "to_object_id"):
        pairs = keys.setdefault(type_id, [])
        if (pk, int(target)) not in pairs:
            pairs.append((pk, int(target)))
    for type_id, pairs in keys.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is None:  # a type that was, and is no more
            continue
        things = model._base_manager.in_bulk({pk for pk, _ in pairs})
        by_key = {str(pk): thing for pk, thing in things.items()}
        for pk, target in pairs:
            if pk in by_key:
                yield by_key[pk], target
