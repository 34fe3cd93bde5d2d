"""The commitments as data that anybody may take: what each column holds, and what it says."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.conf import settings

from emca_site.core.models import SiteSettings
from emca_site.core.structured_data import absolute
from emca_site.figures.open_data import LICENCE, Cell
from priorities.models import CommitmentPage, Measurement
from priorities.statuses import Reach


class Column(NamedTuple):
    """One column of a table: its name for good, what it holds, and how a row gives it."""

    name: str
    meaning: str
    value_of: Callable[..., Cell]


def _councils(commitment: CommitmentPage) -> str:
    if commitment.reach == Reach.SOME:
        return " ".join(council.slug for council in commitment.councils.all())
    return commitment.reach


def _evidence(commitment: CommitmentPage) -> list[str]:
    return [absolute(each.url) for each in commitment.evidence.all() if each.url]


def _contact(commitment: CommitmentPage) -> str:
    contact = commitment.contact or commitment.area.contact
    return contact.name if contact else ""


def _latest(commitment: CommitmentPage, name: str) -> Cell:
    latest = commitment.latest_count
    return getattr(latest, name) if latest else None


def _has_numbers(commitment: CommitmentPage) -> bool:
    return commitment.target_number is not None or bool(commitment.counts)


COMMITMENTS = [
    Column("id", "A number that stays the same.", lambda c: c.pk),
    Column("area", "The priority area, as addresses name it.", lambda c: c.area.slug),
    Column("commitment", "What we said we would do.", lambda c: c.title),
    Column("why", "Why it matters.", lambda c: c.summary),
    Column(
        "status",
        "committed, on-track, at-risk, delayed, delivered or stopped.",
        lambda c: str(c.status),
    ),
    Column("status_reason", "Why, where we said so.", lambda c: c.status_reason),
    Column("stage", "The present stage, else the last that is done.", lambda c: c.present_stage),
    Column("start_date", "The day from which it counts.", lambda c: c.starts_on),
    Column("target", "The target in words.", lambda c: c.target_words),
    Column("target_value", "The exact number to be reached.", lambda c: c.target_number),
    Column(
        "unit",
        "Of the target and of every measurement: money (pounds), homes, people, percent or plain. "
        "Empty where there is no number.",
        lambda c: str(c.unit) if _has_numbers(c) else "",
    ),
    Column("measure", "What is counted.", lambda c: c.measure),
    Column(
        "target_date",
        "As far as it is known: a day, a month (2026-03) or a year.",
        lambda c: c.target_date.iso if c.target_date else "",
    ),
    Column(
        "target_last_day",
        "The last day of that date: after it, the date has passed.",
        lambda c: c.target_date.last_day if c.target_date else None,
    ),
    Column("latest_value", "The latest number published.", lambda c: _latest(c, "value")),
    Column("latest_date", "The day on which that was true.", lambda c: _latest(c, "measured_on")),
    Column("progress", "How far it has got, in words.", lambda c: c.progress_words),
    Column("as_at", "How far back that goes, in words.", lambda c: c.as_at_words),
    Column(
        "councils",
        "all, unknown, or the short names of the councils with spaces between them.",
        _councils,
    ),
    Column(
        "also_areas",
        "Other areas that it helps, with spaces between them.",
        lambda c: " ".join(area.slug for area in c.also_areas_among(c.areas)),
    ),
    Column("who_answers", "The team to ask.", _contact),
    Column(
        "evidence",
        "Addresses where it can be checked, with spaces between them.",
        lambda c: " ".join(_evidence(c)),
    ),
    Column("address", "Its page.", lambda c: absolute(c.url)),
]

MEASUREMENTS = [
    Column("commitment_id", "The `id` of its commitment.", lambda m, c: c.pk),
    Column("commitment", "What we said we would do.", lambda m, c: c.title),
    Column("date", "The day on which the number was true.", lambda m, c: m.measured_on),
    Column(
        "value",
        "The exact number. Empty: a number was due and none was published.",
        lambda m, c: m.value,
    ),
    Column("unit", "As for its commitment.", lambda m, c: str(c.unit)),
    Column("evidence", "Where it can be checked.", lambda m, c: m.evidence_url),
    Column("note", "What we said about it.", lambda m, c: m.note),
]


def names(columns: Iterable[Column]) -> list[str]:
    return [column.name for column in columns]


def rows(commitments: Iterable[CommitmentPage]) -> Iterator[list[Cell]]:
    """For the table of commitments."""
    return ([column.value_of(each) for column in COMMITMENTS] for each in commitments)


def measurement_rows(commitments: Iterable[CommitmentPage]) -> Iterator[list[Cell]]:
    """For the table of measurements: each commitment's, the oldest first."""
    return (
        [column.value_of(measurement, each) for column in MEASUREMENTS]
        for each in commitments
        for measurement in each.measured
    )


def as_data(commitments: Iterable[CommitmentPage], request=None) -> dict:
    """Everything at once, each commitment with its stages, measurements and history."""
    return {
        "title": "Commitments",
        "publisher": SiteSettings.read(request).name,
        "address": f"{settings.SITE_URL}/commitments.json",
        "licence": LICENCE._asdict(),
        "commitments": [_record(each) for each in commitments],
    }


def _record(commitment: CommitmentPage) -> dict:
    record = {column.name: column.value_of(commitment) for column in COMMITMENTS}
    record |= {name: record[name].split() for name in ("also_areas", "evidence")}
    record["stages"] = [
        {"name": stage.name, "detail": stage.detail, "state": str(stage.state)}
        for stage in commitment.stage_list
    ]
    record["measurements"] = [_measurement(each, commitment) for each in commitment.measured]
    record["history"] = [
        {name: event.now[name] for name in ("at", "status", "reason", "stage")}
        for event in reversed(commitment.events)
    ]
    return record


def _measurement(measurement: Measurement, commitment: CommitmentPage) -> dict:
    return {
        column.name: column.value_of(measurement, commitment)
        for column in MEASUREMENTS
        if column.name not in ("commitment_id", "commitment", "unit")
    }
