"""A series as a picture: its lines, dots and bands with their coordinates.

Coordinates are per cent from the left and em from the top, so that a picture stretches while its
words keep their size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby, pairwise

from emca_site.charts.geometry import Line
from emca_site.charts.labels import gutter_for
from emca_site.charts.scales import FLOOR, TOP, DateScale, ValueScale
from emca_site.charts.series import Point, Series

ALL_LABELLED = 12  # above that, only the first, last, highest and lowest
DOT, LAST_DOT = 0.4, 0.5  # half their size, in em
LEAST_BAND = 2  # per cent: a week in ten years stays visible


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    is_last: bool = False

    @property
    def radius(self) -> float:
        return LAST_DOT if self.is_last else DOT


@dataclass(frozen=True)
class Band:
    """A period without a figure."""

    x: float
    width: float


class Drawing:
    """The parts of a chart. It needs at least one published value."""

    top, floor, height = TOP, FLOOR, FLOOR - TOP
    tick_end = FLOOR + 0.4

    def __init__(self, series: Series):
        self.series = series
        self.dates, self.values = DateScale(series), ValueScale(series)
        self.grid = [(self.values.y(line), series.short(line)) for line in self.values.lines]
        self.base = self.values.y(Decimal(0)) if self.values.starts_at_nought else FLOOR
        self.bands = list(self._bands())
        self.lines = list(self._lines())
        self.dots = [
            Dot(*self.place_of(each), each is series.published[-1]) for each in self._dotted()
        ]
        self.gutter = gutter_for(text for _, text in self.grid)

    @property
    def ticks(self) -> list[float]:
        return [self.dates.x(day) for day in self.dates.years]

    @property
    def target_y(self) -> float | None:
        return self.values.y(self.series.target.value) if self.series.target else None

    @property
    def diamond(self) -> Dot | None:
        target = self.series.target
        return Dot(self.dates.x(target.on), self.target_y) if target and target.on else None

    @property
    def starts_higher(self) -> str:
        """The value of the lowest line in words; empty if that is zero."""
        lowest = self.values.lines[0]
        return "" if self.values.starts_at_nought else self.series.in_text(lowest)

    @property
    def lines_across(self) -> list[Line]:
        """The horizontal lines of the target and of zero."""
        heights = [self.base, *([self.target_y] if self.series.target else [])]
        return [Line(0, y, 100, y) for y in heights]

    def place_of(self, point: Point) -> tuple[float, float]:
        return self.dates.x(point.on), self.values.y(point.value)

    def _runs(self, *, published: bool) -> list[list[Point]]:
        """Return the runs of neighbouring points that are all published, or all not."""
        runs = groupby(self.series.in_order, key=lambda point: point.value is not None)
        return [list(points) for is_published, points in runs if is_published == published]

    def _lines(self) -> Iterator[Line]:
        for before, after in self.steps:
            (x1, y1), (x2, y2) = self.place_of(before), self.place_of(after)
            if self.series.holds:
                yield Line(x1, y1, x2, y1)
                yield Line(x2, y1, x2, y2)
            else:
                yield Line(x1, y1, x2, y2)

    @cached_property
    def steps(self) -> list[tuple[Point, Point]]:
        """The pairs of neighbouring published points with no gap between them."""
        return [step for run in self._runs(published=True) for step in pairwise(run)]

    def falls_to(self, point: Point) -> bool:
        return any(after is point and after.value < before.value for before, after in self.steps)

    def _bands(self) -> Iterator[Band]:
        """Yield a band for each gap, from the last figure before it to the first after it."""
        for gap in self._runs(published=False):
            points = self.series.in_order
            before, after = points.index(gap[0]) - 1, points.index(gap[-1]) + 1
            left = self.dates.x(points[max(before, 0)].on)
            right = self.dates.x(points[min(after, len(points) - 1)].on)
            width = max(right - left, LEAST_BAND)
            middle = (left + right) / 2
            yield Band(min(max(middle - width / 2, 0), 100 - width), width)

    @cached_property
    def outstanding(self) -> list[Point]:
        """The points whose values should be labelled, the most important first."""
        points = self.series.published
        highest = max(points, key=lambda point: point.value)
        lowest = min(points, key=lambda point: point.value)
        wanted = [points[-1], points[0], highest, lowest]
        wanted += points[::-1] if len(points) <= ALL_LABELLED else []
        return list({id(point): point for point in wanted}.values())

    def _dotted(self) -> list[Point]:
        """Return the outstanding points and every point that no line reaches, oldest first."""
        wanted = [*self.outstanding]
        wanted += [run[0] for run in self._runs(published=True) if len(run) == 1]
        return [point for point in self.series.published if any(point is each for each in wanted)]
