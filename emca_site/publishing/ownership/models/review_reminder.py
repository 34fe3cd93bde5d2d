from django.db import models
from django.utils import timezone

from emca_site.publishing.uk_time.times import monday_of


class ReviewReminderManager(models.Manager):
    def claim(self, team) -> "ReviewReminder | None":
        """Return a new reminder for this week, or None if the team was reminded already.

        If two processes call this together, the unique constraint lets only one have it.
        """
        reminder, is_new = self.get_or_create(team=team, week=monday_of(timezone.localdate()))
        return reminder if is_new else None


class ReviewReminder(models.Model):
    """A reminder records that a team got its mail about reviews in some week."""

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
