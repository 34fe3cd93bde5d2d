from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page

from emca_site.publishing.people import approvers, why_no_approver, with_their_makers
from emca_site.publishing.refusals import RefusedError
from emca_site.publishing.telling import tell

ASKED_IT_YOURSELF = (
    "You asked for this, or an account that you made or changed did, so an approver who did not "
    "ask must decide."
)
DECIDED_ALREADY = "This was decided already. Look at the history for what happened."
NO_LONGER_POSSIBLE = "This cannot be done any more: what it was asked for is not live now."


class Kind(models.TextChoices):
    TAKE_DOWN = "take-down", "Take down"
    MOVE = "move", "Move"


class Outcome(models.TextChoices):
    WAITING = "waiting", "Waiting for a decision"
    DONE = "done", "Done"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ProposalQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(outcome=Outcome.WAITING)

    def about(self, thing):
        return self.filter(
            content_type=ContentType.objects.get_for_model(thing), object_id=str(thing.pk)
        )


class Proposal(models.Model):
    """What somebody asks to be done to something live, until an approver decides."""

    shows_on_pages = False

    kind = models.CharField(max_length=10, choices=Kind)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    thing = GenericForeignKey("content_type", "object_id")
    destination = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(outcome=Outcome.WAITING),
                name="one_waiting_proposal",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.MOVE, destination__isnull=False)
                | models.Q(kind=Kind.TAKE_DOWN, destination__isnull=True),
                name="only_moves_have_a_destination",
            ),
        ]

    def __str__(self):
        words = f"{self.get_kind_display()}: {self.thing}"
        return f"{words}, to below {self.destination}" if self.destination else words

    @classmethod
    def ask(cls, kind: Kind, thing, user, reason: str, destination: Page | None = None):
        """Put it before the approvers. One for each thing at a time. Raises `RefusedError`."""
        if not thing.live:
            raise RefusedError(NO_LONGER_POSSIBLE, thing)
        thing.lock_row()
        if cls.objects.waiting().about(thing).exists():
            raise RefusedError("Somebody asked for a decision on this already.", thing)
        proposal = cls.objects.create(
            kind=kind, thing=thing, asked_by=user, reason=reason, destination=destination
        )
        proposal._log("publishing.propose", user)
        tell(
            approvers().exclude(pk=user.pk),
            f"To decide: {proposal}",
            f"{user} asks for this: {proposal}",
            f"The reason given: {reason}",
            "Decide:",
            address=reverse("publishing_proposal", args=[proposal.pk]),
        )
        return proposal

    def withdraw(self, user) -> None:
        self._settle(Outcome.WITHDRAWN, user)
        self._log("publishing.decline", user)

    @transaction.atomic
    def decide(self, user, is_accepted: bool) -> None:
        """Do it, or decline it, on the word of an approver who did not ask.

        Raises `RefusedError`.
        """
        thing = self.thing
        if why_not := why_no_approver(user):
            raise RefusedError(why_not, thing)
        if user.pk in with_their_makers({self.asked_by_id}):
            raise RefusedError(ASKED_IT_YOURSELF, thing)
        self._settle(Outcome.DONE if is_accepted else Outcome.DECLINED, user)
        if not is_accepted:
            self._log("publishing.decline", user)
            return
        if thing is None or not thing.live:
            raise RefusedError(NO_LONGER_POSSIBLE, thing)
        if self.kind == Kind.MOVE:
            self._move(thing, user)
        else:
            thing.take_down(user)

    def _move(self, page: Page, user) -> None:
        if not page.specific.can_move_to(self.destination.specific):
            raise RefusedError(f"It cannot stand below {self.destination}.", page)
        taken = self.destination.get_children().filter(slug=page.slug).exists()
        if taken:
            raise RefusedError(
                f"A page below {self.destination} has the address “{page.slug}” already.", page
            )
        # The permission is this decision: nobody has it by hand.
        action = MovePageAction(page, self.destination, pos="last-child", user=user)
        action.execute(skip_permission_checks=True)

    def _settle(self, outcome: Outcome, user) -> None:
        # Two who decide at the same moment: the second finds it decided.
        changed = Proposal.objects.waiting().filter(pk=self.pk)
        if not changed.update(outcome=outcome, decided_by=user, decided_at=timezone.now()):
            raise RefusedError(DECIDED_ALREADY, self.thing)
        self.refresh_from_db()

    def _log(self, action: str, user) -> None:
        if thing := self.thing:
            what = str(self) if self.kind == Kind.MOVE else self.get_kind_display()
            log(
                instance=thing, action=action, user=user, data={"what": what, "reason": self.reason}
            )
