from django.db import models, transaction
from django.urls import reverse
from wagtail.log_actions import log

from emca_site.media.models import Grant
from emca_site.publishing.rights import may_know
from emca_site.publishing.telling import tell

CORRECT, CHANGE = "correct", "change"


class FactCheckAnswerManager(models.Manager):
    @transaction.atomic
    def take(self, grant: Grant, name: str, parts: list[dict]) -> "FactCheckAnswer | None":
        """Keep an answer, write it into the history and tell the team.

        Each part is a dictionary of `part`, `verdict` and `text`. None: there are enough already.
        """
        # Of two that are sent at once, the second waits and counts the first.
        Grant.objects.select_for_update().get(pk=grant.pk)
        if self.filter(grant=grant).count() >= self.model.MOST:
            return None
        answer = self.create(grant=grant, name=name, parts=parts)
        answer.record()
        answer.tell_team()
        return answer


class FactCheckAnswer(models.Model):
    """What somebody without an account says of a draft that was sent to them."""

    MOST = 20  # of one grant: nobody who checks facts needs more
    MOST_CHARACTERS = 2_000  # about one part

    shows_on_pages = False

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="answers")
    name = models.CharField(max_length=100)  # as they gave it: nobody has proved it
    parts = models.JSONField(default=list)
    answered_at = models.DateTimeField(auto_now_add=True)

    objects = FactCheckAnswerManager()

    class Meta:
        ordering = ["answered_at", "pk"]

    def __str__(self):
        return self.in_short

    @property
    def changes(self) -> list[dict]:
        """The parts that should change."""
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
            instance=self.grant.thing,
            action="publishing.fact_checked",
            revision=self.grant.revision,
            data={"what": self.in_short, "reason": "\n".join(self.changes_in_words)},
        )

    def tell_team(self) -> None:
        """Mail those who work on it, and whoever sent the link, with the words of the answer."""
        thing = self.grant.thing
        people = {person.pk: person for person in thing.team_to_tell()}
        if sender := self.grant.made_by:
            people[sender.pk] = sender
        title = self.grant.revision.object_str
        tell(
            [each for each in people.values() if each.is_active and may_know(each, thing)],
            f"{self.in_short}: {title}",
            f"{self.in_short}. It is about the draft “{title}”.",
            *self.changes_in_words,
            "All answers, and the links that were sent:",
            address=reverse("publishing_fact_check", args=[thing._meta.label_lower, thing.pk]),
        )
