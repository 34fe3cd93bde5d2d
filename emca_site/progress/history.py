from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from emca_site.progress.statuses import Status
from emca_site.text.words import mid_sentence


@dataclass(frozen=True)
class Event:
    """A published state of a commitment and the state before it."""

    at: datetime
    now: dict
    before: dict | None = None

    @property
    def status(self) -> Status:
        return Status(self.now["status"])

    @property
    def status_before(self) -> Status | None:
        """The previous status if it changed, else None."""
        if self.before is None or self.before["status"] == self.now["status"]:
            return None
        return Status(self.before["status"])

    @property
    def is_first(self) -> bool:
        return self.before is None

    @property
    def reason(self) -> str:
        return self.now["reason"] if self.is_first or self.status_before else ""

    @property
    def new_stage(self) -> str:
        is_new = self.before is not None and self.before["stage"] != self.now["stage"]
        return self.now["stage"] if is_new else ""

    @property
    def new_measurement(self) -> str:
        """The newest measurement in words, if it changed."""
        before, now = self.before and self.before["measured"], self.now["measured"]
        if self.before is None or now == before:
            return ""
        if before and (not now or now["on"] < before["on"]):
            return f"What we said for {_day(before)} is taken back"
        if not now["words"]:
            return f"No figure published for {_day(now)}"
        return f"New count: {now['words']}, as at {_day(now)}"

    @property
    def lines(self) -> list[str]:
        """The changes other than the status, the most important first."""
        stage = f"New stage: {mid_sentence(self.new_stage)}" if self.new_stage else ""
        return [line for line in (self.new_measurement, stage) if line]

    @property
    def headline(self) -> str:
        """The most important change."""
        if self.is_first:
            return f"Published here as {self.status.noun}"
        if self.status_before:
            return f"Now {self.status.noun}, was {self.status_before.noun}"
        return next(iter(self.lines), "")

    @property
    def more_lines(self) -> list[str]:
        """The other changes."""
        return self.lines if self.is_first or self.status_before else self.lines[1:]


def _day(measured: dict) -> str:
    return date_format(parse_date(measured["on"]), "j F Y")


class HistoryMixin(models.Model):
    """Stores what was published when. Only publishing writes it, and no entry is ever changed.

    Each entry holds what readers could see from then on. The changes are computed from two
    successive entries, so that they cannot contradict them.
    """

    # On the row, so that lists show the newest changes of many pages without more queries.
    history = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    def what_readers_see(self) -> dict:
        """Return the parts of the page whose changes are shown in its history."""
        newest = next(reversed(self.measured), None)
        measured = newest and {
            "on": newest.measured_on.isoformat(),
            "words": "" if newest.value is None else self.counted_alone(newest),
        }
        return {
            "status": self.status,
            "reason": self.status_reason,
            "stage": self.present_stage,
            "measured": measured,
        }

    @property
    def events(self) -> list[Event]:
        """Every event, newest first."""
        pairs = zip([None, *self.history], self.history, strict=False)
        events = [Event(datetime.fromisoformat(now["at"]), now, before) for before, now in pairs]
        return events[::-1]

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.history = self.history
        return page

    def _publish(self, revision, **kwargs):
        super()._publish(revision, **kwargs)
        row = type(self)._base_manager.get(pk=self.pk)
        if row.live and row.live_revision_id == revision.pk:
            row.tell_history(row.last_published_at)
            self.history = row.history

    def tell_history(self, when: datetime) -> None:
        """Append what readers see now, if it differs from the last entry."""
        state = self.what_readers_see()
        if self.history and all(self.history[-1][name] == state[name] for name in TRACKED):
            return
        self.history = [*self.history, {"at": when.isoformat(), **state}]
        type(self)._base_manager.filter(pk=self.pk).update(history=self.history)


TRACKED = ("status", "stage", "measured")
