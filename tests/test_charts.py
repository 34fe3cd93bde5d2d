"""The picture of a series, its key and its table, from plain data."""

import random
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from emca_site.charts.drawing import Drawing
from emca_site.charts.labels import GUTTERS, RIGHT, WIDTHS
from emca_site.charts.placing import labels_of
from emca_site.charts.scales import FLOOR, TOP
from emca_site.charts.series import Point, Series, Target
from emca_site.numbers.formatting import Unit
from tests.chart_series import DESIGN, DRAWN, WITHOUT_A_FIGURE, months, series, target

STYLESHEET = Path(__file__).resolve().parent.parent / "static/css/progress.css"
EACH_DRAWN = pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)


def rendered(*shown: Series, tag: str = "{% chart series %}") -> ElementTree.Element:
    """The charts of some series, read by a strict parser."""
    template = Template("{% load chart_tags %}" + tag)
    html = "".join(template.render(Context({"series": each})) for each in shown)
    return ElementTree.fromstring(f"<div>{html}</div>")


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def picture(shown: Series) -> ElementTree.Element:
    return rendered(shown).find(".//svg[@role='img']")


def with_class(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in element.iter() if name in each.get("class", "").split()]


def place(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name).removesuffix("%").removesuffix("em"))


def line_of(element: ElementTree.Element) -> tuple[float, ...]:
    return tuple(place(element, name) for name in ("x1", "y1", "x2", "y2"))


def steps_of(shown: Series) -> list[tuple[float, ...]]:
    return [line_of(each) for each in with_class(picture(shown), "c-step")]


def dots_of(shown: Series) -> list[tuple[float, float]]:
    dots = with_class(picture(shown), "c-dot")
    return [(place(dot, "cx"), place(dot, "cy")) for dot in dots]


def random_series(seed: int) -> Series:
    """Any series that somebody might enter; the same for the same seed."""
    dice = random.Random(seed)
    scale, places = dice.choice([1, 10, 10**4, 10**9]), dice.choice([0, 0, 1, 2])
    low = dice.choice([0, 0, -scale, scale * 9])
    shown = months(
        dice.choice([1, 2, 3, 7, 12, 13, 40]),
        lambda _: (
            None
            if dice.random() < 0.15
            else round(Decimal(low) + Decimal(dice.random()) * scale, places)
        ),
        first=date(2014, dice.randint(1, 12), 28),
    )
    shown = [point for point in shown if dice.random() < 0.8] or shown[:1]
    shown += [Point(date(2026, 11, 3), Decimal(dice.randint(0, scale)))]
    aim = target(str(dice.randint(0, 2 * scale)), dice.choice([None, "2020-06-30", "2031-03-31"]))
    return Series(
        "Anything",
        dice.choice([Unit.MONEY, Unit.PERCENT, Unit.PEOPLE, Unit.PLAIN]),
        shown,
        dice.choice([None, aim]),
        holds=dice.random() < 0.5,
    )


RANDOM = [random_series(seed) for seed in range(30)]


# What is said


@EACH_DRAWN
def test_every_value_and_every_gap_is_in_the_description_and_in_the_table(drawn):
    figure = rendered(drawn)
    description = figure.find(".//desc").text
    rows = [words(row) for row in figure.findall(".//tbody/tr")]
    assert len(rows) == len(drawn.points)
    days = [point.on for point in drawn.newest_first]
    assert days == sorted(days, reverse=True)
    for row, point in zip(rows, drawn.newest_first, strict=True):
        day = f"{point.on.day} {point.on:%B %Y}"
        if point.value is None:
            assert row.startswith(f"{day} Not published")
            assert f"{day}: not published" in description
        else:
            assert row.startswith(f"{day} {drawn.short(point.value)}")
            assert f"{day}: {drawn.in_text(point.value)}" in description
    if drawn.target:
        assert f"The target is {drawn.in_text(drawn.target.value)}" in description
        assert drawn.short(drawn.target.value) in words(figure.find(".//tfoot"))


@pytest.mark.parametrize(
    ("day", "when"),
    [
        (date(2028, 3, 31), "March 2028"),  # often no more than the month is known
        (date(2028, 3, 30), "30 March 2028"),
        (date(9999, 12, 31), "December 9999"),
    ],
)
def test_the_date_of_a_target_is_said_alike_in_words_and_in_the_table(day, when):
    drawn = replace(DESIGN, target=Target(day, Decimal(120)))
    assert drawn.description.endswith(f"The target is 120 by {when}.")
    assert words(rendered(drawn).find(".//tfoot/tr/th")) == f"Target, {when}"


def test_the_picture_has_a_name_with_its_time_and_a_description():
    svg = picture(DESIGN)
    name, description = svg.find("title"), svg.find("desc")
    assert svg.get("aria-labelledby") == name.get("id")
    assert svg.get("aria-describedby") == description.get("id")
    assert name.text == (
        "Charging points in use, counted at the end of each quarter, March 2025 to September 2026"
    )
    assert description.text == (
        "31 March 2025: 4; 30 June 2025: 9; 30 September 2025: 21; 31 December 2025: 30; "
        "31 March 2026: not published; 30 June 2026: not published; 30 September 2026: 58. "
        "The target is 120 by March 2028."
    )


def test_the_table_has_a_caption_scopes_evidence_and_notes():
    table = rendered(DESIGN).find(".//table")
    assert words(table.find("caption")) == f"The same numbers: {DESIGN.title}"
    heads = table.findall("thead/tr/th")
    assert [words(head) for head in heads] == ["Date", "Figure", "Source"]
    assert {head.get("scope") for head in heads} == {"col"}
    assert {head.get("scope") for head in table.findall("tbody/tr/th")} == {"row"}
    first, second, *_ = table.findall("tbody/tr")
    assert first.find(".//a").get("href") == "#evidence"
    assert words(first.find(".//a")) == "Report 4 of 30 September 2026"
    assert words(second) == "30 June 2026 Not published Count was late"
    noted = Series("Noted", Unit.PLAIN, [Point(date(2026, 5, 1), Decimal(3), "A first count")])
    assert words(rendered(noted).findall(".//th")[2]) == "Note"
    plain = rendered(series(("2026-05-01", "3"))).find(".//table")
    assert [words(head) for head in plain.findall("thead/tr/th")] == ["Date", "Figure"]


def test_numbers_are_exact_to_the_penny():
    shown = series(("2026-05-01", "1140000000.07"), unit=Unit.MONEY)
    assert "£1,140,000,000.07" in words(rendered(shown).find(".//tbody"))
    assert "£1,140,000,000.07" in picture(shown).find("desc").text


@pytest.mark.parametrize("shown", WITHOUT_A_FIGURE.values(), ids=WITHOUT_A_FIGURE)
def test_without_a_figure_nothing_is_drawn_and_it_says_so(shown):
    figure = rendered(shown)
    assert figure.find(".//svg") is None
    assert "No figure published yet" in words(figure)
    assert words(figure).count("Not published") == len(shown.points)
    assert (figure.find(".//table") is None) == (not shown.points)


def test_the_key_names_what_is_there_and_is_not_read_out():
    key = rendered(DESIGN).find(".//ul")
    assert key.get("aria-hidden") == "true"
    assert [words(each) for each in key] == ["Measured", "Target", "No figure published"]
    alone = rendered(series(("2026-05-01", "3"))).find(".//ul")
    assert [words(each) for each in alone] == ["Measured"]


def test_the_same_numbers_as_a_file_are_offered_where_there_is_one():
    link = rendered(DESIGN, tag="{% chart series csv='/c.csv' csv_size=2048 %}").find(".//p/a")
    assert link.get("href") == "/c.csv"
    assert words(link) == "Download these numbers (CSV, 2.0 KB)"
    assert not rendered(DESIGN).findall(".//p/a")


def test_what_people_typed_is_text_and_nothing_else():
    bad = "<script>alert(1)</script> & \"more\" 'yet'"
    shown = Series(bad, Unit.PLAIN, [Point(date(2026, 5, 1), Decimal(3), bad, bad)], noun=bad)
    figure = rendered(shown, tag="{% chart series %}{% progress series %}")
    assert not list(figure.iter("script"))
    assert bad in figure.find(".//svg[@role='img']/title").text
    assert words(figure.find(".//tbody")).count(bad) == 2


def test_several_charts_and_bars_stand_on_one_page():
    tag = "{% chart series %}{% progress series %}"
    page = rendered(*DRAWN.values(), *WITHOUT_A_FIGURE.values(), tag=tag)
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    for each in page.iter():
        wanted = " ".join(
            each.get(name, "") for name in ("aria-labelledby", "aria-describedby", "for")
        )
        assert set(wanted.split()) <= set(ids)
        fill = each.get("fill", "none")
        assert fill == "none" or fill.removeprefix("url(#").removesuffix(")") in ids
        assert "style" not in each.attrib
        assert not any(name.startswith("on") for name in each.attrib)
        assert "stroke" not in each.attrib, "colours are the stylesheet's"
    assert ElementTree.tostring(rendered(DESIGN)) == ElementTree.tostring(rendered(DESIGN))


# Where it is drawn


@EACH_DRAWN
def test_everything_is_inside_the_picture_and_in_order(drawn):
    svg = picture(drawn)
    assert "viewBox" not in svg.attrib
    dots = dots_of(drawn)
    assert dots, "each has a value"
    assert [x for x, _ in dots] == sorted(x for x, _ in dots)
    for element in svg.iter():
        for name in ("x", "x1", "x2", "cx"):
            if element.get(name, "").endswith("%"):
                assert 0 <= place(element, name) <= 100
        for name in ("y1", "y2", "cy"):
            if element.get(name, "").endswith("em"):
                assert TOP <= place(element, name) <= FLOOR + 0.401
    bands = with_class(svg, "c-band")
    assert bool(bands) == drawn.has_gaps
    for band in bands:
        assert 0 <= place(band, "x") <= place(band, "x") + place(band, "width") <= 100.01


@pytest.mark.parametrize("drawn", [*DRAWN.values(), *RANDOM])
def test_a_higher_value_is_higher_and_a_later_date_further_right(drawn):
    drawing = Drawing(drawn)
    for before, after in combinations(drawn.published, 2):
        (x1, y1), (x2, y2) = drawing.place_of(before), drawing.place_of(after)
        assert (x1 < x2) == (before.on < after.on)
        assert (y1 > y2) == (before.value < after.value)
        assert 0 <= x1 <= x2 <= 100
    heights = [drawing.place_of(point)[1] for point in drawn.published]
    assert min(heights) >= TOP - 0.001
    assert max(heights) <= FLOOR + 0.001


def test_places_are_in_proportion_to_days_and_values():
    drawn = series(("2026-01-01", "0"), ("2026-01-26", "25"), ("2026-04-11", "100"))
    assert dots_of(drawn) == [
        (0, FLOOR),
        (25, pytest.approx(FLOOR - (FLOOR - TOP) / 4, abs=0.01)),
        (100, TOP),
    ]


def test_counts_are_steps_and_rates_are_straight_lines():
    counted = series(("2026-01-01", "0"), ("2026-01-26", "25"), ("2026-04-11", "100"))
    assert steps_of(counted) == [
        (0, FLOOR, 25, FLOOR),
        (25, FLOOR, 25, 14.95),
        (25, 14.95, 100, 14.95),
        (100, 14.95, 100, TOP),
    ]
    rate = Series(counted.title, Unit.PERCENT, counted.points, holds=False)
    assert steps_of(rate) == [(0, FLOOR, 25, 14.95), (25, 14.95, 100, TOP)]


@pytest.mark.parametrize("drawn", [*DRAWN.values(), *RANDOM])
def test_a_gap_is_never_bridged(drawn):
    drawing = Drawing(drawn)
    bands = [(band.x, band.x + band.width) for band in drawing.bands]
    for missing in (point for point in drawn.points if point.value is None):
        x = drawing.dates.x(missing.on)
        assert not [line for line in drawing.lines if line.x1 < x < line.x2]
        assert any(start - 0.001 <= x <= end + 0.001 for start, end in bands)


def test_a_gap_is_hatched_from_the_last_figure_to_the_next():
    svg, dots = picture(DESIGN), dots_of(DESIGN)
    (band,) = with_class(svg, "c-band")
    assert place(band, "x") == dots[3][0]
    assert place(band, "x") + place(band, "width") == pytest.approx(dots[4][0], abs=0.011)
    assert band.get("fill") == f"url(#{svg.find('.//pattern').get('id')})"
    assert "No figure" in [words(text) for text in svg.iter("text")]
    assert len(steps_of(DESIGN)) == 6, "two for each of three steps, none over the gap"


def test_a_figure_between_two_gaps_is_a_dot():
    assert len(dots_of(DRAWN["every second one a gap"])) == 6
    assert steps_of(DRAWN["every second one a gap"]) == []
    many = months(40, lambda n: None if 30 < n < 38 and n != 34 else Decimal(n))
    assert len(dots_of(Series("Many", Unit.PLAIN, many))) == 3, "first, last, and alone"


def test_the_target_is_a_dashed_line_at_its_value_with_a_diamond_on_its_date():
    svg = picture(DRAWN["target before the last point"])
    (line,) = with_class(svg, "c-target")
    assert (line.get("x1"), line.get("x2")) == ("0", "100%")
    assert place(line, "y1") == place(line, "y2") == TOP
    diamond = svg.find("svg")
    assert place(diamond, "y") == TOP
    days = (date(2026, 3, 31) - date(2025, 3, 31)) / (date(2026, 9, 30) - date(2025, 3, 31))
    assert place(diamond, "x") == pytest.approx(100 * days, abs=0.01)
    assert picture(DRAWN["target without a date"]).find("svg") is None
    assert not with_class(picture(DRAWN["one point"]), "c-target")


def test_a_target_below_or_above_all_values_is_in_the_picture():
    below = Drawing(DRAWN["target below the first value"])
    assert below.dots[0].y < below.dots[-1].y < below.target_y < FLOOR
    passed = Drawing(DRAWN["more than the target"])
    assert passed.dots[-1].y < passed.target_y < passed.dots[0].y


@pytest.mark.parametrize("name", ["design", "ten years of months", "billions", "all equal rate"])
def test_the_lowest_line_is_nought(name):
    drawing = Drawing(DRAWN[name])
    assert drawing.values.lines[0] == 0
    assert drawing.base == FLOOR
    assert not drawing.starts_higher


def test_counts_far_from_nought_still_start_there():
    drawn = series(("2025-06-30", "2204000"), ("2026-06-30", "2211000"), unit=Unit.PEOPLE)
    assert Drawing(drawn).values.lines[0] == 0


@pytest.mark.parametrize(
    ("name", "lowest"),
    [("far from nought", "70%"), ("ten years of a rate", "70%"), ("years", "2045")],
)
def test_a_scale_that_does_not_start_at_nought_says_so(name, lowest):
    assert f"The scale starts at {lowest}, not at nought." in words(rendered(DRAWN[name]))


def test_nought_stays_where_it_belongs_when_values_are_below_it():
    drawing = Drawing(DRAWN["below nought"])
    assert drawing.dots[0].y > drawing.dots[1].y > drawing.base > drawing.dots[2].y
    assert drawing.base < FLOOR
    assert Drawing(DRAWN["all below nought"]).base == pytest.approx(TOP)


@pytest.mark.parametrize("drawn", [*DRAWN.values(), *RANDOM])
def test_the_pale_lines_are_few_and_round(drawn):
    lines = Drawing(drawn).values.lines
    assert 1 <= len(lines) <= 6
    for before, after in pairwise(lines):
        assert after > before
    for line in lines:
        assert len(line.normalize().as_tuple().digits) <= 4, "round numbers"


# Its words


@pytest.mark.parametrize("drawn", [*DRAWN.values(), *RANDOM])
def test_no_words_touch_others_or_leave_the_picture_at_any_width(drawn):
    drawing = Drawing(drawn)
    labels, gutter = labels_of(drawing), GUTTERS[drawing.gutter]
    for number, width in enumerate(WIDTHS):
        inside = width - gutter - RIGHT
        shown = [each for each in labels if each.since <= number < each.until]
        assert shown or number < 2, "text at 200 per cent leaves room for little"
        for label in shown:
            left, right = label.box.edges(inside)
            assert -gutter <= left < right <= inside + RIGHT
        for one, other in combinations(shown, 2):
            assert not one.box.meets(other.box, inside), (width, one.text, other.text)


@pytest.mark.parametrize("number", [11, 12, 13, 120])
def test_above_twelve_values_only_first_last_highest_and_lowest_are_labelled(number):
    values = [Decimal((n * 7) % 97 + 1) for n in range(number)]
    drawn = Series("Many", Unit.PLAIN, months(number, values.__getitem__))
    texts = {label.text for label in labels_of(Drawing(drawn)) if label.kind == "val"}
    wanted = values if number <= 12 else [values[0], values[-1], max(values), min(values)]
    assert texts == {str(value) for value in wanted}
    assert len(dots_of(drawn)) == len(set(wanted))


@EACH_DRAWN
def test_the_latest_value_is_always_labelled_on_a_phone(drawn):
    number = WIDTHS.index(19)
    latest = drawn.short(drawn.published[-1].value)
    labels = [each.text for each in labels_of(Drawing(drawn)) if each.since <= number < each.until]
    assert latest in labels


def test_the_target_is_said_in_as_many_words_as_there_is_room_for():
    said = [label for label in labels_of(Drawing(DESIGN)) if label.text.startswith("Target")]
    assert [label.text for label in said] == ["Target", "Target: 120", "Target: 120 by March 2028"]
    assert [(label.since, label.until) for label in said] == [(0, 1), (1, 2), (2, 5)]
    on_a_day = Drawing(series(("2026-05-01", "3"), target=target("9", "2027-03-17")))
    assert "Target: 9 by 17 March 2027" in [label.text for label in labels_of(on_a_day)]


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("neighbouring days", {"1 May 2026", "2 May 2026"}),
        ("one point", {"30 Sep 2026"}),
        ("one point and a target", {"Sep 2026", "2027", "Jul 2027"}),
        ("all nought", {"2020", "2021", "2022", "2023"}),
    ],
)
def test_the_days_below_tell_when(name, below):
    labels = labels_of(Drawing(DRAWN[name]))
    assert {label.text for label in labels if label.y > FLOOR} == below


def test_the_stylesheet_knows_the_same_widths_and_gutters():
    css = STYLESHEET.read_text()
    for number, gutter in enumerate(GUTTERS):
        assert f".c-gutter-{number} {{ padding-inline-start: {gutter:g}em; }}" in css
    for number, width in list(enumerate(WIDTHS))[1:]:
        assert f"(width < {width}em) {{ .c-from-{number} {{ display: none; }} }}" in css
        assert f"(width >= {width}em) {{ .c-until-{number} {{ display: none; }} }}" in css
    assert not re.search(rf"c-(from|until)-{len(WIDTHS)}", css)
    assert f"padding-inline-end: {RIGHT:g}em".replace("0.", ".") in css
