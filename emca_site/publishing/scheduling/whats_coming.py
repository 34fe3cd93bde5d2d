"""The report of scheduled events: what goes live or ends, when, and who approved it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.permissions import policy_registry

from emca_site.publishing.permissions.people import sees_all
from emca_site.publishing.scheduling.models.schedule_failure import Event, ScheduleFailure
from emca_site.publishing.scheduling.scheduled import models_to_ask, scheduled_for
from emca_site.publishing.uk_time.times import in_words

MOST = 500  # lines on the screen
DAYS = timedelta(days=60)  # grouped by day; later events are in one list
LATE = timedelta(minutes=2)  # a running scheduler is never this late

APPROVALS = ["wagtail.publish.schedule", "wagtail.publish"]
WITH_A_REASON = "publishing.publish_now"

GOES_LIVE, ENDS = Event.GO_LIVE, Event.END
HAPPENS = dict(Event.choices)
MISSED = {GOES_LIVE: "Should have gone live", ENDS: "Should have ended"}

Key = tuple[int, str, str]  # content type id, object id, and event


@dataclass(frozen=True)
class Due:
    """One scheduled event: an object goes live or ends at a certain moment."""

    at: datetime
    what: str
    title: str
    model: type[models.Model]
    content_type_id: int
    object_id: str
    revision_id: int | None

    @property
    def key(self) -> Key:
        return self.content_type_id, self.object_id, self.what

    @property
    def kind(self) -> str:
        return capfirst(self.model._meta.verbose_name)

    @property
    def day(self) -> date:
        return timezone.localtime(self.at).date()

    @property
    def is_late(self) -> bool:
        return self.at < timezone.now() - LATE


@dataclass(frozen=True)
class Line:
    """A scheduled event as the screen shows it to one user."""

    due: Due
    happens: str
    url: str
    approved: str
    reason: str = ""


def reasons_for_missed() -> dict[Key, str]:
    """Return the reasons of failed events by `Due.key`.

    The screen lists these events as missed immediately, without waiting for `LATE`.
    """
    return {
        (failure.content_type_id, failure.object_id, failure.event): failure.reason
        for failure in ScheduleFailure.objects.all()
    }


class WhatsComing:
    """The scheduled events visible to one user: of their own drafts, and of everything live."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def _found(self) -> list[Due]:
        going_live = list(self._going_live())
        due = [*going_live, *self._ending(going_live)]
        return sorted(due, key=lambda each: (each.at, each.title, each.what))

    @property
    def is_cut(self) -> bool:
        """Whether there are more events than the screen shows."""
        return len(self._found) > MOST

    @cached_property
    def lines(self) -> list[Line]:
        due = self._found[:MOST]
        urls, approvals = self._urls(due), _approvals(due)
        reasons = reasons_for_missed()
        return [
            Line(
                each,
                (MISSED if each.is_late or each.key in reasons else HAPPENS)[each.what],
                urls.get(each.key, ""),
                approvals.get(each.revision_id, "No approval on record"),
                reasons.get(each.key, ""),
            )
            for each in due
        ]

    @property
    def missed(self) -> list[Line]:
        return [line for line in self.lines if line.happens in MISSED.values()]

    def _coming(self) -> list[Line]:
        return [line for line in self.lines if line.happens in HAPPENS.values()]

    @property
    def days(self) -> list[tuple[date, list[Line]]]:
        """Return the lines of the next `DAYS`, grouped by day in UK time."""
        end = timezone.now() + DAYS
        soon = [line for line in self._coming() if line.due.at <= end]
        return [(day, list(lines)) for day, lines in groupby(soon, lambda line: line.due.day)]

    @property
    def later(self) -> list[Line]:
        end = timezone.now() + DAYS
        return [line for line in self._coming() if line.due.at > end]

    def _going_live(self) -> Iterable[Due]:
        """Yield the go-live of each scheduled revision, and its end if it has one."""
        revisions = (
            scheduled_for(self.user).defer("content").annotate(ends=KT("content__expire_at"))
        )
        for revision in revisions.select_related("content_type")[: MOST + 1]:
            same = (
                revision.object_str,
                revision.content_type.model_class(),
                revision.base_content_type_id,
                revision.object_id,
                revision.pk,
            )
            yield Due(revision.approved_go_live_at, GOES_LIVE, *same)
            if revision.ends and (at := parse_datetime(revision.ends)):
                yield Due(at, ENDS, *same)

    def _ending(self, going_live: list[Due]) -> Iterable[Due]:
        """Yield the end of each live object, unless a scheduled revision replaces it before then.

        The new revision has its own end. Everybody at the desk may see live objects.
        """
        replaced_at = {
            (due.content_type_id, due.object_id): due.at
            for due in going_live
            if due.what == GOES_LIVE
        }
        for model in models_to_ask():
            content_type = ContentType.objects.get_for_model(model)
            live = model._base_manager.filter(live=True, expire_at__isnull=False)
            for publishable in live.order_by("expire_at", "pk")[: MOST + 1]:
                where = content_type.pk, str(publishable.pk)
                if where in replaced_at and replaced_at[where] < publishable.expire_at:
                    continue
                kind = publishable.specific_class if isinstance(publishable, Page) else model
                yield Due(
                    publishable.expire_at,
                    ENDS,
                    str(publishable),
                    kind,
                    *where,
                    publishable.live_revision_id,
                )

    def _urls(self, due: list[Due]) -> dict[Key, str]:
        """Return the address of each object for this user: its edit form, or else its history."""
        knows = sees_all(self.user)
        urls = {}
        for model in models_to_ask():
            here = [each for each in due if issubclass(each.model, model)]
            policy = policy_registry.get_by_type(model)
            own = policy.instances_user_has_permission_for(self.user, "change").order_by()
            ids = {each.object_id for each in here}
            editable = set(own.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
            for each in here:
                if int(each.object_id) in editable:
                    urls[each.key] = _address(model, "edit", each)
                elif knows:
                    urls[each.key] = _address(model, "history", each)
        return urls


def _address(model: type[models.Model], view: str, due: Due) -> str:
    if model is Page:
        return reverse(f"wagtailadmin_pages:{view}", args=[due.object_id])
    return reverse(model.snippet_viewset.get_url_name(view), args=[due.object_id])


def _approvals(due: list[Due]) -> dict[int, str]:
    """Return who approved each revision and when, in words, by revision id.

    Everything is published by an approval or with a reason, so the publication's log entry has it.
    """
    ids = {each.revision_id for each in due} - {None}
    entries = [
        entry
        for log in (PageLogEntry, ModelLogEntry)
        for entry in log.objects.filter(
            revision_id__in=ids, action__in=[*APPROVALS, WITH_A_REASON], user__isnull=False
        ).select_related("user")
    ]
    entries.sort(key=lambda entry: (entry.action == WITH_A_REASON, entry.timestamp))
    return {entry.revision_id: _in_words(entry) for entry in entries}


def _in_words(entry) -> str:
    how = "Published with a reason" if entry.action == WITH_A_REASON else "Approved"
    return f"{how} by {entry.user}, {in_words(entry.timestamp)}"


def number_missed(user) -> int:
    """Return the number of missed events visible to this user."""
    return len(WhatsComing(user).missed)
