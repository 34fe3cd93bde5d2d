"""Finds what uses a picture or a file.

Wagtail's reference index knows rows, not publications. It includes the row of a draft that was
never live. It does not include a draft of a live page: that is a revision, and the row stays what
visitors read. So a public use counts when its row is live, and revisions that wait for approval or
for their time are read themselves.
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
from wagtail.models import ReferenceIndex, Revision, TaskState

# It names no user of the file, because the editor may not have access to it.
IN_USE = (
    "Something that is live, scheduled or waiting for approval uses this file, so it cannot be "
    "replaced or deleted. Upload a new one and change what uses it."
)


def public_uses(model: type[models.Model], object_id, now=None) -> models.QuerySet:
    """Return the references from what visitors may read now to a picture or a file.

    They may be in a field, in rich text, in a block, or in a list on a page. `object_id` is the id
    of the picture or file as text, or an `OuterRef` to it. The result is one statement, or a part
    of one, whatever uses the file.
    """
    sources = {ContentType.objects.get_for_model(each): each for each in source_models()}
    # A value and not `EXISTS`: PostgreSQL may run `EXISTS` by reading all live rows.
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
    # Models without drafts, such as settings, always count.
    without_drafts = [kind for kind, source in sources.items() if not _has_drafts(source)]
    source_id = models.Case(
        # NULL for other rows, whose ids may not be numbers. No filter as well: SQLite would then
        # start from the source, and there are many more of those than uses of one object.
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
        .filter(reduce(or_, is_live, models.Q(base_content_type__in=without_drafts)))
    )


def is_public(obj: models.Model) -> bool:
    """Whether visitors may read this file: something that they may read now uses it."""
    return public_uses(type(obj), str(obj.pk)).exists()


def source_models() -> list[type[models.Model]]:
    """Return every model that Wagtail's index follows; all page types count as `Page`."""
    bases = {
        (model._meta.get_parent_list() or [model])[-1] for model in ReferenceIndex.indexed_models
    }
    return sorted(bases, key=lambda model: model._meta.label)


def _has_drafts(model: type[models.Model]) -> bool:
    return any(field.name == "live" for field in model._meta.get_fields())


def is_in_use(obj: models.Model) -> bool:
    """Whether something that is live, scheduled or waiting for approval uses this file."""
    if is_public(obj):
        return True
    wanted = (ContentType.objects.get_for_model(obj).pk, str(obj.pk))
    return any(wanted in used_in(revision.as_object()) for revision in decided_versions(obj))


def decided_versions(file: models.Model) -> models.QuerySet:
    """Return the revisions that may use a file and are approved for a time or wait for approval.

    Most revisions do not contain its key at all, and are left out without being deserialised.
    """
    due = models.Q(approved_go_live_at__isnull=False)
    waiting = models.Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
    text = Cast("content", models.TextField())
    found = Revision.objects.filter(due | waiting).alias(text=text)
    # A revision may have several task states, so a join could return it twice.
    return Revision.objects.filter(pk__in=found.filter(text__contains=str(file.pk)).values("pk"))


def live_rows(model: type[models.Model], now: datetime | None = None) -> models.QuerySet:
    """Return the rows that visitors may see now, judging by their fields.

    A model without `live`, such as a setting, has no drafts: all its rows count.
    """
    rows = model._base_manager.all()
    if not _has_drafts(model):
        return rows
    return rows.filter(live=True).exclude(expire_at__lte=now or timezone.now())


def used_in(version: models.Model) -> set[tuple[int, str]]:
    """Return what one version of an object, saved or not, refers to: content types and ids."""
    # A private method of Wagtail: `tests/test_grants.py` tests what we rely on.
    references = ReferenceIndex._extract_references_from_object(version)
    return {(content_type_id, object_id) for content_type_id, object_id, *_ in references}


def files_used_by(version: models.Model) -> list[models.Model]:
    """Return the pictures and files in one version of an object, in no special order."""
    wanted = used_in(version)
    found = []
    for model in (apps.get_model("media.SiteImage"), apps.get_model("media.SiteDocument")):
        kind = ContentType.objects.get_for_model(model).pk
        found += model.objects.filter(pk__in=[pk for each, pk in wanted if each == kind])
    return found
