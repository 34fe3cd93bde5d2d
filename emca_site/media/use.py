"""Who uses a picture or a file."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import DraftStateMixin, ReferenceIndex, Revision

# Names nothing that uses it: whoever reads this may have no business there.
IN_USE = (
    "Something live uses this file, so it cannot be replaced or deleted. Upload a new one and "
    "change what uses it."
)


def uses_of(model: type[models.Model], object_id, sources: models.QuerySet) -> models.QuerySet:
    """Where one of the sources uses a picture or a file: in a field, in rich text or in a block.

    Wagtail's index knows rows and not publications: a draft's row is in it like any other. So the
    caller says which sources count. `object_id` is the thing's id as text, or an `OuterRef` to it.
    """
    source_type = ContentType.objects.get_for_model(sources.model)
    thing_type = ContentType.objects.get_for_model(model)
    source_id = models.Case(
        # Nothing for other rows, whose ids may not be numbers. Not a filter as well: SQLite would
        # then go by the source, and there are many more of those than uses of one thing.
        models.When(base_content_type=source_type, then=Cast("object_id", models.BigIntegerField()))
    )
    return (
        ReferenceIndex.objects.filter(to_content_type=thing_type, to_object_id=object_id)
        .annotate(source_id=source_id)
        .filter(models.Exists(sources.filter(pk=models.OuterRef("source_id"))))
    )


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
        uses_of(type(thing), str(thing.pk), live_rows(source) | due_rows(source)).exists()
        for source in sources
        if source is not None  # a type that was, and is no more
    )


def live_rows(model: type[models.Model]) -> models.QuerySet:
    """The rows that strangers may see now, as far as their fields say.

    Those without `live` have no drafts, such as settings: all of them count.
    """
    rows = model._base_manager.all()
    names = {field.name for field in model._meta.get_fields()}
    if "live" in names:
        rows = rows.filter(live=True)
    if "expire_at" in names:
        rows = rows.exclude(expire_at__lte=timezone.now())
    return rows


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


def is_public(thing: models.Model) -> bool:
    return any(
        uses_of(type(thing), str(thing.pk), live_rows(source)).exists()
        for source in [
            ContentType.objects.get_for_id(pk).model_class()
            for pk in ReferenceIndex.objects.filter(
                to_content_type=ContentType.objects.get_for_model(thing), to_object_id=str(thing.pk)
            )
            .order_by()
            .values_list("base_content_type", flat=True)
            .distinct()
        ]
    )


def files_used_by(version: models.Model) -> list[models.Model]:
    """The pictures and files in one version of something, saved or not, in no special order."""
    wanted: dict[int, set[str]] = {}
    # Private to Wagtail; `test_private_files.py` holds it to what this needs.
    for kind, pk, *_ in ReferenceIndex._extract_references_from_object(version):
        wanted.setdefault(kind, set()).add(pk)
    return [
        file
        for model in (apps.get_model("media.SiteImage"), apps.get_model("media.SiteDocument"))
        for file in model.objects.filter(
            pk__in=wanted.get(ContentType.objects.get_for_model(model).pk, ())
        )
    ]
