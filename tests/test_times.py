"""Moments on the desk, in the words of people in the United Kingdom."""

from datetime import UTC, date, datetime

import pytest

from emca_site.core.templatetags.site_tags import uk_time
from emca_site.publishing.uk_time.times import in_words, monday_of


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 24, 9, tzinfo=UTC), "Tuesday 24 November 2026, 9am"),
        (datetime(2026, 11, 24, 16, 5, tzinfo=UTC), "Tuesday 24 November 2026, 4:05pm"),
        (datetime(2026, 7, 1, 8, tzinfo=UTC), "Wednesday 1 July 2026, 9am"),  # summer time
        (datetime(2026, 3, 29, 1, tzinfo=UTC), "Sunday 29 March 2026, 2am"),  # the clocks went on
    ],
)
def test_a_moment_is_said_in_uk_time(moment, words):
    assert in_words(moment) == words


@pytest.mark.parametrize("hour", [0, 9, 12, 23])
@pytest.mark.parametrize("minute", [0, 5])
def test_pages_write_a_time_of_day_as_the_desk_does(hour, minute):
    moment = datetime(2026, 11, 24, hour, minute, tzinfo=UTC)
    on_the_desk = in_words(moment).removeprefix("Tuesday ")
    assert uk_time(moment).endswith(f">{on_the_desk}</time>")


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)])
def test_a_week_begins_on_its_monday(day):
    assert monday_of(day) == date(2026, 11, 23)
