"""Words in a picture whose width is not known: each is shown from the width on where it fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.formats import date_format

from emca_site.figures.charts import Series, by_when
from emca_site.figures.scales import FLOOR, DateScale

# Widths of the picture in em; `progress.css` has them too. The first is 320 pixels with text at
# 200 per cent, the third the same with text as it is.
WIDTHS = (8, 15, 19, 28, 44)
GUTTERS = (2, 2.75, 3.75, 4.75, 6.75)  # room at the left for numbers; `progress.css` has them too
RIGHT = 0.75  # room at the right for half a dot
BESIDE = 0.7  # between the numbers at the left and the picture

GAP = 0.3  # between two labels
ASCENT, DESCENT = 0.85, 0.25
ABOVE, BELOW = -0.95, 1.55  # from the middle of a dot to the foot of its label

# Widths of the characters of Atkinson Hyperlegible Next at 700, in em and rounded up.
LETTERS = {
    **dict.fromkeys(",.:;' ", 0.32),
    **dict.fromkeys("-/fijlrtI", 0.43),
    **dict.fromkeys("%mwMW", 0.97),
}
ANY_OTHER = 0.66


def width_of(text: str) -> float:
    return sum(LETTERS.get(letter, ANY_OTHER) for letter in text)


@dataclass(frozen=True)
class Box:
    """What covers a part of the picture: from and to in per cent and em, everything else in em."""

    x1: float
    x2: float
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, radius: float) -> "Box":
        return cls(x, x, -radius, radius, y - radius, y + radius)

    @classmethod
    def of_line(cls, x1: float, y1: float, x2: float, y2: float) -> "Box":
        return cls(x1, x2, -0.1, 0.1, min(y1, y2) - 0.1, max(y1, y2) + 0.1)

    def edges(self, width: float) -> tuple[float, float]:
        return self.x1 / 100 * width + self.left, self.x2 / 100 * width + self.right

    def is_level_with(self, other: "Box") -> bool:
        return self.top < other.bottom and other.top < self.bottom

    def meets(self, other: "Box", width: float) -> bool:
        left, right = self.edges(width)
        other_left, other_right = other.edges(width)
        beside = left < other_right + GAP and other_left < right + GAP
        return beside and self.is_level_with(other)


@dataclass(frozen=True)
class Label:
    """A line of words. Shown from the width number `since` on, and before the number `until`."""

    text: str
    x: float
    y: float
    anchor: str = "middle"
    kind: str = "val"
    since: int = 0
    until: int | None = None

    @cached_property
    def box(self) -> Box:
        size = width_of(self.text)
        left = {"start": 0.0, "middle": -size / 2, "end": -size}[self.anchor]
        return Box(self.x, self.x, left, left + size, self.y - ASCENT, self.y + DESCENT)

    @property
    def classes(self) -> str:
        """What it is, and where it is shown, in words of the stylesheet."""
        names = [self.kind]
        names += [f"c-from-{self.since}"] if self.since else []
        names += [f"c-until-{self.until}"] if self.until else []
        return " ".join(names)

    def is_shown(self, number: int) -> bool:
        return self.since <= number and (self.until is None or number < self.until)


class Layout:
    """Finds places for labels at each width, the most wanted first. What is placed, stays.

    No label covers another, or one of `marks`; `lines` are left free where that can be.
    """

    def __init__(
        self,
        gutter: int,
        marks: Sequence[Box] = (),
        lines: Sequence[Box] = (),
        from_left: float = 0,
    ):
        self.widths = [width - GUTTERS[gutter] - RIGHT for width in WIDTHS]
        self.marks, self.lines, self.from_left = marks, lines, from_left
        self.labels: list[Label] = []

    def place(self, wanted: Iterable[Sequence[Label]]) -> None:
        """Each wanted label has several places where it may go, best first."""
        waiting = list(wanted)
        for number in range(len(WIDTHS)):
            for places in list(waiting):
                fitting = [each for each in places if self.fits(each, number)]
                if fitting:
                    clear = (each for each in fitting if self.is_clear(each, number))
                    self.labels.append(replace(next(clear, fitting[0]), since=number))
                    waiting.remove(places)

    def place_all_or_none(self, labels: Sequence[Label]) -> None:
        """From the first width on where there is room for every one of them."""
        for number in range(len(WIDTHS)):
            if all(self.fits(label, number) for label in labels):
                self.labels += [replace(label, since=number) for label in labels]
                return

    def fits(self, label: Label, since: int) -> bool:
        """Whether it covers nothing at this width and at every wider one."""
        return all(self.has_room(label, number) for number in range(since, len(WIDTHS)))

    def has_room(self, label: Label, number: int) -> bool:
        width = self.widths[number]
        left, right = label.box.edges(width)
        if left < -self.from_left or right > width + RIGHT or label.box.top < 0:
            return False
        standing = [each.box for each in self.labels if each.is_shown(number)]
        return not any(label.box.meets(box, width) for box in [*standing, *self.marks])

    def is_clear(self, label: Label, number: int) -> bool:
        """Whether no line runs through it, at this width."""
        width = self.widths[number]
        return not any(label.box.meets(line, width) for line in self.lines)


def gutter_for(texts: Iterable[str]) -> int:
    """Which of the gutters has room for the numbers at the left."""
    room = max(width_of(text) for text in texts) + BESIDE
    return next((n for n, each in enumerate(GUTTERS) if each >= room), len(GUTTERS) - 1)


def value_places(text: str, x: float, y: float, *, below_first: bool) -> list[Label]:
    """The places for the value of a dot: never among the words under the lowest line."""
    heights = [y + BELOW, y + ABOVE] if below_first else [y + ABOVE, y + BELOW]
    return [
        Label(text, x, height, anchor)
        for anchor in ("middle", "end", "start")
        for height in heights
        if height + DESCENT <= FLOOR
    ]


def place_target(layout: Layout, series: Series, y: float) -> None:
    """The target in as many words as there is room for, at the side where it covers least."""
    target = series.target
    short = f"Target: {series.short(target.value)}"
    texts = [*([f"{short} by {by_when(target.on)}"] if target.on else []), short, "Target"]
    sides = [
        [Label(text, x, height, anchor) for text in texts]
        for height in (y - 0.85, y + 1.5)
        if height + DESCENT <= FLOOR
        for x, anchor in ((100, "end"), (0, "start"))
    ]
    attempts = [
        _at_every_width(layout, side, keep_clear) for keep_clear in (1, 0) for side in sides
    ]
    layout.labels += _joined(max(attempts, key=_how_much_is_said))


def _at_every_width(layout: Layout, texts: Sequence[Label], keep_clear: bool) -> list[Label]:
    """The longest of some texts that has room, for each width that has room for one."""
    labels = []
    for number in range(len(WIDTHS)):
        labels += [
            replace(text, since=number, until=number + 1)
            for text in texts
            if layout.has_room(text, number)
            and not (keep_clear and not layout.is_clear(text, number))
        ][:1]
    return labels


def _how_much_is_said(labels: Sequence[Label]) -> tuple[int, int]:
    return len(labels), sum(len(label.text) for label in labels)


def _joined(labels: Iterable[Label]) -> list[Label]:
    """One label for neighbouring widths with the same words."""
    joined: list[Label] = []
    for label in labels:
        if joined and joined[-1].text == label.text and joined[-1].until == label.since:
            joined[-1] = replace(joined[-1], until=label.until)
        else:
            joined.append(label)
    return [replace(each, until=None) if each.until == len(WIDTHS) else each for each in joined]


def axis_labels(dates: DateScale, gutter: int) -> list[Label]:
    """The years under the picture; where there are no two of them, its first and last day."""
    layout = Layout(gutter, from_left=GUTTERS[gutter])
    if len(dates.years) > 1:
        for group in _sparse_first(dates.years):
            layout.place_all_or_none([_below(str(day.year), dates.x(day)) for day in group])
        layout.place_all_or_none([_below(str(dates.first.year), 0)])
    else:
        for day in dict.fromkeys([dates.last, dates.first]):
            form = "M Y" if dates.is_long else "j M Y"
            layout.place_all_or_none([_below(date_format(day, form), dates.x(day))])
        for day in dates.years:
            layout.place_all_or_none([_below(str(day.year), dates.x(day))])
    return layout.labels


def _sparse_first(years: Sequence) -> list[list]:
    """The newest, then every sixteenth, eighth and so on back from it, each year once."""
    newest_first = years[::-1]
    strides = [1 << power for power in range(len(years).bit_length(), -1, -1)]
    groups: dict[int, list] = {stride: [] for stride in strides}
    for number, day in enumerate(newest_first):
        groups[next(stride for stride in strides if number % stride == 0)].append(day)
    return [group for group in groups.values() if group]


def _below(text: str, x: float) -> Label:
    anchor = "start" if x < 8 else "end" if x > 92 else "middle"
    return Label(text, x, FLOOR + 1.6, anchor, "soft")
