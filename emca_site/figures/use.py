"""Finds what shows a figure: public pages for readers, and drafts too for users of the desk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex, Revision

from emca_site.media.use import used_in
from emca_site.numbers.formatting import Unit
from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.scheduling.scheduled import models_to_ask

MOST_NAMED = 5  # in one message


@dataclass(frozen=True)
class Use:
    """An object that shows a figure, or will when its draft is published."""

    title: str
    kind: str
    edit_url: str  # empty for a user who may not edit it
    is_public: bool


def pages_showing(figure: models.Model) -> list[Page]:
    """Return the public pages that show a figure and are in lists and menus."""
    return pages_by_figure(type(figure), [figure.pk]).get(figure.pk, [])


def pages_by_figure(
    model: type[models.Model], keys: Iterable[int] | None = None
) -> dict[int, list[Page]]:
    """Return the pages that show each figure, by its key, in two statements.

    Without `keys` it does so for all figures.
    """
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    if keys is not None:
        references = references.filter(to_object_id__in=[str(key) for key in keys])
    pairs = references.order_by().values_list("to_object_id", "object_id").distinct()
    sources = references.order_by().annotate(source=Cast("object_id", models.BigIntegerField()))
    pages = Page.objects.filter(published_now(), pk__in=sources.values("source")).order_by("path")
    pages = pages.only("path", "depth", "url_path", "title", "live", "expire_at")
    figures_of = defaultdict(list)
    for figure, source in pairs:
        figures_of[int(source)].append(int(figure))
    found = defaultdict(list)
    for page in pages:
        for figure in figures_of[page.pk]:
            found[figure].append(page)
    return found


def uses_of(figure: models.Model, user) -> tuple[list[Use], bool]:
    """Return what shows the figure and is visible to this user, and whether there is more.

    It includes drafts and changes that are not approved yet.
    """
    finder = AdminURLFinder(user)
    known, has_more = {}, False
    for obj, is_public in _sources(figure):
        if not is_public and not may_see(user, obj):
            has_more = True
            continue
        use = Use(
            title=str(obj),
            kind=capfirst(str(obj._meta.verbose_name)),
            edit_url=finder.get_edit_url(obj) or "",
            is_public=is_public,
        )
        known.setdefault((obj._meta.label, obj.pk), use)  # public uses come first
    return sorted(
        known.values(), key=lambda use: (not use.is_public, use.kind, use.title)
    ), has_more


def why_in_use(figure: models.Model, user) -> str:
    """Return why it cannot be deleted, naming what shows it; empty if nothing does."""
    uses, has_more = uses_of(figure, user)
    if not uses and not has_more:
        return ""
    named = [f"{use.kind} “{use.title}”" for use in uses]
    if has_more or len(named) > MOST_NAMED:
        named = [*named[:MOST_NAMED], "and others, of other teams perhaps"]
    return f"This figure is used, so it cannot be deleted. Take it out first: {', '.join(named)}."


def why_unit_stays(figure: models.Model) -> str:
    """Return why its unit cannot be changed: something that has it as a target uses another one.

    What is not public is not named, because it may not be visible to the user who asks.
    """
    counting = ((obj, public) for obj, public in _sources(figure) if hasattr(obj, "unit"))
    for obj, is_public in counting:
        if obj.unit != figure.unit:
            name = f"“{obj}”" if is_public else "A draft"
            return f"{name} counts in {Unit(obj.unit).label.lower()}, with this as its target."
    return ""


def _sources(figure: models.Model) -> Iterator[tuple[models.Model, bool]]:
    yield from _rows(figure)
    yield from _changes(figure)


def _rows(figure: models.Model) -> Iterator[tuple[models.Model, bool]]:
    """Yield what Wagtail's index knows: public objects, and drafts that were never public."""
    references = ReferenceIndex.get_references_to(figure).order_by()
    keys = defaultdict(set)
    for type_id, pk in references.values_list("base_content_type", "object_id"):
        keys[type_id].add(pk)
    for type_id, pks in keys.items():
        if model := ContentType.objects.get_for_id(type_id).model_class():
            for row in model._base_manager.filter(pk__in=pks):
                obj = row.specific if isinstance(row, Page) else row
                yield obj, getattr(obj, "live", True)


def _changes(figure: models.Model) -> Iterator[tuple[models.Model, bool]]:
    """Yield versions that are to be published next, whose references are in no index."""
    wanted = (ContentType.objects.get_for_model(figure).pk, str(figure.pk))
    latest = models.Q(pk__in=[])
    for model in models_to_ask():
        drafts = model._base_manager.filter(has_unpublished_changes=True)
        latest |= models.Q(pk__in=drafts.order_by().values("latest_revision"))
    due = models.Q(approved_go_live_at__isnull=False)
    # Most versions do not contain its id at all, and are not deserialised.
    text = Cast("content", models.TextField())
    maybe = Revision.objects.alias(text=text).filter(latest | due, text__contains=str(figure.pk))
    for revision in maybe.iterator(chunk_size=100):
        version = revision.as_object()
        if wanted in used_in(version):
            yield version, False
