"""What leads to a page, for whoever is about to retire or move it."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
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
                leads_to="" if target.pk == page.pk else target.title,
            )
        )
    return sorted(links, key=lambda link: (link.kind, link.title, link.leads_to))


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
