from django.conf import settings
from django.db import models
from django.utils import timezone


class UnsentMailQuerySet(models.QuerySet):
    def unhandled(self):
        return self.filter(handled_at=None)

    def record(self, message, error: Exception) -> "UnsentMail":
        """Record recipients and subject. Never the body: it may hold a key to an account."""
        return self.create(
            subject=str(message.subject)[:250],
            recipients=", ".join(message.recipients()),
            error=f"{type(error).__name__}: {error}"[:1000],
        )


class UnsentMail(models.Model):
    """A mail that could not be sent, until a member of staff has handled it."""

    shows_on_pages = False
    wagtail_reference_index_ignore = True

    subject = models.CharField(max_length=250)
    recipients = models.TextField()
    error = models.TextField()
    failed_at = models.DateTimeField(default=timezone.now, db_index=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = UnsentMailQuerySet.as_manager()

    class Meta:
        ordering = ["-failed_at", "-pk"]
        default_permissions = []

    def __str__(self):
        return self.subject

    def handle(self, user) -> None:
        """Mark it as handled, which removes it from the desk. Only the first user is recorded."""
        rows = UnsentMail.objects.unhandled().filter(pk=self.pk)
        rows.update(handled_at=timezone.now(), handled_by=user)
