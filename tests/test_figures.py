from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from emca_site.figures.formatting import Unit, written
from emca_site.figures.models import Figure
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
        ("2.50", Unit.MONEY, "£2.5", "£2.5"),
        ("-3000000", Unit.MONEY, "-£3 million", "-£3m"),
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


@pytest.mark.parametrize("field", ["unit", "qualifier"])
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
    assert "<small>Up to </small>£16.8m" in page
    assert "As at: September 2025." in page
    assert 'href="https://example.org/plan"' in page
    assert "of £16.8 million to make land ready for homes" in page


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
