from datetime import date

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from wagtail.log_actions import log

from emca_site.publishing.uk_time.months import months_after


def owned_models() -> list[type[models.Model]]:
    """Return all models whose objects a team owns."""
    return [model for model in apps.get_models() if issubclass(model, OwnedMixin)]


def in_public(model: type[models.Model]) -> models.Q:
    """Return the filter for the public rows of a model: all rows, if the model has no drafts."""
    try:
        model._meta.get_field("live")
    except FieldDoesNotExist:
        return models.Q()
    return models.Q(live=True)


class OwnedQuerySetMixin:
    """Add the filters for reviews to a QuerySet of owned objects."""

    def overdue(self):
        """Filter to public rows whose review is overdue."""
        return self.due_before(timezone.localdate())

    def due_before(self, day: date):
        """Filter to public rows that have to be reviewed before a day."""
        return self.filter(in_public(self.model), review_by__lt=day)


class OwnedMixin(models.Model):
    """Model mixin for what a team owns and has to review by a day.

    The field is not called `owner`: Wagtail's pages have a field of that name, for the person who
    made the page, and it gives permissions.
    """

    review_after = 12  # months from the first publication, and from each review

    owned_by = models.ForeignKey(
        "auth.Group",
        verbose_name="owner",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The team that answers for it, as readers are told. Never one person.",
    )
    # This belongs to the object and to no revision of it: a review changes no draft.
    review_by = models.DateField(null=True, blank=True, editable=False, db_index=True)

    owned_panels = ["owned_by"]

    class Meta:
        abstract = True

    @property
    def is_overdue(self) -> bool:
        """Whether the review date has passed, in UK time."""
        return bool(self.review_by and self.review_by < timezone.localdate())

    @property
    def next_review(self) -> date:
        """Return the next review date, if it is reviewed today."""
        return months_after(timezone.localdate(), self.review_after)

    def with_content_json(self, content):
        publishable = super().with_content_json(content)
        publishable.review_by = self.review_by
        return publishable

    def team_to_tell(self) -> models.QuerySet:
        """Return the users who get mail about it: who works on it, and the owning team."""
        members = models.Q(groups=self.owned_by_id) if self.owned_by_id else models.Q(pk__in=[])
        people = super().team_to_tell().order_by().values("pk")
        everybody = get_user_model()._default_manager.all()
        return everybody.filter(models.Q(pk__in=people) | members).distinct()

    def start_review_clock(self, commit: bool = True) -> None:
        """Set the first review date, when it is published. Later calls change nothing.

        With `commit=False` only this instance is changed, and its own save writes the date.
        """
        if commit:
            rows = self._row.filter(in_public(type(self)), review_by=None)
            if not rows.update(review_by=self.next_review):
                return
        if self.review_by is None:
            self.review_by = self.next_review

    def reviewed(self, user) -> None:
        """Record that a user reviewed it without a change: set the next date, and log it."""
        before, self.review_by = self.review_by, self.next_review
        self._row.update(review_by=self.review_by)
        log(
            instance=self,
            action="publishing.reviewed",
            user=user,
            data={"before": before and str(before), "after": str(self.review_by)},
        )

    @property
    def _row(self) -> models.QuerySet:
        # Updates through this QuerySet write one column, and no other unsaved value.
        return type(self)._base_manager.filter(pk=self.pk)
