"""What tests know of rows that are content without drafts."""

from django.db import models


def editable_fields(model) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and not field.auto_created
    ]
