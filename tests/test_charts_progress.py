"""One measurement: words always, a bar where a bar is true."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from emca_site.charts.series import Series
from emca_site.numbers.formatting import MINUS, Unit
from tests.chart_series import series, target


def shown(measured: Series) -> ElementTree.Element:
    html = Template("{% load chart_tags %}{% progress series %}").render(
        Context({"series": measured})
    )
    return ElementTree.fromstring(f"<div>{html}</div>")


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def one(value: str | None, aim: str | None = "100", **more) -> Series:
    return series(("2026-09-30", value), target=aim and target(aim), **{"noun": "stops", **more})


def bar(measured: Series) -> tuple[str, Decimal, Decimal]:
    found = shown(measured).find(".//progress")
    return found.text, Decimal(found.get("value")), Decimal(found.get("max"))


def test_it_says_how_far_it_has_got_in_words_that_name_the_bar():
    page = shown(one("62"))
    label, progress = page.find(".//label"), page.find(".//progress")
    assert label.get("for") == progress.get("id")
    assert words(label) == progress.text == "62 of 100 stops, as at 30 September 2026"
    assert bar(one("62"))[1:] == (62, 100)


def test_numbers_are_written_as_everywhere_and_kept_exactly_in_the_bar():
    said, value, most = bar(one("16800000.07", "1000000000", unit=Unit.MONEY, noun=""))
    assert said == "£16,800,000.07 of £1 billion, as at 30 September 2026"
    assert (value, most) == (Decimal("16800000.07"), 10**9)
    homes = one("310", "1400", unit=Unit.HOMES, noun="")
    assert bar(homes)[0] == "310 of 1,400 homes, as at 30 September 2026"


@pytest.mark.parametrize("measured", [one(None), one("62", None), series(), one(None, None)])
def test_without_a_figure_or_a_target_there_is_nothing(measured):
    page = shown(measured)
    assert len(page) == 0
    assert words(page) == ""


def test_the_latest_figure_counts_and_one_that_is_missing_since_is_said():
    measured = series(
        ("2026-06-30", "62"), ("2026-09-30", None), ("2026-03-31", "40"), target=target("100")
    )
    assert bar(measured)[0] == (
        "62 of 100, as at 30 June 2026. No figure was published for 30 September 2026"
    )


def test_reached_and_passed_are_a_full_bar_and_passed_says_so():
    assert bar(one("100")) == ("100 of 100 stops, as at 30 September 2026", 100, 100)
    said, value, most = bar(one("120"))
    assert said == "120 stops, more than the target of 100, as at 30 September 2026"
    assert value == most == 100


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        (one("0"), "0 of 100 stops"),
        (one("-3"), f"{MINUS}3 stops, target 100"),
        (one("12", "0"), "12 stops, target 0"),
        (one("0", "0"), "0 stops, target 0"),
        (one("12", "-5"), f"12 stops, target {MINUS}5"),
        (one("0", unit=Unit.PERCENT, noun=""), "0%, target 100%"),
        (one("130", "150", unit=Unit.PERCENT, noun=""), "130%, target 150%"),
        (one("2048", "2045", unit=Unit.YEAR, noun=""), "2048, target 2045"),
        (
            series(("2025-09-30", "90"), ("2026-09-30", "4"), target=target("10")),
            "4, target 10",
        ),
    ],
)
def test_where_a_bar_would_mislead_there_are_words_alone(measured, said):
    page = shown(measured)
    assert page.find(".//progress") is None
    assert words(page) == f"{said}, as at 30 September 2026"


def test_the_bar_of_a_share_is_that_share():
    # It is read out as a percentage, which must be the one in words and not 62 of 80.
    said, value, most = bar(one("62", "80", unit=Unit.PERCENT, noun=""))
    assert said == "62%, target 80%, as at 30 September 2026"
    assert (value, most) == (62, 100)


def test_two_with_the_same_title_and_numbers_are_told_apart_by_a_key():
    tag = "{% progress series key=1 %}{% progress series key=2 %}"
    html = Template("{% load chart_tags %}" + tag).render(Context({"series": one("62")}))
    page = ElementTree.fromstring(f"<div>{html}</div>")
    ids = [each.get("id") for each in page.iter("progress")]
    assert len(set(ids)) == 2
    assert [each.get("for") for each in page.iter("label")] == ids
