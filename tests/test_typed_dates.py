"""Dates as people write them: one meaning or an error that says how to write it, never a guess."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import typed_dates

DAY = date(2026, 12, 2)


def told(field: forms.Field, text: str) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(text)
    (message,) = refused.value.messages
    return message


@pytest.mark.parametrize("text", typed_dates.DAYS)
def test_a_day_is_read(text):
    assert forms.DateField().clean(text) == DAY


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (typed_dates.NINE, time(9)),
        (typed_dates.HALF_PAST_TWO, time(14, 30)),
        (typed_dates.NOON, time(12)),
        (typed_dates.MIDNIGHT, time(0)),
    ],
)
def test_a_time_is_read_alone_and_with_a_day(texts, expected):
    moment = timezone.make_aware(datetime.combine(DAY, expected))
    for text in texts:
        assert forms.TimeField().clean(text) == expected, text
        assert forms.DateTimeField().clean(f"Wednesday 2 December 2026, {text}") == moment, text
        assert forms.DateTimeField().clean(f"{text} on 2/12/26") == moment, text


@pytest.mark.parametrize("text", typed_dates.MOMENTS)
def test_a_moment_is_read_in_uk_time(text):
    assert forms.DateTimeField().clean(text) == datetime(2026, 12, 2, 9, tzinfo=UTC)
    summer = text.replace("2026-12-02", "2026-07-02").replace("December", "July")
    if "July" in summer and "ednesday" not in summer:
        assert forms.DateTimeField().clean(summer) == datetime(2026, 7, 2, 8, tzinfo=UTC)


def test_an_offset_is_heeded_and_not_read_as_uk_time():
    for text in ("2026-12-02T10:00:00+01:00", "2026-12-02T09:00Z"):
        assert forms.DateTimeField().clean(text) == datetime(2026, 12, 2, 9, tzinfo=UTC)


def test_a_day_of_two_figures_goes_with_every_day_and_time():
    """Every day spelling with every time spelling, both ways round, is the same moment."""
    field, moment = forms.DateTimeField(), datetime(2026, 12, 2, 9, tzinfo=UTC)
    for day in typed_dates.DAYS:
        for clock in typed_dates.NINE:
            for text in (f"{day} {clock}", f"{clock} {day}", f"{day} at {clock}"):
                assert field.clean(text) == moment, text


def test_the_table_has_two_hundred_spellings():
    tables = [value for name, value in vars(typed_dates).items() if name.isupper()]
    assert len({text for table in tables for text in table}) >= 200


@pytest.mark.parametrize("text", typed_dates.NO_DAYS, ids=lambda text: text[:30])
def test_what_is_no_day_is_an_error_that_says_how_to_write_it(text):
    message = told(forms.DateField(), text)
    assert typed_dates.NO_DAYS[text] in message
    assert "20 November 2026" in message or "Is the year right?" in message
    assert len(message) < 250


@pytest.mark.parametrize("text", typed_dates.NO_MOMENTS)
def test_what_is_no_moment_is_an_error_that_says_how_to_write_it(text):
    assert typed_dates.NO_MOMENTS[text] in told(forms.DateTimeField(), text)


@pytest.mark.parametrize("text", typed_dates.NO_TIMES)
def test_what_is_no_time_is_an_error_that_says_how_to_write_it(text):
    assert typed_dates.NO_TIMES[text] in told(forms.TimeField(), text)


@pytest.mark.parametrize("field", [forms.DateField, forms.DateTimeField, forms.TimeField])
def test_spaces_alone_are_an_empty_field(field):
    for text in ("", "  ", "\t", "\u00a0"):
        assert field(required=False).clean(text) is None
        assert told(field(), text) == "This field is required."
