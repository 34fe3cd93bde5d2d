"""Publishes what is due and takes down what has ended: early never, twice never, and none is lost.

Wagtail's `publish_scheduled` loses a publication when it is killed between two writes, does it
again when two run at once, and stops at the first item that fails. Here each item has a
transaction, a lock and a second look of its own, and any number of processes may sweep.
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

from emca_site.publishing.mail.recipients import who_worked_on
from emca_site.publishing.mail.telling import one_delivery
from emca_site.publishing.scheduling import mails
from emca_site.publishing.scheduling.models.schedule_failure import Event, ScheduleFailure
from emca_site.publishing.scheduling.scheduled import models_to_ask

PUBLISHED, ENDED = "wagtail.publish.scheduled", "wagtail.unpublish.scheduled"
LATE = timedelta(minutes=1)  # the history says so from here on

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DueItem:
    """Something whose time has come. `model` is the table that its dates are in."""

    event: Event
    model: type[DraftStateMixin]
    pk: int
    due_at: datetime

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)


@dataclass
class Sweep:
    """What one sweep came to."""

    done: int = 0
    failed: int = 0
    left: int = 0  # somebody else holds them at this moment, or the database gave up on them


def sweep() -> Sweep:
    """Do all that is due now. Raises `OperationalError` only when the database is gone."""
    with one_delivery():  # of mail, when all is done: a slow mail server makes nothing late
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
                raise  # the database's fault, not the item's
            # It answers others: two were in each other's way, or this one took too long.
            logger.exception("Put off: %s of %s %s", item.event, item.model.__name__, item.pk)
            result.left += 1
        except Exception as error:  # whatever it is, the others are not kept waiting
            logger.exception("Not done: %s of %s %s", item.event, item.model.__name__, item.pk)
            keep_failure(item, error)
            result.failed += 1
        else:
            result.done += is_done
            result.left += not is_done
    return result


def due(now: datetime) -> Iterator[DueItem]:
    """Everything whose time has come, the longest overdue first, but what rests after a failure."""
    resting = {
        (failure.event, failure.content_type_id, failure.object_id)
        for failure in ScheduleFailure.objects.resting()
    }
    for item in sorted(overdue(now), key=lambda item: item.due_at):
        if (item.event, item.content_type.pk, str(item.pk)) not in resting:
            yield item


def overdue(before: datetime) -> Iterator[DueItem]:
    """Everything whose time came before a moment, tried or not, in no special order."""
    for model in models_to_ask():
        for revision in scheduled(model).filter(approved_go_live_at__lte=before):
            pk = int(revision.object_id)
            yield DueItem(Event.GO_LIVE, model, pk, revision.approved_go_live_at)
        for pk, end in ending(model).filter(expire_at__lte=before).values_list("pk", "expire_at"):
            yield DueItem(Event.END, model, pk, end)


def scheduled(model: type[DraftStateMixin]) -> models.QuerySet:
    """Versions that were approved for a time."""
    return Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model),
        approved_go_live_at__isnull=False,
    ).only("object_id", "approved_go_live_at")


def ending(model: type[DraftStateMixin]) -> models.QuerySet:
    """Live rows that have an end."""
    return model._base_manager.filter(live=True, expire_at__isnull=False)


def next_due() -> datetime | None:
    """When something is due next; what is overdue counts."""
    moments = []
    for model in models_to_ask():
        moments += scheduled(model).aggregate(at=models.Min("approved_go_live_at")).values()
        moments += ending(model).aggregate(at=models.Min("expire_at")).values()
    return min(filter(None, moments), default=None)


def counts() -> dict[str, int]:
    """How many things wait for their time, and how many have missed it by a minute."""
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
    """Do what is due to one thing. False where somebody else did, or holds it at this moment."""
    # SQLite has no locks of rows: there the transaction itself lets one writer in at a time.
    rows = item.model._base_manager.select_for_update(skip_locked=True).filter(pk=item.pk)
    if not rows.values("pk").first():
        return False
    now = timezone.now()  # looked at again, now that nobody else can change it
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
    people = who_worked_on(revision)
    revision.publish(log_action=PUBLISHED)
    publishable = item.model._base_manager.get(pk=item.pk)
    if not publishable.live or publishable.live_revision_id != revision.pk:
        raise RuntimeError(
            "It was published and is not live: its own date is not the approved one."
        )
    _say_how_late(publishable, PUBLISHED, due_at)
    _once_done(mails.went_live, revision, due_at, people)
    return True


def _end(item: DueItem, now: datetime) -> bool:
    publishable = ending(item.model).filter(pk=item.pk, expire_at__lte=now).first()
    if publishable is None:
        return False
    publishable = publishable.specific if isinstance(publishable, Page) else publishable
    # Wagtail forgets every schedule with it. What was approved for a later time still comes.
    later = list(scheduled(item.model).filter(object_id=str(item.pk)))
    publishable.unpublish(set_expired=True, log_action=ENDED)
    for revision in later:
        revision.save(update_fields=["approved_go_live_at"])
    _say_how_late(publishable, ENDED, publishable.expire_at)
    _once_done(mails.ended, publishable, publishable.expire_at)
    return True


def _once_done(tell, *about) -> None:
    """Send a mail when what it tells is committed. Nothing about a mail undoes a publication."""
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
    """Keep what went wrong for the desk, and tell the team: at first, and then each hour."""
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
    """Failures of what is not due any more: it was unscheduled, changed or deleted."""
    failures = list(ScheduleFailure.objects.all())
    if not failures:
        return
    still = {(item.event, item.content_type.pk, str(item.pk)) for item in overdue(timezone.now())}
    for failure in failures:
        if (failure.event, failure.content_type_id, failure.object_id) not in still:
            failure.delete()
