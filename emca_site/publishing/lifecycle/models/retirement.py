from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from emca_site.publishing.lifecycle.readable import is_readable
from emca_site.publishing.permissions.refusals import RefusedError

NOT_THE_HOME_PAGE = "The home page cannot be retired: the whole site stands below it."
NO_SUCCESSOR = "Choose the page that replaces it."
SUCCESSOR_GOES_TOO = "That page is retired with this one. Choose a page that stays."
SUCCESSOR_NOT_LIVE = "Nobody can read that page now. Choose one that is live."
NO_WORDS = "Say in one or two sentences, for readers, why."
NOT_RETIRED = "This page is not retired, so there is nothing to bring back."


class UnfitWordsError(RefusedError):
    """Raised if the reason for readers is missing or unfit to be published."""


class RetiredAs(models.TextChoices):
    """The outcomes of a retirement."""

    REPLACED = "replaced", "Replaced by another page"
    ERROR = "error", "Published in error"
    ARCHIVED = "archived", "No longer current"

    @property
    def is_taken_down(self) -> bool:
        """Whether nobody can read the page any more."""
        return self != RetiredAs.ARCHIVED


class RetirementQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_at=None)

    def archived(self):
        """Filter to retirements whose pages stay readable under a notice, and are in no list."""
        return self.active().filter(outcome=RetiredAs.ARCHIVED)

    def gone(self):
        """Filter to retirements whose pages nobody can read any more."""
        return self.active().exclude(outcome=RetiredAs.ARCHIVED)

    def is_gone(self, page_field: str) -> models.Exists:
        """Return an expression whether the page in `page_field` of a row is gone.

        Annotate rows with it as `is_gone`.
        """
        return models.Exists(self.gone().order_by().filter(page_id=models.OuterRef(page_field)))


class RetirementManager(models.Manager.from_queryset(RetirementQuerySet)):
    @transaction.atomic
    def start(self, page, outcome, user=None, reason="", successor=None) -> "Retirement":
        """Retire a page and all live pages below it, and return its retirement.

        Raise `RefusedError` if that leaves readers without an answer. The caller has to make sure
        that two people have agreed.
        """
        self.refuse_unfit(page, outcome, reason, successor)
        words = {"outcome": outcome, "reason": reason, "successor": successor}
        own = None
        for each in page.get_descendants(inclusive=True).live().order_by("path"):
            before = self.active().filter(page_id=each.pk).first()
            if before and own and outcome == RetiredAs.ARCHIVED:
                continue  # it has a notice already, with its own reason
            if before:
                before.end()
            mine = self.create(page_id=each.pk, came_with=own, **words)
            own = own or mine
        if RetiredAs(outcome).is_taken_down:
            page.take_down(user)
        data = {"what": own.get_outcome_display(), "reason": reason}
        if successor:
            data["what"] += f", readers are led to “{successor.title}”"
        log(instance=page, action="publishing.retire", user=user, data=data)
        return own

    def refuse_unfit(self, page, outcome, reason="", successor=None) -> None:
        """Raise `RefusedError` for a retirement that would leave readers without an answer."""
        if page.depth <= 2:
            raise RefusedError(NOT_THE_HOME_PAGE, page)
        if outcome == RetiredAs.REPLACED and successor is None:
            raise RefusedError(NO_SUCCESSOR, page)
        if outcome != RetiredAs.REPLACED and not reason.strip():
            raise UnfitWordsError(NO_WORDS, page)
        if successor and successor.path.startswith(page.path):
            raise RefusedError(SUCCESSOR_GOES_TOO, page)
        if successor and not is_readable(successor):
            raise RefusedError(SUCCESSOR_NOT_LIVE, page)

    @transaction.atomic
    def make_current(self, page, user) -> None:
        """End the notice on an archived page, and on those below that were archived with it.

        Raise `RefusedError` if the page is not archived.
        """
        retirement = self.archived().filter(page_id=page.pk).first()
        if retirement is None:
            raise RefusedError(NOT_RETIRED, page)
        for each in [retirement, *retirement.brought.archived()]:
            each.end()
        log(instance=page, action="publishing.current_again", user=user)

    def came_back(self, page) -> None:
        """End the retirements of a gone page that was approved and published again."""
        for retirement in self.gone().filter(page_id=page.pk):
            retirement.end()


def has_an_answer(page) -> bool:
    """Whether visitors find the page at its address, or a notice why it is gone.

    The page has to be annotated with `is_gone`, so that a request for a secret page takes no more
    queries than one for an address that does not exist.
    """
    return is_readable(page) or (not page.live and page.is_gone)


class Retirement(models.Model):
    """A retirement says why a page is gone or archived, until the page comes back.

    Each page has its own, also those that were retired with the page above: each responds at its
    own address, wherever it is moved, and one of them can come back alone.
    """

    wagtail_reference_index_ignore = True  # a retirement shows readers no link

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="retirements")
    came_with = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="brought"
    )
    outcome = models.CharField(max_length=8, choices=RetiredAs)
    reason = models.TextField("what readers are told", max_length=400, blank=True)
    successor = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RetirementManager()

    class Meta:
        ordering = ["retired_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(ended_at=None), name="one_active_retirement"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=RetiredAs.values), name="retirement_known"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=RetiredAs.REPLACED) | ~models.Q(reason=""),
                name="retirement_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.page}: {self.get_outcome_display()}"

    @property
    def is_error(self) -> bool:
        return self.outcome == RetiredAs.ERROR

    @property
    def read_instead(self) -> Page | None:
        """Return the page that replaces this one, or None if it is not readable now."""
        return self.successor if self.successor and is_readable(self.successor) else None

    def end(self) -> None:
        self.ended_at = timezone.now()
        self.save(update_fields=["ended_at"])

    def leads_to(self) -> Page | None:
        """Return the page that replaces this one now: the last of a chain of replacements.

        Return None if that page is not readable, or if the chain is a circle.
        """
        if self.outcome != RetiredAs.REPLACED:
            return None
        replaced = Retirement.objects.gone().filter(outcome=RetiredAs.REPLACED)
        following = dict(replaced.values_list("page_id", "successor_id"))
        seen, page_id = set(), self.page_id
        while page_id in following and page_id not in seen:
            seen.add(page_id)
            page_id = following[page_id]
        page = Page.objects.filter(pk=page_id).first()
        return page if page and is_readable(page) else None
