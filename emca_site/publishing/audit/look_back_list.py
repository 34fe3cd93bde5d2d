"""Putting something on the look-back list, and signing it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from emca_site.publishing.audit import mails
from emca_site.publishing.audit.authority import accounts_of, why_no_approver
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.audit.rows_in_words import name_of_row


def record(subject: models.Model, what: str, *, done_by, **said) -> LookBackItem:
    """Put something on the list, and mail everybody who may sign it once that is committed.

    `said` may give `reason`, `before` and `after` (texts by the names of fields), `rights_before`
    and `rights_after` (codenames), and `request_id`.
    """
    item = LookBackItem.objects.create(
        subject=subject,
        subject_text=name_of_row(subject),
        what=what,
        done_by=done_by,
        done_by_name=str(done_by),
        **said,
    )
    transaction.on_commit(lambda: _mail_about(item), robust=True)
    return item


def _mail_about(item: LookBackItem) -> None:
    """Mail everybody who may sign it, once for all that the same request did alone."""
    alike = {"request_id": item.request_id} if item.request_id else {"pk": item.pk}
    items = list(LookBackItem.objects.filter(**alike).order_by("pk"))
    # What was undone again in the same request is gone by now.
    if items and items[0].pk == item.pk:
        mails.to_look_back_at(items)


def why_not_signed_by(
    item: LookBackItem, user, no_approver: str | None = None, own: set[int] | None = None
) -> str:
    """Return why this person cannot sign the item, in words; empty if they can.

    `no_approver` and `own` are what `why_no_approver(user)` and `accounts_of(user)` return, where
    that was asked already.
    """
    if item.signed_at:
        return f"{item.signed_by_name} has signed this already."
    if user.pk == item.done_by_id:
        return "You did this yourself. Somebody else has to sign it."
    if item.done_by_id in (accounts_of(user) if own is None else own):
        return "An account that you made or changed did this. Somebody else has to sign it."
    if item.subject == user:
        return "This is about your own account. Somebody else has to sign it."
    return why_no_approver(user) if no_approver is None else no_approver


@transaction.atomic
def sign(item: LookBackItem, user) -> None:
    """Record that a second person has looked at it. Raises ValidationError in plain words."""
    # The row is locked: of two who sign at once, the second is told of the first.
    item = LookBackItem.objects.select_for_update().get(pk=item.pk)
    refusal = why_not_signed_by(item, user)
    if refusal:
        raise ValidationError(refusal)
    _store_signature(item, user, str(user))


@transaction.atomic
def sign_elsewhere(item: LookBackItem, name: str) -> None:
    """Sign on the word of somebody without an account here, who goes by this name in the log.

    Whoever calls this knows that they are not the one who did it.
    """
    item = LookBackItem.objects.select_for_update().get(pk=item.pk)
    if not item.signed_at:
        _store_signature(item, None, name)


def _store_signature(item: LookBackItem, user, name: str) -> None:
    item.signed_by, item.signed_by_name, item.signed_at = user, name, timezone.now()
    item.save(update_fields=["signed_by", "signed_by_name", "signed_at"])
    # What is gone has no history of its own to write in.
    log(
        item.subject or item,
        "publishing.sign",
        user=user,
        title=item.subject_text,
        data={"what": item.what if user else f"{item.what}, by {name}", "reason": item.reason},
    )
