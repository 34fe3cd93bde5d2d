from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from emca_site.media.models import Grant
from emca_site.publishing.embargo import mails
from emca_site.publishing.uk_time.times import in_words

CORRECT, CHANGE = "correct", "change"


class FactCheckAnswerQuerySet(models.QuerySet):
    def unread(self):
        """Return the answers that ask for a change and that nobody at the desk has read."""
        return self.filter(asks_for_change=True, read_at=None)

    def about(self, publishable: models.Model):
        """Return the answers about any revision of one object, oldest first."""
        return self.filter(grant__in=Grant.objects.about(publishable))

    @transaction.atomic
    def take(self, grant: Grant, name: str, parts: list[dict]) -> "FactCheckAnswer | None":
        """Store an answer, log it in the object's history and mail the team.

        Each part is a dictionary of `part`, `verdict` and `text`. Return None, and store nothing,
        if the grant already has `MOST` answers.
        """
        # The lock makes the second of two simultaneous answers count the first.
        Grant.objects.select_for_update().get(pk=grant.pk)
        if self.filter(grant=grant).count() >= self.model.MOST:
            return None
        answer = self.model(grant=grant, name=name, parts=parts)
        answer.asks_for_change = bool(answer.changes)
        answer.save()
        answer.record()
        mails.fact_checked(answer)
        return answer


class FactCheckAnswer(models.Model):
    """An answer to a fact check, given by a person without an account."""

    MOST = 20  # answers to one grant; a fact checker never needs more
    MOST_CHARACTERS = 2_000  # in the answer about one part

    shows_on_pages = False

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="answers")
    name = models.CharField(max_length=100)  # as submitted, not verified
    parts = models.JSONField(default=list)
    asks_for_change = models.BooleanField(default=False)  # for at least one part
    answered_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = FactCheckAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["answered_at", "pk"]

    def __str__(self):
        return self.in_short

    @property
    def changes(self) -> list[dict]:
        """Return the parts that should change, as dictionaries of `part`, `verdict` and `text`."""
        return [part for part in self.parts if part["verdict"] == CHANGE]

    @property
    def in_short(self) -> str:
        count = len(self.changes)
        if not count:
            return f"Fact-checked by {self.name}: correct"
        return f"{self.name} asks for {count} {'change' if count == 1 else 'changes'}"

    @property
    def changes_in_words(self) -> list[str]:
        return [f"{part['part']}: {part['text']}" for part in self.changes]

    def record(self) -> None:
        log(
            instance=self.grant.publishable,
            action="publishing.fact_checked",
            revision=self.grant.revision,
            data={"what": self.in_short, "reason": "\n".join(self.changes_in_words)},
        )

    @property
    def is_unread(self) -> bool:
        return self.asks_for_change and not self.read_at

    @property
    def read_in_words(self) -> str:
        """Describe who read it and when; empty if nobody did."""
        if not self.read_at:
            return ""
        return f"Read on {in_words(self.read_at)} by {self.read_by or 'somebody'}"

    def mark_read(self, user) -> bool:
        """Remove it from the desk's first pages. Return False if it was read already."""
        rows = FactCheckAnswer.objects.unread().filter(pk=self.pk)
        if not rows.update(read_at=timezone.now(), read_by=user):
            return False
        log(
            instance=self.grant.publishable,
            action="publishing.fact_check_read",
            user=user,
            revision=self.grant.revision,
            data={"what": self.in_short, "reason": "\n".join(self.changes_in_words)},
        )
        return True
