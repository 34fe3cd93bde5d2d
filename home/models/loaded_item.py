from collections.abc import Callable
from typing import TypeVar

from django.db import models, transaction

Thing = TypeVar("Thing", bound=models.Model)


class LoadedItemManager(models.Manager):
    def load(self, key: str, make: Callable[[], models.Model | None]) -> bool:
        """Make an object once only, together with its record. Return whether it was made now."""
        if self.filter(key=key).exists():
            return False
        with transaction.atomic():
            # Two processes may start at the same time: the second waits here for the first.
            item, is_new = self.get_or_create(key=key)
            if is_new and (obj := make()):
                item.object_id = obj.pk
                item.save(update_fields=["object_id"])
        return is_new

    def find(self, key: str, model: type[Thing]) -> Thing | None:
        """Return the object that was made under this key, even if it moved; None if deleted."""
        item = self.filter(key=key, object_id__isnull=False).first()
        return model._base_manager.filter(pk=item.object_id).first() if item else None


class LoadedItem(models.Model):
    """A record of an object that set-up or the demo content made.

    The record outlives the object: what staff delete is not made again, nor is what they rename or
    move.
    """

    key = models.CharField(max_length=200, unique=True)
    object_id = models.PositiveBigIntegerField(null=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = LoadedItemManager()

    def __str__(self):
        return self.key
