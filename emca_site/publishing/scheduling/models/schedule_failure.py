from datetime import datetime, timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from emca_site.publishing.permissions.refusals import RefusedError

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(seconds=60)
TOLD_AGAIN_AFTER = timedelta(hours=1)

UNFORESEEN = (
    "The site met an error that nobody foresaw. What it was stands in the server's log, under "
    "“Scheduler”: tell whoever looks after the server."
)


class Event(models.TextChoices):
    """The kinds of scheduled events."""

    GO_LIVE = "go-live", "Goes live"
    END = "end", "Ends"


class ScheduleFailureQuerySet(models.QuerySet):
    def of(self, event: str, publishable_type: ContentType, object_id):
        return self.filter(event=event, content_type=publishable_type, object_id=str(object_id))

    def resting(self):
        """Return the failures that are not due for another try yet."""
        return self.filter(next_try_at__gt=timezone.now())


class ScheduleFailure(models.Model):
    """A scheduled event that failed; the scheduler retries it until it succeeds."""

    shows_on_pages = False

    event = models.CharField(max_length=7, choices=Event)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    publishable = GenericForeignKey("content_type", "object_id")
    due_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    first_failed_at = models.DateTimeField(auto_now_add=True)
    last_failed_at = models.DateTimeField(auto_now=True)
    next_try_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    reason = models.TextField()

    objects = ScheduleFailureQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "content_type", "object_id"], name="one_failure_an_event"
            ),
        ]

    def __str__(self):
        return f"{self.get_event_display()}: {self.publishable}"

    @classmethod
    def record(
        cls,
        event: str,
        publishable_type: ContentType,
        object_id,
        due_at: datetime,
        error: Exception,
    ) -> "ScheduleFailure":
        """Record one more failed try. Waits between tries grow from 5 seconds to a minute."""
        now = timezone.now()
        failure = cls.objects.of(event, publishable_type, object_id).first() or cls(
            event=event, content_type=publishable_type, object_id=str(object_id)
        )
        failure.tries += 1
        wait = min(FIRST_WAIT * 2 ** min(failure.tries - 1, 10), LONGEST_WAIT)
        failure.due_at, failure.next_try_at, failure.reason = due_at, now + wait, in_words(error)
        failure.save()
        return failure

    @property
    def is_to_be_mailed(self) -> bool:
        return not self.mailed_at or self.mailed_at <= timezone.now() - TOLD_AGAIN_AFTER


def in_words(error: Exception) -> str:
    """Describe an error for people at the desk. Python's own messages are in the log."""
    if isinstance(error, RefusedError):
        return error.message
    if isinstance(error, ValidationError):
        if hasattr(error, "error_dict"):
            return " ".join(
                f"{field}: {' '.join(words)}" if field != "__all__" else " ".join(words)
                for field, words in error.message_dict.items()
            )
        return " ".join(error.messages)
    return UNFORESEEN
