"""Words in a picture whose width is not known: each is shown from the width on where it fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import date_format

from emca_site.figures.charts import Series, by_when
from emca_site.figures.scales import FLOOR, DateScale

# Widths of the picture in em; `progress.css` knows them too. The first is 320 pixels with text at
# 200 per cent, the third the same with text as it is.
WIDTHS = (8, 15, 19, 28, 44)
RIGHT = 0.75  # room at the right edge for half a dot
GUTTERS = (2, 3.25, 4.75, 6.5)  # room at the left for numbers; `progress.css` knows them too
EDGE = 15  # per cent from either side in which words may start or end at their place

GAP = 0.3  # between two labels
ASCENT, DESCENT = 0.85, 0.25

# Widths of the characters of Atkinson Hyperlegible Next at 700, in em, rounded up.
NARROW, NARROW_WIDTH, WIDTH = "1,.:;'|!iIjlt ", 0.36, 0.62


def width_of(text: str) -> float:
    return sum(
        NARROW_WIDTH if letter in NARROW and not letter.isdigit() else WIDTH for letter in text
    )


@dataclass(frozen=True)
class Box:
    """Something that covers a part of the picture: `x` in per cent, everything else in em."""

    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, radius: float) -> "Box":
        return cls(x, y, -radius, radius, -radius, radius)

    def edges(self, width: float) -> tuple[float, float]:
        middle = self.x / 100 * width
        return middle + self.left, middle + self.right

    def meets(self, other: "Box", width: float) -> bool:
        left, right = self.edges(width)
        other_left, other_right = other.edges(width)
        return (
            left < other_right + GAP
            and other_left < right + GAP
            and self.y + self.top < other.y + other.bottom
            and other.y + other.top < self.y + self.bottom
        )

    def is_inside(self, width: float) -> bool:
        left, right = self.edges(width)
        return left >= 0 and right <= width + RIGHT and self.y + self.top >= 0


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

    @property
    def box(self) -> Box:
        size = width_of(self.text)
        left = {"start": 0.0, "middle": -size / 2, "end": -size}[self.anchor]
        return Box(self.x, self.y, left, left + size, -ASCENT, DESCENT)

    @property
    def classes(self) -> str:
        """Where it is shown, in words of the stylesheet."""
        names = [self.kind]
        names += [f"c-from-{self.since}"] if self.since else []
        names += [f"c-until-{self.until}"] if self.until else []
        return " ".join(names)

    def is_shown(self, number: int) -> bool:
        return self.since <= number and (self.until is None or number < self.until)


class Layout:
    """Finds places for labels at each width, the most wanted first. What is placed, stays."""

    def __init__(self, gutter: int):
        self.widths = [width - GUTTERS[gutter] - RIGHT for width in WIDTHS]
        self.labels: list[Label] = []

    def place(self, wanted: Iterable[Sequence[Label]], around: Sequence[Box] = ()) -> None:
        """Each wanted label has several places where it may go, best first."""
        waiting = list(wanted)
        for number in range(len(WIDTHS)):
            for places in list(waiting):
                place = next((each for each in places if self.fits(each, number, around)), None)
                if place:
                    self.labels.append(replace(place, since=number))
                    waiting.remove(places)

    def place_all_or_none(self, labels: Sequence[Label]) -> None:
        """From the first width on where there is room for every one of them."""
        for number in range(len(WIDTHS)):
            if all(self.fits(label, number) for label in labels):
                self.labels += [replace(label, since=number) for label in labels]
                return

    def fits(self, label: Label, since: int, around: Sequence[Box] = ()) -> bool:
        """Whether it is free at this width and at every wider one."""
        return all(self.is_free(label.box, number, around) for number in range(since, len(WIDTHS)))

    def is_free(self, box: Box, number: int, around: Sequence[Box] = ()) -> bool:
        width = self.widths[number]
        standing = [label.box for label in self.labels if label.is_shown(number)]
        return box.is_inside(width) and not any(
            box.meets(other, width) for other in [*standing, *around]
        )


def gutter_for(texts: Iterable[str]) -> int:
    """Which of the gutters has room for the numbers at the left."""
    room = max(width_of(text) for text in texts) + 0.5
    return next((n for n, each in enumerate(GUTTERS) if each >= room), len(GUTTERS) - 1)


def value_places(text: str, x: float, y: float, *, below_first: bool) -> list[Label]:
    """The places for the value of a dot: never among the words under the lowest line."""
    anchors = ["middle", *(["start"] if x < EDGE else []), *(["end"] if x > 100 - EDGE else [])]
    above = [Label(text, x, y - 0.95, anchor) for anchor in anchors]
    below = [Label(text, x, y + 1.55, anchor) for anchor in anchors if y + 1.8 <= FLOOR]
    return [*below, *above] if below_first else [*above, *below]


def target_labels(series: Series, y: float, layout: Layout, dots: Sequence[Box]) -> list[Label]:
    """The target in as many words as there is room for, on the side where no dot is."""
    target = series.target
    short = f"Target: {series.short(target.value)}"
    texts = [*([f"{short} by {by_when(target.on)}"] if target.on else []), short, "Target"]
    sides = [("end", 100.0, y - 0.85), ("start", 0.0, y - 0.85)]
    sides += [(anchor, x, y + 1.5) for anchor, x, _ in sides if y + 1.75 <= FLOOR]
    attempts = []
    for anchor, x, height in sides:
        labels = []
        for number in range(len(WIDTHS)):
            options = [Label(text, x, height, anchor, "val", number, number + 1) for text in texts]
            labels += [each for each in options if layout.is_free(each.box, number, dots)][:1]
        attempts.append(labels)
    return _joined(max(attempts, key=_how_much_is_said))


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
    return [replace(label, until=None) if label.until == len(WIDTHS) else label for label in joined]


def axis_labels(dates: DateScale, gutter: int) -> list[Label]:
    """The years under the picture; where there are no two of them, its first and last day."""
    layout = Layout(gutter)
    if len(dates.years) > 1:
        stride = 1 << len(dates.years).bit_length()
        newest_first = dates.years[::-1]
        shown: set[int] = set()
        while stride:  # every 16th, every 8th, and so on, from the newest back
            group = set(range(0, len(newest_first), stride)) - shown
            layout.place_all_or_none(
                [_below(str(newest_first[n].year), dates.x(newest_first[n])) for n in sorted(group)]
            )
            shown |= group
            stride //= 2
        layout.place_all_or_none([_below(str(dates.first.year), 0)])
    else:
        far_apart = (dates.last - dates.first).days > 61
        form = "M Y" if far_apart else "j M Y"
        for day in [dates.last, dates.first, *dates.years]:
            text = str(day.year) if day in dates.years else date_format(day, form)
            layout.place_all_or_none([_below(text, dates.x(day))])
    return layout.labels


def _below(text: str, x: float) -> Label:
    anchor = "start" if x < EDGE / 2 else "end" if x > 100 - EDGE / 2 else "middle"
    return Label(text, x, FLOOR + 1.6, anchor, "soft")
