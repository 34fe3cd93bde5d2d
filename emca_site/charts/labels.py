"""Places the words of a picture whose width is not known, once for each of several widths."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from emca_site.charts.geometry import Box, Line
from emca_site.charts.scales import FLOOR

# Picture widths in em from which on a new layout applies; `progress.css` has the same. The first
# is 320 pixels with text at 200 per cent, the third the same at normal text size. Between two of
# them everything only moves apart, so labels that are clear at the lower width stay clear.
WIDTHS = (8, 15, 19, 28, 44)
GUTTERS = (2, 2.75, 3.75, 4.75, 6.75)  # room at the left for numbers; `progress.css` has the same
RIGHT = 0.75  # room at the right for half a dot
BESIDE = 0.7  # between the numbers at the left and the chart

ASCENT, DESCENT = 0.85, 0.25

# Character widths of Atkinson Hyperlegible Next, weight 700, in em and rounded up.
LETTERS = {
    **dict.fromkeys(",.:;' ", 0.32),
    **dict.fromkeys("-/fijlrtI", 0.43),
    **dict.fromkeys("%mwMW", 0.97),
}
ANY_OTHER = 0.66


def width_of(text: str) -> float:
    return sum(LETTERS.get(letter, ANY_OTHER) for letter in text)


def gutter_for(texts: Iterable[str]) -> int:
    """Return the index of the narrowest gutter that has room for the numbers at the left."""
    room = max(width_of(text) for text in texts) + BESIDE
    return next((n for n, each in enumerate(GUTTERS) if each >= room), len(GUTTERS) - 1)


@dataclass(frozen=True)
class Label:
    """A line of words, shown from width number `since` on and before width number `until`."""

    text: str
    x: float
    y: float
    anchor: str = "middle"
    kind: str = "val"
    since: int = 0
    until: int = len(WIDTHS)

    @cached_property
    def box(self) -> Box:
        size = width_of(self.text)
        left = {"start": 0.0, "middle": -size / 2, "end": -size}[self.anchor]
        return Box(self.x, left, left + size, self.y - ASCENT, self.y + DESCENT)

    @property
    def classes(self) -> str:
        """The CSS classes for its kind and for the widths at which it is shown."""
        names = [self.kind]
        names += [f"c-from-{self.since}"] if self.since else []
        names += [f"c-until-{self.until}"] if self.until < len(WIDTHS) else []
        return " ".join(names)


class Layout:
    """The words of one picture at one width. The most important are placed first.

    No label covers another label or a box in `marks`. Labels avoid `lines` where possible.
    """

    def __init__(self, width: float, marks: Sequence[Box] = (), lines: Sequence[Line] = ()):
        self.width, self.marks, self.lines = width, marks, lines
        self.labels: list[Label] = []

    def place(self, places: Sequence[Label], *, only_clear: bool = False) -> bool:
        """Place a label at the first free place among those given. Return whether one was free."""
        free = [place for place in places if self.has_room(place)]
        clear = (place for place in free if self.is_clear(place))
        found = next(clear, free[0] if free and not only_clear else None)
        self.labels += [found] if found else []
        return found is not None

    def place_all(self, labels: Sequence[Label]) -> bool:
        """Place all the labels or none. Return whether they were placed."""
        before = len(self.labels)
        if not all(self.place([label]) for label in labels):
            del self.labels[before:]
        return len(self.labels) > before

    def has_room(self, label: Label) -> bool:
        left, right = label.box.edges(self.width)
        # Below the picture, nothing at the left could be covered.
        is_inside = (left >= 0 or label.y > FLOOR) and right <= self.width + RIGHT
        taken = [*self.marks, *(each.box for each in self.labels)]
        return (
            is_inside
            and label.box.top >= 0
            and not any(label.box.meets(box, self.width) for box in taken)
        )

    def is_clear(self, label: Label) -> bool:
        return not any(label.box.is_crossed_by(line, self.width) for line in self.lines)


def over_all_widths(layouts: Sequence[Layout]) -> list[Label]:
    """Merge the layouts of all widths: one label for neighbouring widths that share it."""
    shown_at = defaultdict(list)
    for number, layout in enumerate(layouts):
        for label in layout.labels:
            shown_at[label].append(number)
    return [
        replace(label, since=first, until=last + 1)
        for label, numbers in shown_at.items()
        for first, last in _stretches(numbers)
    ]


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last number of each run without a gap."""
    firsts = [number for number in numbers if number - 1 not in numbers]
    lasts = [number for number in numbers if number + 1 not in numbers]
    return list(zip(firsts, lasts, strict=True))
