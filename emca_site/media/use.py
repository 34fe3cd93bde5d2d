"""Who uses a picture or a file."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex


def uses_of(model: type[models.Model], object_id, sources: models.QuerySet) -> models.QuerySet:
    """Where one of the sources uses a picture or a file: in a field, in rich text or in a block.

    Wagtail's index knows rows and not publications: a draft's row is in it like any other. So the
    caller says which sources count. `object_id` is the thing's id as text, or an `OuterRef` to it.
    """
    source_type, thing_type = ContentType.objects.get_for_models(sources.model, model).values()
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
