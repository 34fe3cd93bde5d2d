"""The two hours a year at which a time on the clock is no moment, or is two."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from emca_site.publishing.uk_time.times import clock

MINUTE = timedelta(minutes=1)


def is_one_moment(naive: datetime) -> bool:
    """Whether clocks in the UK show this time once that day: neither never nor twice."""
    return len({_offset(naive, fold) for fold in (0, 1)}) == 1


def is_skipped(naive: datetime) -> bool:
    """Whether clocks never show it. Of a time that comes twice the first is earlier in UTC."""
    return _offset(naive, 0) < _offset(naive, 1)


def _offset(naive: datetime, fold: int) -> timedelta:
    return timezone.get_default_timezone().utcoffset(naive.replace(fold=fold))


def nearest(naive: datetime) -> tuple[datetime, datetime]:
    """The last minute before and the first after that clocks show once."""
    before = after = naive.replace(second=0, microsecond=0)
    while not is_one_moment(before):
        before -= MINUTE
    while not is_one_moment(after):
        after += MINUTE
    return before, after


def why_no_moment(naive: datetime) -> str:
    """What is wrong with a time that is no moment or two, and what to type instead."""
    before, after = nearest(naive)
    day = date_format(naive, "l j F Y")
    if is_skipped(naive):
        what = f"On {day} the clocks go forward, so there is no {clock(naive)}."
    else:
        what = f"On {day} the clocks go back, so {clock(naive)} comes twice."
    return f"{what} The nearest times to choose are {clock(before)} and {clock(after)}."
