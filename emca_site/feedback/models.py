"""Feedback of visitors about pages. Nothing in it identifies them, except an e-mail address that
somebody gave for a reply.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.utils import timezone

from emca_site.accounts.mail import mail_backend
from emca_site.core.models import SiteSettings

KEPT_DAYS = 365
FORGOTTEN_AT_ONCE = 1000  # limits how long one visitor's request may take

log = logging.getLogger(__name__)


class ForgottenQuerySet(models.QuerySet):
    def take(self, **said):
        """Store a row for today. The first of a day also deletes rows that are too old."""
        today = timezone.localdate()
        if not self.filter(day=today).exists():
            self.forget_old(at_most=FORGOTTEN_AT_ONCE)
        return self.create(day=today, **said)

    def forget_old(self, at_most: int) -> int:
        """Delete rows that are more than a year old, oldest first. Return how many were deleted."""
        old = self.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))
        rows = list(old.order_by("day", "pk").values_list("pk", flat=True)[:at_most])
        self.filter(pk__in=rows).delete()
        return len(rows)


class ForgottenMixin(models.Model):
    """A row that is stored for at most a year, without a time of day."""

    # It shows on no page, and must not keep alive the objects that it refers to.
    shows_on_pages = False
    wagtail_reference_index_ignore = True

    day = models.DateField(default=timezone.localdate, db_index=True)

    class Meta:
        abstract = True


class FeedbackQuerySet(ForgottenQuerySet):
    def by_page(self):
        """Return a row per page: how many found it useful, how many did not, how many wrote."""
        return (
            self.values("page_id", "page__title")
            .annotate(
                yes=models.Count("pk", filter=models.Q(is_useful=True)),
                no=models.Count("pk", filter=models.Q(is_useful=False)),
                written=models.Count("pk", filter=~models.Q(words="")),
            )
            .order_by("-no", "-written", "page__title", "page_id")
        )


class Feedback(ForgottenMixin):
    """One answer to “Was this page useful?”, or the comment that somebody wrote after it."""

    MOST_CHARACTERS = 1000

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="feedback")
    is_useful = models.BooleanField("useful", null=True)
    words = models.TextField(max_length=MOST_CHARACTERS, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "answer"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_useful__isnull=False, words="")
                | models.Q(is_useful__isnull=True) & ~models.Q(words=""),
                name="either_answer_or_words",
            ),
        ]

    def __str__(self):
        return self.words or ("Useful" if self.is_useful else "Not useful")


class ProblemReport(ForgottenMixin):
    """A problem with the site that a visitor reported, mailed to the accessibility contact."""

    MOST_CHARACTERS = 3000

    what = models.TextField("what went wrong", max_length=MOST_CHARACTERS)
    address = models.CharField("page", max_length=500, blank=True)
    tools = models.CharField("used", max_length=200, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    sent_at = models.DateTimeField("sent", null=True)

    objects = ForgottenQuerySet.as_manager()

    class Meta:
        verbose_name = "problem report"

    def __str__(self):
        return self.what[:80]

    def send(self) -> None:
        """Mail it to the accessibility contact. If that fails, the desk shows it as not sent."""
        contact = SiteSettings.read().access_contact
        if not (contact and contact.email):
            log.warning("Problem report %s not mailed: set an accessibility contact", self.pk)
            return
        message = EmailMessage(
            subject=f"Problem with {self.address or 'the website'}",
            body=self._as_text(),
            to=[contact.email],
            reply_to=[self.email] if self.email else None,
        )
        try:
            # Not through `AfterCommitBackend`, which hides failures: here the report records them.
            mail_backend(settings.MAIL_TRANSPORT).send_messages([message])
        except Exception:  # any error of a mail server; the report is stored as not sent
            log.exception("Problem report %s could not be sent; it is on the desk", self.pk)
            return
        self.sent_at = timezone.now()
        self.save(update_fields=["sent_at"])

    def _as_text(self) -> str:
        return "\n\n".join(
            [
                f"Page: {self.address or 'not given'}",
                f"What went wrong:\n{self.what}",
                f"Used: {self.tools or 'not given'}",
                f"Answer to: {self.email or 'nobody: no address was given'}",
            ]
        )
