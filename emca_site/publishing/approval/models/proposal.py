from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from emca_site.publishing.approval import mails
from emca_site.publishing.approval.retiring import refuse_unfit
from emca_site.publishing.audit.at_work import following_from_a_decision
from emca_site.publishing.audit.authority import may_approve, why_no_approver, with_their_makers
from emca_site.publishing.checks.gate.above import never_public_above
from emca_site.publishing.lifecycle.models.retirement import NOT_RETIRED, RetiredAs, Retirement
from emca_site.publishing.lifecycle.old_addresses import keep_old_addresses
from emca_site.publishing.permissions.refusals import RefusedError

SAY_WHY = "Say why you decline it: whoever asked reads that. Nothing was decided."
ASKED_IT_YOURSELF = (
    "You asked for this, or an account that you made or changed did, so an approver who did not "
    "ask must decide."
)
DECIDED_ALREADY = "This was decided already. Look at the history for what happened."
NO_LONGER_POSSIBLE = "This cannot be done any more: what it was asked for is not live now."

BELOW_A_SECRET = (
    "The new place was never public, and the address of this page would tell its address. Move it "
    "once the page above is public."
)
A_PAGE_IS_RETIRED = (
    "A page is not just taken down: readers who come to its address need an answer. Ask to retire "
    "it."
)


class Kind(models.TextChoices):
    TAKE_DOWN = "take-down", "Take down"  # banners, notices and figures, which have no address
    RETIRE = "retire", "Retire"
    CURRENT = "current", "Make current again"
    MOVE = "move", "Move"


class Outcome(models.TextChoices):
    WAITING = "waiting", "Waiting for a decision"
    DONE = "done", "Done"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ProposalQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(outcome=Outcome.WAITING)

    def about(self, publishable):
        return self.filter(
            content_type=ContentType.objects.get_for_model(publishable),
            object_id=str(publishable.pk),
        )


class Proposal(models.Model):
    """A request to take down, retire, move or make current a live object; an approver decides."""

    shows_on_pages = False
    wagtail_reference_index_ignore = True

    kind = models.CharField(max_length=10, choices=Kind)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    publishable = GenericForeignKey("content_type", "object_id")
    destination = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="+"
    )
    retire_as = models.CharField(max_length=8, choices=RetiredAs, blank=True)
    public_reason = models.TextField("what readers are told", max_length=400, blank=True)
    successor = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+"
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
    why_declined = models.TextField(max_length=1000, blank=True)

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
                | (~models.Q(kind=Kind.MOVE) & models.Q(destination__isnull=True)),
                name="only_moves_have_a_destination",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.RETIRE, retire_as__in=RetiredAs.values)
                | (~models.Q(kind=Kind.RETIRE) & models.Q(retire_as="")),
                name="retiring_says_how",
            ),
        ]

    def __str__(self):
        how = f" ({self.get_retire_as_display().lower()})" if self.retire_as else ""
        words = f"{self.get_kind_display()}{how}: {self.publishable}"
        return f"{words}, to below {self.destination}" if self.destination else words

    @classmethod
    def ask(cls, kind: Kind, publishable, user, reason: str, **details):
        """Create a proposal and mail the approvers. Raises `RefusedError` if it is not possible.

        Each object can have one waiting proposal. `details`: a `destination`, or `retire_as`,
        `public_reason` and `successor`.
        """
        if not publishable.live:
            raise RefusedError(NO_LONGER_POSSIBLE, publishable)
        proposal = cls(kind=kind, publishable=publishable, asked_by=user, reason=reason, **details)
        proposal._refuse_unfit()
        publishable.lock_row()
        if cls.objects.waiting().about(publishable).exists():
            raise RefusedError("Somebody asked for a decision on this already.", publishable)
        proposal.save()
        proposal._log("publishing.propose", user)
        mails.asked(proposal)
        return proposal

    def asked_for_by(self) -> set[int]:
        """Return the ids of who asked and of the people who made or changed that account."""
        return with_their_makers({self.asked_by_id}) if self.asked_by_id else set()

    def may_be_decided_by(self, user) -> bool:
        return may_approve(user) and user.pk not in self.asked_for_by()

    def withdraw(self, user) -> None:
        self._settle(Outcome.WITHDRAWN, user)
        self._log("publishing.decline", user)
        mails.taken_back(self, user)

    @transaction.atomic
    def decide(self, user, is_accepted: bool, why_declined: str = "") -> None:
        """Carry out or decline the proposal for an approver who did not ask for it.

        Raises `RefusedError` if that is not possible, or a decline does not say why.
        """
        publishable = self.publishable
        if not is_accepted and not why_declined.strip():
            raise RefusedError(SAY_WHY, publishable)
        if why_not := why_no_approver(user):
            raise RefusedError(why_not, publishable)
        if user.pk in self.asked_for_by():
            raise RefusedError(ASKED_IT_YOURSELF, publishable)
        self._settle(Outcome.DONE if is_accepted else Outcome.DECLINED, user)
        if not is_accepted:
            self.why_declined = why_declined.strip()
            self.save(update_fields=["why_declined"])
            self._log("publishing.decline", user)
            mails.decided(self, user)
            return
        if publishable is None or not publishable.live:
            raise RefusedError(NO_LONGER_POSSIBLE, publishable)
        self._refuse_unfit()
        cancelled = publishable.cancel_schedules(user) if self._takes_down else []
        if self.kind == Kind.MOVE:
            self._move(publishable, user)
        elif self.kind == Kind.RETIRE:
            Retirement.objects.start(
                publishable,
                self.retire_as,
                user,
                reason=self.public_reason,
                successor=self.successor,
            )
        elif self.kind == Kind.CURRENT:
            Retirement.objects.make_current(publishable, user)
        else:
            publishable.take_down(user)
        mails.decided(self, user, cancelled)

    def schedules_that_go(self) -> list[Revision]:
        """Return the scheduled versions whose schedules are cancelled if this is accepted."""
        return self.publishable.schedules_taken_down() if self._takes_down else []

    @property
    def _takes_down(self) -> bool:
        if self.kind == Kind.RETIRE:
            return RetiredAs(self.retire_as).is_taken_down
        return self.kind == Kind.TAKE_DOWN

    def _refuse_unfit(self) -> None:
        """Raise `RefusedError` if the proposal is not possible for this object, or no longer is."""
        publishable, retirements = self.publishable, Retirement.objects
        if self.kind == Kind.TAKE_DOWN and isinstance(publishable, Page):
            raise RefusedError(A_PAGE_IS_RETIRED, publishable)
        if self.kind == Kind.MOVE and never_public_above(self.destination, inclusive=True).exists():
            raise RefusedError(BELOW_A_SECRET, publishable)
        if self.kind == Kind.RETIRE:
            refuse_unfit(publishable, self.retire_as, self.public_reason, self.successor)
        if (
            self.kind == Kind.CURRENT
            and not retirements.archived().filter(page=publishable.pk).exists()
        ):
            raise RefusedError(NOT_RETIRED, publishable)

    def _move(self, page: Page, user) -> None:
        if not page.specific.can_move_to(self.destination.specific):
            raise RefusedError(f"It cannot stand below {self.destination}.", page)
        taken = self.destination.get_children().filter(slug=page.slug).exists()
        if taken:
            raise RefusedError(
                f"A page below {self.destination} has the address “{page.slug}” already.", page
            )
        # Nobody holds the permission to move pages: this decision takes its place.
        before = page.url_path
        action = MovePageAction(page, self.destination, pos="last-child", user=user)
        with following_from_a_decision():  # Wagtail and we replace redirects of earlier addresses
            action.execute(skip_permission_checks=True)
            keep_old_addresses(type(page).objects.get(pk=page.pk), before)

    def _settle(self, outcome: Outcome, user) -> None:
        # If two people decide at the same moment, the second update finds no waiting row.
        changed = Proposal.objects.waiting().filter(pk=self.pk)
        if not changed.update(outcome=outcome, decided_by=user, decided_at=timezone.now()):
            raise RefusedError(DECIDED_ALREADY, self.publishable)
        self.refresh_from_db()

    def _log(self, action: str, user) -> None:
        if publishable := self.publishable:
            reason = "\n".join(filter(None, [self.public_reason, self.reason, self.why_declined]))
            data = {"what": self._in_the_log(), "reason": reason}
            log(instance=publishable, action=action, user=user, data=data)

    def _in_the_log(self) -> str:
        """Describe the request for the object's own history, mostly without the object's name."""
        if self.kind == Kind.MOVE:
            return str(self)
        if self.kind != Kind.RETIRE:
            return self.get_kind_display()
        words = f"{self.get_kind_display()} ({self.get_retire_as_display().lower()})"
        return f"{words}, leading readers to “{self.successor.title}”" if self.successor else words
