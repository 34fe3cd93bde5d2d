"""Put items on the look-back list, and sign them."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from emca_site.publishing.audit import mails
from emca_site.publishing.audit.authority import accounts_of, why_no_approver
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.audit.rows_in_words import name_of_row


def record(subject: models.Model, what: str, *, done_by, **said) -> LookBackItem:
    """Create an item on the list, and mail everybody who may sign it after the commit.

    `said` may have `reason`, `before` and `after` (texts by field label), `rights_before` and
    `rights_after` (codenames), and `request_id`.
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
    """Mail everybody who may sign the item: one mail for all items of the same request."""
    alike = {"request_id": item.request_id} if item.request_id else {"pk": item.pk}
    items = list(LookBackItem.objects.filter(**alike).order_by("pk"))
    # An item that the same request undid has been deleted by now. Only the first item mails.
    if items and items[0].pk == item.pk:
        mails.to_look_back_at(items)


def why_not_signed_by(
    item: LookBackItem, user, no_approver: str | None = None, own: set[int] | None = None
) -> str:
    """Return a message why this person cannot sign the item; empty if they can.

    `no_approver` and `own` are the results of `why_no_approver(user)` and `accounts_of(user)`;
    pass them where they were computed already.
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
    """Record that a second person has looked at it.

    Raise ValidationError, with a message for that person, if they cannot sign it.
    """
    # The row is locked: if two people sign at the same time, the second gets a message.
    item = LookBackItem.objects.select_for_update().get(pk=item.pk)
    refusal = why_not_signed_by(item, user)
    if refusal:
        raise ValidationError(refusal)
    _store_signature(item, user, str(user))


@transaction.atomic
def sign_elsewhere(item: LookBackItem, name: str) -> None:
    """Sign for a person without an account here; `name` is how the log names them.

    The caller has to know that they are not the person who did it.
    """
    item = LookBackItem.objects.select_for_update().get(pk=item.pk)
    if not item.signed_at:
        _store_signature(item, None, name)


def _store_signature(item: LookBackItem, user, name: str) -> None:
    item.signed_by, item.signed_by_name, item.signed_at = user, name, timezone.now()
    item.save(update_fields=["signed_by", "signed_by_name", "signed_at"])
    # A deleted subject has no history of its own, so the item itself is logged.
    log(
        item.subject or item,
        "publishing.sign",
        user=user,
        title=item.subject_text,
        data={"what": item.what if user else f"{item.what}, by {name}", "reason": item.reason},
    )
