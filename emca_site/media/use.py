"""Who uses a picture or a file.

Wagtail's index knows rows and not publications: a draft's row is in it like any other. A draft of
something live is not: it is kept as a version, and the row stays what strangers read. So a use
counts when its row is live.
"""

from datetime import datetime
from functools import reduce
from operator import or_

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull
from django.utils import timezone
from wagtail.models import DraftStateMixin, ReferenceIndex, Revision

# Names nothing that uses it: whoever reads this may have no business there.
IN_USE = (
    "Something live uses this file, so it cannot be replaced or deleted. Upload a new one and "
    "change what uses it."
)


def public_uses(model: type[models.Model], object_id, now=None) -> models.QuerySet:
    """Where something that strangers may read now uses a picture or a file.

    In a field, in rich text, in a block, or in a list on a page. `object_id` is the thing's id as
    text, or an `OuterRef` to it. One statement, or a part of one, whatever uses it.
    """
    sources = {ContentType.objects.get_for_model(each): each for each in source_models()}
    # A value and not `EXISTS`: PostgreSQL may answer that by reading all the live rows there are.
    is_live = [
        models.Q(base_content_type=kind)
        & models.Q(
            IsNull(
                models.Subquery(
                    live_rows(source, now).filter(pk=models.OuterRef("source_id")).values("pk")
                ),
                False,
            )
        )
        for kind, source in sources.items()
        if _has_drafts(source)
    ]
    # Those without drafts, such as settings, always count.
    at_once = [kind for kind, source in sources.items() if not _has_drafts(source)]
    source_id = models.Case(
        # Nothing for other rows, whose ids may not be numbers. Not a filter as well: SQLite would
        # then go by the source, and there are many more of those than uses of one thing.
        models.When(
            base_content_type__in=list(sources),
            then=Cast("object_id", models.BigIntegerField()),
        )
    )
    return (
        ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(model), to_object_id=object_id
        )
        .annotate(source_id=source_id)
        .filter(reduce(or_, is_live, models.Q(base_content_type__in=at_once)))
    )


def is_public(thing: models.Model) -> bool:
    """Whether strangers may have this file: something that they may read now uses it."""
    return public_uses(type(thing), str(thing.pk)).exists()


def source_models() -> list[type[models.Model]]:
    """Every type of row that Wagtail's index follows; for all types of pages, `Page`."""
    bases = {
        (model._meta.get_parent_list() or [model])[-1] for model in ReferenceIndex.indexed_models
    }
    return sorted(bases, key=lambda model: model._meta.label)


def _has_drafts(model: type[models.Model]) -> bool:
    return any(field.name == "live" for field in model._meta.get_fields())


def is_used_live(thing: models.Model) -> bool:
    """Whether anything that strangers may see, now or at a time that is approved, uses this file.

    One query for each type that uses it at all. What stands in a list on a page (inline children)
    counts through the page, as Wagtail's index has it.
    """
    kind = ContentType.objects.get_for_model(thing)
    used = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=str(thing.pk))
    types = used.order_by().values_list("base_content_type", flat=True).distinct()
    sources = [ContentType.objects.get_for_id(pk).model_class() for pk in types]
    return any(
        _is_used_by(thing, live_rows(source) | due_rows(source))
        for source in sources
        if source is not None  # a type that was, and is no more
    )


def _is_used_by(thing: models.Model, sources: models.QuerySet) -> bool:
    uses = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(sources.model),
        to_content_type=ContentType.objects.get_for_model(thing),
        to_object_id=str(thing.pk),
    ).annotate(source_id=Cast("object_id", models.BigIntegerField()))
    return uses.filter(models.Exists(sources.filter(pk=models.OuterRef("source_id")))).exists()


def live_rows(model: type[models.Model], now: datetime | None = None) -> models.QuerySet:
    """The rows that strangers may see now, as far as their fields say.

    Those without `live` have no drafts, such as settings: all of them count.
    """
    rows = model._base_manager.all()
    if not _has_drafts(model):
        return rows
    return rows.filter(live=True).exclude(expire_at__lte=now or timezone.now())


def due_rows(model: type[models.Model]) -> models.QuerySet:
    """The rows that will go live by themselves: what was approved is to stay as it was."""
    rows = model._base_manager.all()
    if not issubclass(model, DraftStateMixin):
        return rows.none()
    due = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model),
        approved_go_live_at__isnull=False,
    )
    return rows.filter(pk__in=due.values_list(Cast("object_id", models.BigIntegerField())))


def used_in(version: models.Model) -> set[tuple[int, str]]:
    """What one version of something refers to, saved or not: types of content, and ids as text."""
    # Private to Wagtail: `tests/test_grants.py` says what is counted on.
    references = ReferenceIndex._extract_references_from_object(version)
    return {(content_type_id, object_id) for content_type_id, object_id, *_ in references}


def files_used_by(version: models.Model) -> list[models.Model]:
    """The pictures and files in one version of something, in no special order."""
    wanted = used_in(version)
    found = []
    for model in (apps.get_model("media.SiteImage"), apps.get_model("media.SiteDocument")):
        kind = ContentType.objects.get_for_model(model).pk
        found += model.objects.filter(pk__in=[pk for each, pk in wanted if each == kind])
    return found
