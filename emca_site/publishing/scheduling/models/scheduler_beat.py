from datetime import timedelta

from django.db import models
from django.utils import timezone

SILENT_AFTER = timedelta(minutes=1)


class SchedulerBeat(models.Model):
    """The time of the last sweep by any scheduler: one row for all of them."""

    shows_on_pages = False

    swept_at = models.DateTimeField()

    def __str__(self):
        return str(self.swept_at)

    @classmethod
    def say(cls) -> None:
        """Record that a sweep has just ended."""
        now = timezone.now()
        if not cls.objects.filter(pk=1).update(swept_at=now):
            cls.objects.get_or_create(pk=1, defaults={"swept_at": now})

    @classmethod
    def last(cls) -> "SchedulerBeat | None":
        return cls.objects.first()

    @property
    def is_silent(self) -> bool:
        return self.swept_at <= timezone.now() - SILENT_AFTER


class DailyCommand(models.Model):
    """A management command that one of the schedulers runs once a day."""

    shows_on_pages = False

    name = models.CharField(max_length=100, unique=True)
    ran_on = models.DateField(null=True)

    def __str__(self):
        return self.name

    @classmethod
    def claim(cls, name: str) -> bool:
        """Reserve today's run. Return whether this caller is the one to run the command."""
        today = timezone.localdate()
        cls.objects.get_or_create(name=name)
        due = cls.objects.filter(name=name).exclude(ran_on__gte=today)
        return bool(due.update(ran_on=today))
