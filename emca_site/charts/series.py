"""A series of dated measurements as plain data, from which charts, tables and bars are made."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from django.utils.formats import date_format

from emca_site.numbers.formatting import Unit, written

NOUNS = {Unit.HOMES: "homes", Unit.PEOPLE: "people"}


def in_full(day: date) -> str:
    return date_format(day, "j F Y")


def by_when(day: date) -> str:
    """Return “March 2028” for the last day of that month, else the day."""
    ends_a_month = day.day == monthrange(day.year, day.month)[1]
    return date_format(day, "F Y" if ends_a_month else "j F Y")


@dataclass(frozen=True)
class Point:
    """A date for which a figure was expected; its value is None if none was published."""

    on: date
    value: Decimal | None
    note: str = ""
    evidence: str = ""  # its name, for the table
    evidence_url: str = ""


@dataclass(frozen=True)
class Target:
    """The number to be reached, and the date if it is known."""

    on: date | None
    value: Decimal

    @property
    def when(self) -> str:
        """Its date in words, or an empty string: often only the month is known."""
        return by_when(self.on) if self.on else ""


@dataclass(frozen=True)
class Series:
    """A series of measurements, with its unit and its target.

    `start`: where the picture starts, if before the first point. `holds`: each value is true until
    the next, as counts are (steps); shares and rates are not (straight lines). `noun`: what is
    counted, as it follows a number: “stops”, “places taken”.
    """

    title: str
    unit: str
    points: Sequence[Point]
    target: Target | None = None
    start: date | None = None
    holds: bool = True
    noun: str = ""

    @cached_property
    def in_order(self) -> list[Point]:
        return sorted(self.points, key=lambda point: point.on)

    @property
    def newest_first(self) -> list[Point]:
        return self.in_order[::-1]

    @cached_property
    def published(self) -> list[Point]:
        """The points that have a value, oldest first."""
        return [point for point in self.in_order if point.value is not None]

    @property
    def has_gaps(self) -> bool:
        return len(self.published) < len(self.points)

    @property
    def has_evidence(self) -> bool:
        return any(point.evidence or point.evidence_url for point in self.points)

    @property
    def has_notes(self) -> bool:
        return any(point.note for point in self.points)

    @property
    def counted(self) -> str:
        """The noun that follows a number of this series, such as “homes”, or an empty string."""
        return self.noun or NOUNS.get(self.unit, "")

    @cached_property
    def html_id(self) -> str:
        """Stable for a series, so that responses are reproducible."""
        return f"chart-{sha256(repr(self).encode()).hexdigest()[:10]}"

    @property
    def name(self) -> str:
        """The title with the period that it covers, for visitors who cannot see the picture."""
        months = [date_format(point.on, "F Y") for point in self.in_order]
        when = " to ".join(dict.fromkeys([months[0], months[-1]])) if months else ""
        return f"{self.title}, {when}" if when else self.title

    def in_text(self, value: Decimal) -> str:
        return written(value, self.unit).in_text

    def short(self, value: Decimal) -> str:
        return written(value, self.unit).short

    @property
    def description(self) -> str:
        """Every value and every gap, in words."""
        phrases = [
            f"{in_full(point.on)}: "
            + ("not published" if point.value is None else self.in_text(point.value))
            for point in self.in_order
        ]
        sentences = [f"{'; '.join(phrases)}."] if phrases else ["No figure published yet."]
        if self.target:
            by = f" by {self.target.when}" if self.target.on else ""
            sentences.append(f"The target is {self.in_text(self.target.value)}{by}.")
        return " ".join(sentences)
