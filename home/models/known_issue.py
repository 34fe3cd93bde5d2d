from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel
from wagtail.models import Orderable


class IssueKind(models.TextChoices):
    FAILURE = "failure", "It breaks a criterion"
    BURDEN = "burden", "To put it right would be a disproportionate burden"
    SCOPE = "scope", "The regulations leave it out"
    LIMIT = "limit", "It breaks no criterion, but people should know"


class KnownIssue(Orderable):
    """A known accessibility issue of the site, until it is fixed."""

    heading_fields = ["title"]

    page = ParentalKey(
        "home.AccessibilityStatementPage", on_delete=models.CASCADE, related_name="known_issues"
    )
    title = models.CharField("what", max_length=120, help_text="In a few words.")
    kind = models.CharField(max_length=7, choices=IssueKind, default=IssueKind.FAILURE)
    criterion = models.CharField(
        "WCAG criterion",
        max_length=120,
        blank=True,
        help_text="Number and name, such as “1.3.1 Info and Relationships”. For something that "
        "breaks none, the nearest.",
    )
    problem = models.TextField(max_length=500, help_text="What happens, and to whom.")
    where = models.CharField(max_length=200)
    affects = models.CharField("who it affects", max_length=200)
    work_around = models.TextField(
        "what you can do", max_length=500, blank=True, help_text="Until it is fixed."
    )
    found_on = models.DateField(default=timezone.localdate)
    fix_by = models.DateField(null=True, blank=True)
    fixed_on = models.DateField(null=True, blank=True)

    panels = [
        "title",
        "kind",
        "criterion",
        "problem",
        FieldRowPanel(["where", "affects"]),
        "work_around",
        FieldRowPanel(["found_on", "fix_by", "fixed_on"]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=IssueKind.values), name="issue_known"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which it was to be fixed has passed, in UK time."""
        return bool(self.fix_by and not self.fixed_on and self.fix_by < timezone.localdate())

    def clean(self):
        super().clean()
        if self.kind == IssueKind.FAILURE and not self.criterion:
            raise ValidationError({"criterion": "Name the criterion that it breaks."})
        if self.fixed_on and self.found_on and self.fixed_on < self.found_on:
            raise ValidationError({"fixed_on": "It cannot be fixed before it was found."})
