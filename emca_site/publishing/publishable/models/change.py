from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from emca_site.publishing.checks import gate


class Size(models.TextChoices):
    """The size of a change: whether readers should look again."""

    SMALL = "small", "Small: the facts stay as they were, such as a corrected spelling"
    BIG = "big", "Big: readers who know the page should look again"


class ChangeQuerySet(models.QuerySet):
    def big(self):
        return self.filter(size=Size.BIG)

    def in_effect(self):
        """Changes that were published, newest first."""
        return self.exclude(took_effect_at=None).order_by("-took_effect_at", "-pk")


class ChangeManager(models.Manager.from_queryset(ChangeQuerySet)):
    def say(self, page: Page, revision: Revision, size: str, note: str, user) -> "Change":
        """Store the size and note of a revision's change, or correct the stored ones.

        A correction is logged. Raises `ValidationError` for a big change without a note, and for
        a page that was never published.
        """
        change = self.filter(revision=revision).first()
        before = change and {"size": change.size, "note": change.note}
        after = {"size": str(size), "note": note.strip()}
        if before == after:
            return change
        change = change or self.model(page_id=page.pk, revision=revision)
        change.size, change.note, change.said_by = after["size"], after["note"], user
        change.full_clean()
        change.save()
        if before:
            change.copy_to_page()
            data = {"before": before, "after": after}
            log(page, "publishing.change_size", user=user, revision=revision, data=data)
        return change

    def take_effect(self, revision: Revision, when: datetime) -> "Change | None":
        """Mark the change of a revision as published at `when`.

        Return it, or None if there is no such change or it was marked before.
        """
        change = self.filter(revision=revision, took_effect_at=None).first()
        if change:
            change.took_effect_at = when
            change.save(update_fields=["took_effect_at"])
            change.copy_to_page()
        return change


class Change(models.Model):
    """An editor's description of what a revision changes on a live page."""

    wagtail_reference_index_ignore = True  # a page is not in use because it changed

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="changes")
    revision = models.OneToOneField(
        "wagtailcore.Revision", models.SET_NULL, null=True, related_name="change"
    )
    size = models.CharField(max_length=5, choices=Size)
    note = models.CharField(max_length=200, blank=True)  # readers see it
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField(auto_now=True)
    took_effect_at = models.DateTimeField(null=True, blank=True)  # empty until it is published

    objects = ChangeManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__in=Size.values), name="change_size_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(size=Size.BIG, note=""), name="big_change_has_note"
            ),
        ]
        indexes = [models.Index(fields=["page", "took_effect_at"], name="change_page_effect")]

    def __str__(self):
        return self.note or self.get_size_display()

    def clean(self):
        super().clean()
        self.note = self.note.strip()
        if self.size == Size.BIG and not self.note:
            raise ValidationError({"note": "Say in one line, for readers, what changed."})
        if not (self.page.live or self.page.first_published_at):
            raise ValidationError("A page that was never published has no change to speak of.")

    def as_said(self) -> dict[str, str]:
        """Return the values by the names of their form fields."""
        return {"change_size": self.size, "change_note": self.note}

    def in_words(self) -> dict[str, str]:
        """Return the values in words by their labels, for the look-back list."""
        return {"How big the change is": self.get_size_display(), "What changed": self.note}

    def copy_to_page(self) -> None:
        """Copy the published big changes to the page's own row."""
        model = self.page.specific_class
        if hasattr(model, "published_changes"):
            published = list(Change.objects.filter(page=self.page_id).big().in_effect())
            model._base_manager.filter(pk=self.page_id).update(
                changed_at=published[0].took_effect_at if published else None,
                published_changes=[
                    {"at": change.took_effect_at.isoformat(), "note": change.note}
                    for change in published
                ],
            )


def refusals_of_note(note: str) -> list[str]:
    """Return the gate's reasons for refusing a note for readers."""
    findings = gate.refusals(gate.find(Change(size=Size.BIG, note=note)))
    return [finding.message for finding in findings if finding.field == "note"]


def last_big_changes() -> models.Subquery:
    """Return a subquery for annotating pages with when each last had a big change."""
    changes = Change.objects.filter(page=models.OuterRef("pk")).big().in_effect()
    return models.Subquery(changes.values("took_effect_at")[:1])
