from datetime import date

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from wagtail.log_actions import log

from emca_site.publishing.uk_time.months import months_after


def owned_models() -> list[type[models.Model]]:
    """Every type of thing that a team answers for."""
    return [model for model in apps.get_models() if issubclass(model, OwnedMixin)]


def in_public(model: type[models.Model]) -> models.Q:
    """Filter to what is public: all rows, where the model has no drafts."""
    try:
        model._meta.get_field("live")
    except FieldDoesNotExist:
        return models.Q()
    return models.Q(live=True)


class OwnedQuerySetMixin:
    """Gives a QuerySet of owned things the words for what is to be reviewed."""

    def overdue(self):
        """Public rows that nobody reviewed in time."""
        return self.due_before(timezone.localdate())

    def due_before(self, day: date):
        """Public rows that are to be reviewed before a day."""
        return self.filter(in_public(self.model), review_by__lt=day)


class OwnedMixin(models.Model):
    """Something that a team answers for, and reviews by a day.

    The field is not called `owner`: Wagtail's pages have one of that name, which names the person
    who made the page and gives rights.
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
    # Of the thing as a whole and of no version of it: a review changes nothing that is drafted.
    review_by = models.DateField(null=True, blank=True, editable=False, db_index=True)

    owned_panels = ["owned_by"]

    class Meta:
        abstract = True

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been reviewed by now, in UK time."""
        return bool(self.review_by and self.review_by < timezone.localdate())

    @property
    def next_review(self) -> date:
        """When it is to be reviewed next, if that was done today."""
        return months_after(timezone.localdate(), self.review_after)

    def with_content_json(self, content):
        publishable = super().with_content_json(content)
        publishable.review_by = self.review_by
        return publishable

    def team_to_tell(self) -> models.QuerySet:
        """Who works on it, and everybody of the team that answers for it."""
        members = models.Q(groups=self.owned_by_id) if self.owned_by_id else models.Q(pk__in=[])
        people = super().team_to_tell().order_by().values("pk")
        everybody = get_user_model()._default_manager.all()
        return everybody.filter(models.Q(pk__in=people) | members).distinct()

    def start_review_clock(self, commit: bool = True) -> None:
        """Say when to review it first, once it is published. Later calls change nothing.

        With `commit=False` the object in hand alone says so, and its own save writes it.
        """
        if commit:
            rows = self._row.filter(in_public(type(self)), review_by=None)
            if not rows.update(review_by=self.next_review):
                return
        if self.review_by is None:
            self.review_by = self.next_review

    def reviewed(self, user) -> None:
        """Somebody of the team looked at it and found nothing to change."""
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
        # One column is written, whatever else the object in hand says of itself.
        return type(self)._base_manager.filter(pk=self.pk)
