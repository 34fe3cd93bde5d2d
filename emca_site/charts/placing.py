"""Decides which words a picture has, and where each of them may go."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.formats import date_format

from emca_site.charts.drawing import Band, Drawing
from emca_site.charts.geometry import Box
from emca_site.charts.labels import (
    DESCENT,
    GUTTERS,
    RIGHT,
    WIDTHS,
    Label,
    Layout,
    over_all_widths,
    width_of,
)
from emca_site.charts.scales import FLOOR, TOP, DateScale
from emca_site.charts.series import Point, Series

ABOVE, BELOW = -0.95, 1.55  # from the middle of a dot to the baseline of its label
OVER_A_LINE, UNDER_A_LINE = -0.85, 1.5
DIAMOND = 0.6  # half its size, in em
OVERHANG = 1.3  # how much wider than a band its words may be


def labels_of(drawing: Drawing) -> list[Label]:
    """Return all words in and under a picture, each with the widths at which it is shown."""
    room = GUTTERS[drawing.gutter] + RIGHT
    return over_all_widths([_laid_out(drawing, width - room) for width in WIDTHS])


def _laid_out(drawing: Drawing, width: float) -> Layout:
    """Lay out the words at one width, the most important first."""
    dots = [Box.around(dot.x, dot.y, dot.radius) for dot in drawing.dots]
    layout = Layout(width, dots, [*drawing.lines, *drawing.lines_across])
    if drawing.series.target:
        _place_target(layout, drawing)
    if drawing.diamond:
        layout.marks = [*dots, Box.around(drawing.diamond.x, drawing.diamond.y, DIAMOND)]
    for point in drawing.outstanding:
        layout.place(_value_places(drawing, point))
    for band in drawing.bands:
        layout.place(list(_band_places(band, width)), only_clear=True)
    _place_days(layout, drawing.dates)
    return layout


def _place_target(layout: Layout, drawing: Drawing) -> None:
    """Label the target with as many words as fit, on the side where they cover least."""
    series, y = drawing.series, drawing.target_y
    texts = _target_texts(series)
    sides = [
        [Label(text, x, height, anchor) for text in texts]
        for height in (y + OVER_A_LINE, y + UNDER_A_LINE)
        if height + DESCENT <= FLOOR
        for x, anchor in ((100, "end"), (0, "start"))
    ]
    best_first = [label for labels in zip(*sides, strict=True) for label in labels]
    short = len(sides)  # the last label of each side names the target only
    # Where the label of a dot's value would go by preference.
    values = [Box(dot.x, -1, 1, dot.y + ABOVE - 1, dot.y) for dot in drawing.dots]
    quiet = [
        label
        for label in best_first[:-short]
        if not any(label.box.meets(box, layout.width) for box in values)
    ]
    for places, only_clear in ((quiet, True), (best_first[:-short], True), (best_first, False)):
        if layout.place(places, only_clear=only_clear):
            return


def _target_texts(series: Series) -> list[str]:
    target = series.target
    short = f"Target: {series.short(target.value)}"
    return [*([f"{short} by {target.when}"] if target.on else []), short, "Target"]


def _value_places(drawing: Drawing, point: Point) -> list[Label]:
    """Return the places beside a dot, none of them among the words under the lowest line."""
    x, y = drawing.place_of(point)
    heights = [y + BELOW, y + ABOVE] if drawing.falls_to(point) else [y + ABOVE, y + BELOW]
    return [
        Label(drawing.series.short(point.value), x, height, anchor)
        for anchor in ("middle", "end", "start")
        for height in heights
        if height + DESCENT <= FLOOR
    ]


def _band_places(band: Band, width: float) -> Iterator[Label]:
    label = Label("No figure", band.x + band.width / 2, FLOOR - 1, kind="soft")
    if width_of(label.text) <= OVERHANG * band.width / 100 * width:
        yield label
        yield replace(label, y=TOP + 1.5)


def _place_days(layout: Layout, dates: DateScale) -> None:
    """Label the years under the picture; with fewer than two, its first and last day."""
    years = [_below(str(day.year), dates.x(day), layout.width) for day in dates.years]
    if len(years) > 1:
        for power in range(len(years).bit_length() + 1):  # as many as there is room for
            if layout.place_all(years[:: -(1 << power)]):
                break
        layout.place([_below(str(dates.first.year), 0, layout.width)])
        return
    form = "M Y" if dates.is_long else "j M Y"
    for day in dict.fromkeys([dates.last, dates.first]):
        layout.place([_below(date_format(day, form), dates.x(day), layout.width)])
    layout.place_all(years)


def _below(text: str, x: float, width: float) -> Label:
    """Centre words under a place, or align them with the edge of the picture that is near."""
    half, place = width_of(text) / 2, x / 100 * width
    anchor = "start" if place < half else "end" if place + half > width else "middle"
    return Label(text, x, FLOOR + 1.6, anchor, "soft")
