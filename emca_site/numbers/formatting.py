"""Formats a number for running text, for bands and tables, and for speech.

All formatting is here, and so is the check that a value fits its unit.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from emca_site.publishing.uk_time.typed_dates import FIRST_YEAR, LAST_YEAR

LARGE = (
    (Decimal(10) ** 9, "billion", "bn"),
    (Decimal(10) ** 6, "million", "m"),
)
MINUS = "\N{MINUS SIGN}"  # screen readers read a hyphen as a dash, or not at all


class Unit(models.TextChoices):
    MONEY = "money", "Money, in pounds"
    HOMES = "homes", "Homes"
    PEOPLE = "people", "People"
    PERCENT = "percent", "Per cent"
    YEAR = "year", "A year, such as 2050"
    PLAIN = "plain", "A plain number"


@dataclass(frozen=True)
class Written:
    """A number for running text, for a band, and as a screen reader should read it aloud."""

    in_text: str  # £16.8 million
    short: str  # £16.8m
    spoken: str  # in the short form “m” is read as a letter, or as metres


def written(value: Decimal, unit: str) -> Written:
    """Format an exact number: it is never rounded, and has no trailing zeros."""
    if unit == Unit.YEAR:
        return _same(digits(value, grouped=False))
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if unit == Unit.PERCENT:
        return _same(f"{sign}{digits(size)}%")
    pounds = "£" if unit == Unit.MONEY else ""
    for scale, word, letter in LARGE:
        if size >= scale and (size / scale * 1000) % 1 == 0:  # at most three decimals, exactly
            number = f"{sign}{pounds}{digits(size / scale)}"
            return _aloud(f"{number} {word}", f"{number}{letter}")
    number = _pence(size) if pounds else digits(size)
    return _same(f"{sign}{pounds}{number}")


def why_no_fit(value: Decimal, unit: str) -> str:
    """Return why a number does not fit a unit, in words for the editor; empty if it does."""
    is_whole = value % 1 == 0
    match unit:
        case Unit.YEAR if not (is_whole and FIRST_YEAR <= value <= LAST_YEAR):
            return f"A year is a whole number from {FIRST_YEAR} to {LAST_YEAR}, such as 2050."
        case Unit.PERCENT if not 0 <= value <= 100:
            return "Per cent is a share of something: a number from 0 to 100."
        case Unit.HOMES | Unit.PEOPLE if not is_whole or value < 0:
            kind = "Homes" if unit == Unit.HOMES else "People"
            return f"{kind} are counted: a whole number, 0 or more."
        case Unit.MONEY if value * 100 % 1:
            return "Money has no more than pence: two digits after the point."
    return ""


def _same(text: str) -> Written:
    return _aloud(text, text)


def _aloud(in_text: str, short: str) -> Written:
    return Written(in_text, short, in_text.replace(MINUS, "minus "))


def _pence(value: Decimal) -> str:
    return digits(value) if value % 1 == 0 else f"{value:,.2f}"


def digits(value: Decimal, *, grouped: bool = True) -> str:
    """Return the number with all its significant digits: 16,800,000 or 27.6."""
    text = f"{value:,f}" if grouped else f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
