"""How a number is written: once for running text, once for bands and tables."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models

LARGE = (
    (Decimal(10) ** 9, "billion", "bn"),
    (Decimal(10) ** 6, "million", "m"),
)


class Unit(models.TextChoices):
    MONEY = "money", "Money, in pounds"
    HOMES = "homes", "Homes"
    PEOPLE = "people", "People"
    PERCENT = "percent", "Per cent"
    YEAR = "year", "A year, such as 2050"
    PLAIN = "plain", "A plain number"


@dataclass(frozen=True)
class Written:
    """A number in words for running text ("£16.8 million") and short for a band ("£16.8m")."""

    in_text: str
    short: str


def written(value: Decimal, unit: str) -> Written:
    """Write an exact number in full: nothing is rounded, and no trailing nought is shown."""
    if unit == Unit.YEAR:
        return Written(*[f"{value:f}".split(".")[0]] * 2)
    if unit == Unit.PERCENT:
        return Written(*[f"{_plain(value)}%"] * 2)
    sign = "-" if value < 0 else ""
    pounds = "£" if unit == Unit.MONEY else ""
    size = abs(value)
    for scale, word, letter in LARGE:
        if size >= scale and (size / scale * 1000) % 1 == 0:  # at most three decimals, exactly
            number = f"{sign}{pounds}{_plain(size / scale)}"
            return Written(f"{number} {word}", f"{number}{letter}")
    return Written(*[f"{sign}{pounds}{_plain(size)}"] * 2)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
