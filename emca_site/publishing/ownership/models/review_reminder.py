from django.db import models
from django.utils import timezone

from emca_site.publishing.uk_time.times import monday_of


class ReviewReminderManager(models.Manager):
    def claim(self, team) -> "ReviewReminder | None":
        """The right to remind a team this week, or nothing if it was reminded already.

        Of two processes at once, the database gives it to one.
        """
        reminder, is_new = self.get_or_create(team=team, week=monday_of(timezone.localdate()))
        return reminder if is_new else None


class ReviewReminder(models.Model):
    """That a team was written to in some week about what it should review."""

    shows_on_pages = False
    wagtail_reference_index_ignore = True

    team = models.ForeignKey("auth.Group", models.CASCADE, related_name="+")
    week = models.DateField()  # its Monday
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ReviewReminderManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "week"], name="one_reminder_a_week"),
        ]

    def __str__(self):
        return f"{self.team}, week of {self.week}"
