from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from emca_site.publishing import mails
from emca_site.publishing.in_words import name_of_row
from emca_site.publishing.people import accounts_of, why_no_approver


class LookBackQuerySet(models.QuerySet):
    def unsigned(self):
        return self.filter(signed_at=None)

    def about(self, subject: models.Model):
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=str(subject.pk))

    def about_any(self, model: type[models.Model]):
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def unsigned_first(self):
        """What still waits, newest first; then what was signed."""
        return self.order_by(models.F("signed_at").desc(nulls_first=True), "-done_at", "-pk")

    def record(self, subject: models.Model, what: str, *, done_by, **said) -> "LookBackItem":
        """Put something on the list, and tell everybody who may sign it once that is committed.

        `said` may give `reason`, `before` and `after`, texts by the names of fields, and
        `request_id`.
        """
        item = self.create(
            subject=subject,
            subject_text=name_of_row(subject),
            what=what,
            done_by=done_by,
            done_by_name=str(done_by),
            **said,
        )
        transaction.on_commit(item.tell_approvers, robust=True)
        return item


class LookBackItem(models.Model):
    """Something that took effect on one person's word, until somebody else has signed it."""

    # It shows on no page, and is no use of the thing that it is about.
    shows_on_pages = False
    wagtail_reference_index_ignore = True

    content_type = models.ForeignKey("contenttypes.ContentType", models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    subject = GenericForeignKey("content_type", "object_id")
    subject_text = models.TextField()  # it may be gone by the time somebody looks
    what = models.CharField(max_length=200)  # such as “Published with a reason”
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)  # field: text, of what changed
    after = models.JSONField(default=dict)
    request_id = models.UUIDField(null=True)  # Wagtail's, of the request that did it
    # The names stay when the people have left.
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    done_by_name = models.CharField(max_length=320, blank=True)
    done_at = models.DateTimeField(auto_now_add=True, db_index=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    signed_by_name = models.CharField(max_length=320, blank=True)
    signed_at = models.DateTimeField(null=True, db_index=True)

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = "look-back item"
        ordering = ["-done_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="look_back_subject")]
        # The rights of this room. They stand here as they belong to no one type of content.
        permissions = [
            ("approve", "Can approve what somebody else changed"),
            ("know_all", "Can read drafts and scheduled items of every team"),
            ("publish_pages_now", "Can publish a page now, with a reason"),
            ("publish_notices_now", "Can publish or take down a notice now, with a reason"),
        ]

    def __str__(self):
        return f"{self.what}: {self.subject_text}"

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Field, before and after, of everything that changed."""
        names = dict.fromkeys([*self.before, *self.after])
        return [(name, self.before.get(name, ""), self.after.get(name, "")) for name in names]

    def why_not_signed_by(self, user, no_approver: str | None = None, own=None) -> str:
        """Why this person cannot sign, in words; empty if they can.

        `no_approver` and `own`: what `why_no_approver(user)` and `accounts_of(user)` say, where
        that was asked already.
        """
        if self.signed_at:
            return f"{self.signed_by_name} has signed this already."
        if user.pk == self.done_by_id:
            return "You did this yourself. Somebody else has to sign it."
        if self.done_by_id in (accounts_of(user) if own is None else own):
            return "An account that you made or changed did this. Somebody else has to sign it."
        if self.subject == user:
            return "This is about your own account. Somebody else has to sign it."
        return why_no_approver(user) if no_approver is None else no_approver

    @transaction.atomic
    def sign(self, user) -> None:
        """Say that a second person has looked at it. Raises ValidationError in plain words."""
        # The row is locked: of two who sign at once, the second is told of the first.
        item = LookBackItem.objects.select_for_update().get(pk=self.pk)
        refusal = item.why_not_signed_by(user)
        if refusal:
            raise ValidationError(refusal)
        self._keep_signature(user, str(user))

    @transaction.atomic
    def sign_elsewhere(self, name: str) -> None:
        """Sign on the word of somebody without an account here, who goes by this name in the log.

        Whoever calls this knows that they are not the one who did it.
        """
        item = LookBackItem.objects.select_for_update().get(pk=self.pk)
        if not item.signed_at:
            self._keep_signature(None, name)

    def _keep_signature(self, user, name: str) -> None:
        self.signed_by, self.signed_by_name, self.signed_at = user, name, timezone.now()
        self.save(update_fields=["signed_by", "signed_by_name", "signed_at"])
        # What is gone has no history of its own to write in.
        log(
            self.subject or self,
            "publishing.sign",
            user=user,
            title=self.subject_text,
            data={
                "what": self.what if user else f"{self.what}, by {name}",
                "reason": self.reason,
            },
        )

    def tell_approvers(self) -> None:
        """Mail everybody who may sign it, once for all that the same request did alone."""
        alike = {"request_id": self.request_id} if self.request_id else {"pk": self.pk}
        items = list(LookBackItem.objects.filter(**alike).order_by("pk"))
        # What was undone again in the same request is gone by now.
        if items and items[0].pk == self.pk:
            mails.to_look_back_at(items)
