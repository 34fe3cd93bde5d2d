"""Handle the two hours a year in which a clock time does not exist or comes twice."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from emca_site.publishing.uk_time.times import clock

MINUTE = timedelta(minutes=1)


def is_one_moment(naive: datetime) -> bool:
    """Whether clocks in the UK show this naive time exactly once that day."""
    return len({_offset(naive, fold) for fold in (0, 1)}) == 1


def is_skipped(naive: datetime) -> bool:
    """Whether clocks skip this naive time; false for one that comes twice.

    For a time that comes twice, fold=0 is the earlier moment in UTC.
    """
    return _offset(naive, 0) < _offset(naive, 1)


def _offset(naive: datetime, fold: int) -> timedelta:
    return timezone.get_default_timezone().utcoffset(naive.replace(fold=fold))


def nearest(naive: datetime) -> tuple[datetime, datetime]:
    """Return the nearest minutes before and after that clocks show exactly once."""
    before = after = naive.replace(second=0, microsecond=0)
    while not is_one_moment(before):
        before -= MINUTE
    while not is_one_moment(after):
        after += MINUTE
    return before, after


def why_no_moment(naive: datetime) -> str:
    """Return a message what is wrong with a skipped or repeated time, and what to type instead."""
    before, after = nearest(naive)
    day = date_format(naive, "l j F Y")
    if is_skipped(naive):
        what = f"On {day} the clocks go forward, so there is no {clock(naive)}."
    else:
        what = f"On {day} the clocks go back, so {clock(naive)} comes twice."
    return f"{what} The nearest times to choose are {clock(before)} and {clock(after)}."
