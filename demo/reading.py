"""The files of the demonstration, read as they stand."""

from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import yaml
from django.utils import timezone

FOLDER = Path(__file__).resolve().parent
NINE = time(9)


class DemoError(Exception):
    """The demonstration cannot be loaded. Its text is one line that says what to do."""


@cache
def content(name: str) -> dict:
    """Everything in one of the content files. Not to be changed."""
    return yaml.safe_load((FOLDER / "content" / f"{name}.yaml").read_text(encoding="utf-8"))


def uk_time(moment: date | str) -> datetime:
    """A moment in UK time. A day without a time means nine in the morning."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, NINE)
    return timezone.make_aware(moment, timezone.get_default_timezone())
