"""Read dates and times as people in the United Kingdom write them, without guessing.

A text has one meaning or none. Whatever does not fit, contradicts itself or could be two moments
raises `ValidationError` with a sentence that says how to write it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST = 60  # characters: every way of writing a moment has fewer

HOW_TO_WRITE = {
    "date": "Write the day, month and year, such as 20 November 2026 or 20/11/2026.",
    "date and time": "Write the day and the time, such as 20 November 2026, 9am or "
    "20/11/2026 09:00.",
    "time": "Write a time such as 9am, 9:30am or 17:00.",
}

MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _numbers(names: list[str], **others: int) -> dict[str, int]:
    """Map names and their first three letters to numbers, counted from 1."""
    numbered = list(enumerate(names, start=1))
    return {n: i for i, n in numbered} | {n[:3]: i for i, n in numbered} | others


MONTH_NUMBERS = _numbers(MONTHS, sept=9)
WEEKDAY_NUMBERS = _numbers(WEEKDAYS, tues=2, weds=3, thur=4, thurs=4)


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_DAY = r"(?P<day>[0-9]{1,2})"
_ORDINAL = r"(?P<ordinal>st|nd|rd|th)?"
_MONTH = r"(?P<month>[0-9]{1,2})"
_MONTH_NAME = rf"(?P<month>{_any_of(MONTH_NUMBERS)})"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_FULL_YEAR = r"(?P<year>[0-9]{4})"
_SEPARATOR = r"(?P<separator>[-/. ])"
_WEEKDAY = rf"(?:(?P<weekday>{_any_of(WEEKDAY_NUMBERS)}) )?"

DAYS = [
    re.compile(_WEEKDAY + pattern)
    for pattern in (
        rf"{_DAY}{_SEPARATOR}{_MONTH}(?P=separator){_YEAR}",
        rf"{_FULL_YEAR}{_SEPARATOR}{_MONTH}(?P=separator){_DAY}",
        rf"(?:the )?{_DAY}{_ORDINAL}(?: of)?[-/. ]?{_MONTH_NAME}[-/. ]?{_YEAR}",
        rf"{_MONTH_NAME} {_DAY}{_ORDINAL} {_FULL_YEAR}",
    )
]

_MINUTE = r"[:.](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
_HOURS = r"(?: ?(?:hrs|hours|h))?"

TIMES = [
    re.compile(pattern)
    for pattern in (
        rf"(?P<hour>[0-9]{{1,2}})(?:{_MINUTE})? ?(?P<half>am|pm|noon|midday|midnight)",
        rf"(?P<hour>[0-9]{{1,2}}){_MINUTE}{_HOURS}",
        rf"(?P<hour>[0-9]{{2}})(?P<minute>[0-9]{{2}}){_HOURS}",
        r"(?P<half>noon|midday|midnight)",
    )
]

# A moment in ISO format, as computers write it: with a T, parts of a second or an offset.
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?")


def read_day(typed: str) -> date:
    """Read a day without a time, such as “20 Nov 2026” or “20/11/26”."""
    text = _tidied(typed)
    if match := _match(DAYS, text):
        return _day_of(match)
    if any(_match(DAYS, day) and _match(TIMES, time) for day, time in _day_and_time(text)):
        raise ValidationError(f"Only the day belongs here. {HOW_TO_WRITE['date']}", code="invalid")
    raise _unreadable(typed, "date")


def read_time(typed: str) -> time:
    """Read a time of day, such as “9.30am”, “17:00” or “noon”."""
    if match := _match(TIMES, _tidied(typed)):
        return _time_of(match)
    raise _unreadable(typed, "time")


def read_moment(typed: str) -> datetime:
    """Read a day and a time, such as “Tuesday 24 November 2026, 9am”, in either order.

    The datetime returned is naive, unless the text has a UTC offset.
    """
    if moment := _iso(typed.strip()):
        return moment
    text = _tidied(typed)
    readings, problems = set(), []
    for day, clock in _day_and_time(text):
        if (day := _match(DAYS, day)) and (clock := _match(TIMES, clock)):
            try:
                readings.add(datetime.combine(_day_of(day), _time_of(clock)))
            except ValidationError as problem:
                problems.append(problem)
    if len(readings) == 1:
        return readings.pop()
    if problems and not readings:
        raise problems[0]
    if match := _match(DAYS, text):
        _day_of(match)
        raise ValidationError(
            f"The time is missing. {HOW_TO_WRITE['date and time']}", code="invalid"
        )
    raise _unreadable(typed, "date and time")


def check_year(year: int) -> None:
    """Raise ValidationError for a year such as 202, which Python and a database would accept."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            f"Is the year right? Give a day in the years {FIRST_YEAR} to {LAST_YEAR}.",
            code="invalid",
        )


def _tidied(typed: str) -> str:
    """Return the text in the one spelling that the patterns match; empty if it is too long."""
    text = "".join(each for each in typed if unicodedata.category(each) != "Cf")
    if len(text) > LONGEST:
        return ""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text.lower())
    text = re.sub(r"\s-\s|[,\s]+", " ", text).strip(" .")
    text = re.sub(r"(?<![a-z])([ap])\.? ?m\b\.?", r"\1m", text)
    text = re.sub(r"(?<=[a-z])\.|\.(?= )", " ", text)  # “Nov.”, and the end of a sentence
    text = re.sub(r" ?/ ?", "/", text)
    text = re.sub(r" ['\u2019](?=[0-9]{2}\b)", " ", text)  # 20 November '26
    return " ".join(text.split()).removesuffix(" uk time")


def _day_and_time(text: str) -> Iterator[tuple[str, str]]:
    """Yield (day, time) for each space to cut the text at; the day may be first or last."""
    for space in re.finditer(" ", text):
        before, after = text[: space.start()], text[space.end() :]
        yield before, after.removeprefix("at ")
        yield after.removeprefix("on "), before.removeprefix("at ")


def _match(patterns: list[re.Pattern], text: str) -> dict[str, str] | None:
    found = (pattern.fullmatch(text) for pattern in patterns)
    return next((match.groupdict() for match in found if match), None)


def _day_of(match: dict[str, str]) -> date:
    number, month = int(match["day"]), match["month"]
    month = MONTH_NUMBERS.get(month) or int(month)
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    check_year(year)
    if month > 12 and 0 < number <= 12:
        raise _impossible(f"There is no month {month}: here the day comes first.")
    if not 0 < month <= 12:
        raise _impossible(f"There is no month {month}.")
    try:
        day = date(year, month, number)
    except ValueError:
        raise _impossible(f"There is no {number} {MONTHS[month - 1].title()} {year}.") from None
    if (ordinal := match.get("ordinal")) and ordinal != date_format(day, "S"):
        raise _impossible(f"“{number}{ordinal}” is not a day.")
    if (weekday := match["weekday"]) and WEEKDAY_NUMBERS[weekday] != day.isoweekday():
        named = WEEKDAYS[WEEKDAY_NUMBERS[weekday] - 1].title()
        raise _impossible(
            f"{date_format(day, 'j F Y')} is a {date_format(day, 'l')}, not a {named}."
        )
    return day


def _time_of(match: dict[str, str]) -> time:
    half = match.get("half")
    hour = int(match.get("hour") or 12)  # “noon” and “midnight” may have no hour
    minute, second = int(match.get("minute") or 0), int(match.get("second") or 0)
    written = f"{hour}:{minute:02}" + (f" {half}" if half else "")
    if half:
        is_named = half not in {"am", "pm"}
        if not 1 <= hour <= 12 or (is_named and (hour, minute, second) != (12, 0, 0)):
            raise _impossible(f"There is no time “{written}”.", "time")
        hour = hour % 12 + (12 if half in {"pm", "noon", "midday"} else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise _impossible(f"There is no time “{written}”.", "time") from None


def _iso(text: str) -> datetime | None:
    if not ISO.fullmatch(text):
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:  # the patterns then find the message that says what is wrong
        return None
    if moment:
        check_year(moment.year)
    return moment


def _impossible(why: str, kind: str = "date") -> ValidationError:
    return ValidationError(f"{why} {HOW_TO_WRITE[kind]}", code="invalid")


def _unreadable(typed: str, kind: str) -> ValidationError:
    shown = typed.strip()
    shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
    return ValidationError(
        f"“{shown}” cannot be read as a {kind}. {HOW_TO_WRITE[kind]}", code="invalid"
    )
