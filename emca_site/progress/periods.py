"""A date of which only the month or the year may be known."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "The day"
    MONTH = "month", "Only the month"
    YEAR = "year", "Only the year"


_WORDS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}
_ISO_LENGTH = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


@dataclass(frozen=True)
class Period:
    """A day, a month or a year, given by any day in it."""

    day: date
    precision: str = Precision.DAY

    def __str__(self) -> str:
        return date_format(self.day, _WORDS[Precision(self.precision)])

    @property
    def iso(self) -> str:
        """The period in ISO 8601: 2026-03-31, 2026-03 or 2026."""
        return self.day.isoformat()[: _ISO_LENGTH[Precision(self.precision)]]

    @property
    def last_day(self) -> date:
        if self.precision == Precision.YEAR:
            return date(self.day.year, 12, 31)
        if self.precision == Precision.MONTH:
            return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])
        return self.day

    @property
    def has_passed(self) -> bool:
        """Whether all of it is over, by the date in the UK."""
        return self.last_day < timezone.localdate()
