"""Publish what is due and unpublish what has ended: never early, never twice, and none is lost.

Wagtail's `publish_scheduled` loses a publication when it is killed between two writes, repeats it
when two processes run at once, and stops at the first item that fails. Here each item has its own
transaction and row lock and is checked again under that lock, so any number of processes may run.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.models import DraftStateMixin, Page, Revision

from emca_site.publishing.checks.gate.above import SAYS_THE_ADDRESS_ABOVE, never_public_above
from emca_site.publishing.mail.recipients import who_worked_on
from emca_site.publishing.mail.telling import one_delivery
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.scheduling import mails
from emca_site.publishing.scheduling.models.schedule_failure import Event, ScheduleFailure
from emca_site.publishing.scheduling.scheduled import in_order, models_to_ask

PUBLISHED, ENDED = "wagtail.publish.scheduled", "wagtail.unpublish.scheduled"
LATE = timedelta(minutes=1)  # from here on the history shows the delay

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DueItem:
    """An event that is due. `model` is the model whose table holds its dates."""

    event: Event
    model: type[DraftStateMixin]
    pk: int
    due_at: datetime

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)


@dataclass
class Sweep:
    """The number of items that one sweep did, failed on or left."""

    done: int = 0
    failed: int = 0
    left: int = 0  # another process holds the lock or did them, or the database aborted them


def sweep() -> Sweep:
    """Do all that is due now. Raises a database error only when the connection is lost."""
    # Mail is sent together at the end, so that a slow mail server delays no publication.
    with one_delivery():
        result = _act_on_all(list(due(timezone.now())))
    forget_what_is_settled()
    return result


def _act_on_all(items: list[DueItem]) -> Sweep:
    result = Sweep()
    for item in items:
        try:
            is_done = act_on(item)
        except (OperationalError, InterfaceError):
            if not connection.is_usable():
                raise  # the connection is lost
            # The database still answers, so this was a deadlock or a timeout.
            logger.exception(
                "Scheduler: %s of %s %s was aborted by the database; the next sweep tries again",
                item.event,
                item.model.__name__,
                item.pk,
            )
            result.left += 1
        except Exception as error:  # one failing item must not stop the others
            logger.exception(
                "Scheduler: %s of %s %s failed; mend what the traceback shows, it is retried",
                item.event,
                item.model.__name__,
                item.pk,
            )
            keep_failure(item, error)
            result.failed += 1
        else:
            result.done += is_done
            result.left += not is_done
    return result


def due(now: datetime) -> Iterator[DueItem]:
    """Yield all due items, the longest overdue first, except those that wait after a failure.

    Of pages that are due at the same moment, one above comes before those below it.
    """
    resting = {
        (failure.event, failure.content_type_id, failure.object_id)
        for failure in ScheduleFailure.objects.resting()
    }
    for item in in_order(list(overdue(now))):
        if (item.event, item.content_type.pk, str(item.pk)) not in resting:
            yield item


def overdue(before: datetime) -> Iterator[DueItem]:
    """Yield all items due before a moment, tried or not, in no particular order."""
    for model in models_to_ask():
        for revision in scheduled(model).filter(approved_go_live_at__lte=before):
            pk = int(revision.object_id)
            yield DueItem(Event.GO_LIVE, model, pk, revision.approved_go_live_at)
        for pk, end in ending(model).filter(expire_at__lte=before).values_list("pk", "expire_at"):
            yield DueItem(Event.END, model, pk, end)


def scheduled(model: type[DraftStateMixin]) -> models.QuerySet:
    """Return the scheduled revisions of a model."""
    return Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model),
        approved_go_live_at__isnull=False,
    ).only("object_id", "approved_go_live_at")


def ending(model: type[DraftStateMixin]) -> models.QuerySet:
    """Return the live rows of a model that have an end date."""
    return model._base_manager.filter(live=True, expire_at__isnull=False)


def next_due() -> datetime | None:
    """Return the time of the earliest event, which may be overdue; None if there is none."""
    moments = []
    for model in models_to_ask():
        moments += scheduled(model).aggregate(at=models.Min("approved_go_live_at")).values()
        moments += ending(model).aggregate(at=models.Min("expire_at")).values()
    return min(filter(None, moments), default=None)


def counts() -> dict[str, int]:
    """Return the numbers of `due` events, still to come, and `overdue` ones, late by a minute."""
    late = timezone.now() - LATE
    found = {"due": 0, "overdue": 0}
    for model in models_to_ask():
        for rows, moment in (
            (scheduled(model), "approved_go_live_at"),
            (ending(model), "expire_at"),
        ):
            found["due"] += rows.filter(**{f"{moment}__gt": late}).count()
            found["overdue"] += rows.filter(**{f"{moment}__lte": late}).count()
    return found


@transaction.atomic
def act_on(item: DueItem) -> bool:
    """Publish or unpublish one object. Return False if another process did so or locks the row."""
    # SQLite has no row locks: there the transaction itself admits one writer at a time.
    rows = item.model._base_manager.select_for_update(skip_locked=True).filter(pk=item.pk)
    if not rows.values("pk").first():
        return False
    now = timezone.now()  # the item is checked again under the lock
    is_done = _publish(item, now) if item.event == Event.GO_LIVE else _end(item, now)
    if is_done:
        ScheduleFailure.objects.of(item.event, item.content_type, item.pk).delete()
    return is_done


def _publish(item: DueItem, now: datetime) -> bool:
    versions = Revision.objects.filter(
        base_content_type=item.content_type,
        object_id=str(item.pk),
        approved_go_live_at__lte=now,
    )
    revision = versions.order_by("approved_go_live_at").last()
    if revision is None:
        return False
    due_at = revision.approved_go_live_at
    if item.model is Page and never_public_above(Page.objects.get(pk=item.pk)).exists():
        raise RefusedError(SAYS_THE_ADDRESS_ABOVE, revision.content_object)
    people = who_worked_on(revision)
    revision.publish(log_action=PUBLISHED)
    publishable = item.model._base_manager.get(pk=item.pk)
    if not publishable.live or publishable.live_revision_id != revision.pk:
        raise RefusedError(
            "Its own go-live date is not the one that was approved, so it would not be live.",
            publishable,
        )
    _say_how_late(publishable, PUBLISHED, due_at)
    _once_done(mails.went_live, revision, due_at, people)
    return True


def _end(item: DueItem, now: datetime) -> bool:
    publishable = ending(item.model).filter(pk=item.pk, expire_at__lte=now).first()
    if publishable is None:
        return False
    publishable = publishable.specific if isinstance(publishable, Page) else publishable
    # Wagtail cancels every schedule when it unpublishes. Later approved schedules are restored.
    later = list(scheduled(item.model).filter(object_id=str(item.pk)))
    publishable.unpublish(set_expired=True, log_action=ENDED)
    for revision in later:
        revision.save(update_fields=["approved_go_live_at"])
    _say_how_late(publishable, ENDED, publishable.expire_at)
    _once_done(mails.ended, publishable, publishable.expire_at)
    return True


def _once_done(tell, *about) -> None:
    """Send a mail after the commit. A failing mail does not undo a publication."""
    transaction.on_commit(lambda: tell(*about), robust=True)


def _say_how_late(publishable, action: str, due_at: datetime) -> None:
    late_by = timezone.now() - due_at
    if late_by < LATE:
        return
    entry = (
        log_registry.get_logs_for_instance(publishable).filter(action=action).latest("timestamp")
    )
    entry.data = {**(entry.data or {}), "minutes_late": int(late_by / timedelta(minutes=1))}
    entry.save(update_fields=["data"])


@transaction.atomic
def keep_failure(item: DueItem, error: Exception) -> None:
    """Record a failure for the desk; mail approvers and the team at once and then every hour."""
    failure = ScheduleFailure.record(item.event, item.content_type, item.pk, item.due_at, error)
    publishable = failure.publishable
    if publishable is None or not failure.is_to_be_mailed:
        return
    publishable = getattr(publishable, "specific", publishable)
    log(publishable, "publishing.missed", data={"reason": failure.reason})
    what = "could not go live" if item.event == Event.GO_LIVE else "could not be taken down"
    mails.missed(publishable, what, item.due_at, failure.reason)
    failure.mailed_at = timezone.now()
    failure.save(update_fields=["mailed_at"])


def forget_what_is_settled() -> None:
    """Delete the failures of items that were unscheduled, changed, deleted or done since."""
    failures = list(ScheduleFailure.objects.all())
    if not failures:
        return
    still = {(item.event, item.content_type.pk, str(item.pk)) for item in overdue(timezone.now())}
    for failure in failures:
        if (failure.event, failure.content_type_id, failure.object_id) not in still:
            failure.delete()
