from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models


class LookBackItem(models.Model):
    """Something that took effect on one person's word, until somebody else has signed it."""

    shows_on_pages = False

    content_type = models.ForeignKey("contenttypes.ContentType", models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    subject = GenericForeignKey("content_type", "object_id")
    subject_text = models.TextField()  # it may be gone by the time somebody looks
    what = models.CharField(max_length=200)  # such as “Published with a reason”
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)  # field: text, of what changed
    after = models.JSONField(default=dict)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(auto_now_add=True, db_index=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-done_at", "-pk"]
        # The rights of this room. They stand here as they belong to no one type of content.
        permissions = [
            ("approve", "Can approve what somebody else changed"),
            ("know_all", "Can read drafts and scheduled items of every team"),
            ("publish_pages_now", "Can publish a page now, with a reason"),
            ("publish_notices_now", "Can publish or take down a notice now, with a reason"),
        ]

    def __str__(self):
        return f"{self.what}: {self.subject_text}"
