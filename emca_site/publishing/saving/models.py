"""Keys of create forms, so that a form creates one object however often it is submitted."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

FORGOTTEN_AFTER = timedelta(days=30)  # no form stays open that long


class CreationManager(models.Manager):
    def claim(self, key: uuid.UUID, user, model: type[models.Model]) -> "Creation | None":
        """Return the row of this key, new or not; None if the key has another user or model.

        Requests with the same key wait here for each other until their transactions end.
        """
        content_type = ContentType.objects.get_for_model(model)
        creation, is_new = self.select_for_update().get_or_create(
            key=key, defaults={"user": user, "content_type": content_type}
        )
        if is_new:
            self.filter(created_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
        is_own = creation.user_id == user.pk and creation.content_type_id == content_type.pk
        return creation if is_own else None


class Creation(models.Model):
    """The object that one create form made for one user, by the form's key."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = CreationManager()

    def __str__(self):
        return str(self.key)

    def find_created(self) -> models.Model | None:
        """Return the object that the form created, or None if there is none any more."""
        if not self.object_id:
            return None
        model = self.content_type.model_class()
        return model._base_manager.filter(pk=self.object_id).first()

    def remember(self, created: models.Model) -> None:
        self.object_id = str(created.pk)
        self.save(update_fields=["object_id"])
