"""What a figure is: its number, how it is written, what is no figure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from emca_site.figures.models import Figure
from emca_site.numbers.formatting import Unit, why_no_fit, written
from emca_site.publishing.checks import gate
from tests import builders


@pytest.mark.parametrize(
    ("value", "unit", "in_text", "short"),
    [
        ("16800000", Unit.MONEY, "£16.8 million", "£16.8m"),
        ("1140000000", Unit.MONEY, "£1.14 billion", "£1.14bn"),
        ("9000000.000", Unit.MONEY, "£9 million", "£9m"),
        ("1400", Unit.HOMES, "1,400", "1,400"),
        ("60000", Unit.PLAIN, "60,000", "60,000"),
        ("2200000", Unit.PEOPLE, "2.2 million", "2.2m"),
        ("181040", Unit.PLAIN, "181,040", "181,040"),
        ("1234567", Unit.MONEY, "£1,234,567", "£1,234,567"),
        ("1000000", Unit.MONEY, "£1 million", "£1m"),
        ("999999", Unit.MONEY, "£999,999", "£999,999"),
        ("2.50", Unit.MONEY, "£2.50", "£2.50"),
        ("2.00", Unit.MONEY, "£2", "£2"),
        ("1234.5", Unit.MONEY, "£1,234.50", "£1,234.50"),
        ("-3000000", Unit.MONEY, "−£3 million", "−£3m"),  # noqa: RUF001 (a minus sign)
        ("27.6", Unit.PERCENT, "27.6%", "27.6%"),
        ("30", Unit.PERCENT, "30%", "30%"),
        ("2050.000", Unit.YEAR, "2050", "2050"),
        ("0", Unit.PLAIN, "0", "0"),
    ],
)
def test_a_number_is_written_exactly_in_words_and_short(value, unit, in_text, short):
    assert written(Decimal(value), unit).in_text == in_text
    assert written(Decimal(value), unit).short == short


def test_a_figure_keeps_its_value_exactly(db):
    builders.add_figure(value=Decimal("16800000.125"))
    assert Figure.objects.get().value == Decimal("16800000.125")


@pytest.mark.parametrize("field", ["unit", "qualifier", "confidence"])
def test_the_database_refuses_a_word_it_does_not_know(db, field):
    with pytest.raises(IntegrityError):
        builders.add_figure(**{field: "bananas"})


def test_two_figures_cannot_share_an_address(db):
    builders.add_figure()
    with pytest.raises(ValidationError, match="Short name"):
        Figure(key="brownfield", label="x", value=1, source_name="y").full_clean()


def test_a_figure_is_drawn_with_its_qualifier_date_and_source(client, home):
    figure = builders.add_figure(qualifier="up to", as_at_text="September 2025")
    home.key_figures = [("figure", figure)]
    home.save()
    page = client.get("/").content.decode()
    assert (
        '<small>Up to </small><span aria-hidden="true">£16.8m</span>'
        '<span class="vh">£16.8 million</span>'
    ) in page
    assert "As at: September 2025." in page
    assert (
        '<a href="/figures/#brownfield">Source'
        '<span class="vh"> of £16.8 million to make land ready for homes</span></a>'
    ) in page


def test_a_short_number_that_is_read_as_it_stands_is_written_once(client, home):
    home.key_figures = [("figure", builders.add_figure(value=1400, unit="homes"))]
    home.save()
    assert '<span class="figure__n">1,400</span>' in client.get("/").text


@pytest.mark.parametrize(
    ("value", "unit", "spoken"),
    [
        ("16800000", Unit.MONEY, "£16.8 million"),
        ("-3000000", Unit.MONEY, "minus £3 million"),
        ("-2.5", Unit.PLAIN, "minus 2.5"),
        ("27.6", Unit.PERCENT, "27.6%"),
    ],
)
def test_a_number_is_right_in_speech(value, unit, spoken):
    assert written(Decimal(value), unit).spoken == spoken


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("2050.5", Unit.YEAR),
        ("1899", Unit.YEAR),
        ("2200", Unit.YEAR),
        ("-1", Unit.PERCENT),
        ("100.1", Unit.PERCENT),
        ("12.5", Unit.HOMES),
        ("-1", Unit.HOMES),
        ("0.5", Unit.PEOPLE),
        ("-2", Unit.PEOPLE),
        ("1.005", Unit.MONEY),
    ],
)
def test_a_number_that_does_not_fit_its_unit_is_refused_by_the_field(db, value, unit):
    assert why_no_fit(Decimal(value), unit)
    figure = builders.add_figure()
    figure.value, figure.unit = Decimal(value), unit
    with pytest.raises(ValidationError) as refused:
        figure.full_clean()
    assert list(refused.value.message_dict) == ["value"]


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("2050", Unit.YEAR),
        ("0", Unit.PERCENT),
        ("100", Unit.PERCENT),
        ("0", Unit.HOMES),
        ("1.25", Unit.MONEY),
        ("-9000000", Unit.MONEY),
        ("-0.125", Unit.PLAIN),
    ],
)
def test_a_number_that_fits_its_unit_is_taken(value, unit):
    assert not why_no_fit(Decimal(value), unit)


def test_it_cannot_be_true_as_of_a_day_to_come(db):
    figure = builders.add_figure(as_at=timezone.localdate() + timedelta(days=1))
    with pytest.raises(ValidationError, match="has not come yet"):
        figure.full_clean()
    figure.as_at = timezone.localdate()
    figure.full_clean()


def test_it_is_true_as_of_a_day_or_of_words(db):
    figure = builders.add_figure(as_at=date(2026, 1, 1), as_at_text="January 2026")
    with pytest.raises(ValidationError) as refused:
        figure.full_clean()
    assert list(refused.value.message_dict) == ["as_at_text"]


def test_a_source_with_a_link_needs_a_name(db):
    figure = builders.add_figure(source_name="")
    with pytest.raises(ValidationError) as refused:
        figure.full_clean()
    assert list(refused.value.message_dict) == ["source_name"]


def test_a_published_figure_keeps_its_short_name(db):
    figure = builders.add_figure(first_published_at=timezone.now())
    figure.key = "another"
    with pytest.raises(ValidationError, match="published under another short name"):
        figure.full_clean()
    draft = builders.add_figure(key="draft", live=False)
    draft.key = "still-a-draft"
    draft.full_clean()


def test_where_sources_differ_the_gate_asks_how(db):
    figure = builders.add_figure(confidence="sources-differ")
    assert [finding.field for finding in gate.refusals(gate.find(figure))] == ["doubt"]
    figure.doubt = "One report says six years, another seven."
    assert not gate.refusals(gate.find(figure))


def test_one_that_nobody_reviewed_in_time_says_so_where_it_stands(client, home):
    figure = builders.add_figure(as_at=date(2024, 5, 2), review_by=date(2026, 4, 30))
    home.key_figures = [("figure", figure)]
    home.save()
    page = client.get("/").text
    assert 'As at: <time datetime="2024-05-02">2 May 2024</time>, due to be checked again' in page
    assert '<time datetime="2026-04-30">30 April 2026</time>' in page


def test_a_live_figure_says_how_sure_it_is(db):
    with pytest.raises(IntegrityError):
        builders.add_figure(confidence="")


def test_one_change_of_a_figure_is_on_every_page_in_the_next_answer(client, home):
    figure = builders.add_figure()
    home.key_figures = [("figure", figure)]
    home.save()
    builders.add_standard_page(
        home, slug="money", body=[("figures", {"heading": "", "figures": [figure]})]
    )
    Figure.objects.update(value=Decimal("9000000"))
    for address in ("/", "/money/"):
        assert "£9m" in client.get(address).content.decode()
