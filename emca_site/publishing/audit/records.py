"""A record is an object without drafts that is public all the same: a contact, a picture."""

from django.conf import settings
from django.db import models


def is_record(model: type[models.Model]) -> bool:
    """Whether changes of this model are immediate and it has no drafts."""
    return model._meta.label in settings.IMMEDIATE_CHANGES and not hasattr(model, "live")


def fields_shown(model: type[models.Model]) -> list[str]:
    """Return the names of the model's fields that readers see; an empty list means all."""
    return settings.IMMEDIATE_CHANGES.get(model._meta.label, [])
