"""Records: what has no drafts and shows in public all the same, such as a contact or a picture."""

from django.conf import settings
from django.db import models


def is_record(model: type[models.Model]) -> bool:
    """Whether a change of one of its rows takes effect at once."""
    return model._meta.label in settings.IMMEDIATE_CHANGES and not hasattr(model, "live")


def fields_shown(model: type[models.Model]) -> list[str]:
    """The names of its fields that readers meet; an empty list is all of them."""
    return settings.IMMEDIATE_CHANGES.get(model._meta.label, [])
