"""Moments on the desk, in the words of people in the United Kingdom."""

from datetime import UTC, datetime

import pytest

from emca_site.publishing.uk_time.times import in_words


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
