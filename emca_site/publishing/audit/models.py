from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class LookBackQuerySet(models.QuerySet):
    def unsigned(self):
        return self.filter(signed_at=None)

    def about(self, subject: models.Model):
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=str(subject.pk))

    def about_any(self, model: type[models.Model]):
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def unsigned_first(self):
        """Order unsigned items first, newest first; signed ones follow."""
        return self.order_by(models.F("signed_at").desc(nulls_first=True), "-done_at", "-pk")


class LookBackItem(models.Model):
    """An item records what one person did without approval, and who has signed it since."""

    # An item is shown on no page, and does not count as a use of its subject.
    shows_on_pages = False
    wagtail_reference_index_ignore = True

    content_type = models.ForeignKey("contenttypes.ContentType", models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    subject = GenericForeignKey("content_type", "object_id")
    subject_text = models.TextField()  # the subject may be deleted by the time somebody looks
    what = models.CharField(max_length=200)  # such as “Published with a reason”
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)  # text by field label, of the fields that changed
    after = models.JSONField(default=dict)
    # Codenames such as “audit.approve” of a group or an account; null where none changed.
    rights_before = models.JSONField(null=True)
    rights_after = models.JSONField(null=True)
    request_id = models.UUIDField(null=True)  # Wagtail's id of the request that did it
    # The names remain when the accounts are deleted.
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    done_by_name = models.CharField(max_length=320, blank=True)
    done_at = models.DateTimeField(auto_now_add=True, db_index=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    signed_by_name = models.CharField(max_length=320, blank=True)
    signed_at = models.DateTimeField(null=True, db_index=True)

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = "look-back item"
        ordering = ["-done_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="look_back_subject")]
        # The permissions of publishing. They are declared here as they belong to no one model.
        permissions = [
            ("approve", "Can approve what somebody else changed"),
            ("see_all", "Can read drafts and scheduled items of every team"),
            ("publish_pages_now", "Can publish a page now, with a reason"),
            ("publish_notices_now", "Can publish or take down a notice now, with a reason"),
        ]

    def __str__(self):
        return f"{self.what}: {self.subject_text}"

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Return a tuple (field label, text before, text after) for each field that changed."""
        names = dict.fromkeys([*self.before, *self.after])
        return [(name, self.before.get(name, ""), self.after.get(name, "")) for name in names]

    @property
    def rights_given(self) -> set[str]:
        return set(self.rights_after or ()) - set(self.rights_before or ())
