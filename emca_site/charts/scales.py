"""The scales of a chart: a date's place from left to right, a value's from top to bottom."""

from datetime import date
from decimal import Decimal

from emca_site.charts.series import Series
from emca_site.numbers.formatting import Unit

TOP, FLOOR = 2.2, 19.2  # em from the upper edge: room for a line of words above, and one below

WANTED_LINES = 3


class DateScale:
    """Dates in per cent of the width."""

    def __init__(self, series: Series):
        days = [point.on for point in series.points]
        days += [day for day in (series.start, series.target and series.target.on) if day]
        self.first, self.last = min(days), max(days)

    @property
    def is_long(self) -> bool:
        """Whether month and year are enough to tell its first and last day apart."""
        return (self.last - self.first).days > 61

    def x(self, day: date) -> float:
        if self.first == self.last:
            return 50  # a single date is placed in the middle
        return 100 * (day - self.first) / (self.last - self.first)

    @property
    def years(self) -> list[date]:
        """Every first of January within the scale."""
        years = range(self.first.year, self.last.year + 1)
        return [
            day for day in (date(year, 1, 1) for year in years) if self.first <= day <= self.last
        ]


class ValueScale:
    """Values in em from the upper edge, with round numbers for the grid lines.

    The lowest line is zero, so that twice the height is twice the value. Two kinds of series start
    higher and are marked so: rates that vary by less than a quarter of their height, because their
    change is of interest and would not be visible, and years, for which zero has no meaning. Counts
    always start at zero. With negative values the lowest line is below them, and zero is where it
    belongs.
    """

    def __init__(self, series: Series):
        values = [point.value for point in series.published]
        values += [series.target.value] if series.target else []
        low, high = min(values), max(values)
        whole = all(value == value.to_integral_value() for value in values)
        self.starts_at_nought = not _starts_higher(series, low, high)
        if self.starts_at_nought:
            low, high = min(low, Decimal(0)), max(high, Decimal(0))
            high = high if high > low else low + 1
        elif low == high:
            low, high = low - 1, high + 1
        step = _round_step((high - low) / WANTED_LINES)
        step = max(step, Decimal(1)) if whole else step
        start = _at_or_below(low, step)
        self.low = low if low == 0 else start
        self.high = high
        lines = int((self.high - start) / step) + 1
        self.lines = [start + step * number for number in range(lines)]

    def y(self, value: Decimal) -> float:
        return FLOOR - (FLOOR - TOP) * float((value - self.low) / (self.high - self.low))


def _starts_higher(series: Series, low: Decimal, high: Decimal) -> bool:
    if series.unit == Unit.YEAR:
        return True
    return not series.holds and low > 0 and 0 < (high - low) * 4 < high


def _round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20, 50 and so on that is not below `least`."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= least)


def _at_or_below(value: Decimal, step: Decimal) -> Decimal:
    whole = int(value / step)  # towards zero
    return step * (whole - 1 if whole * step > value else whole)
