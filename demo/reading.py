"""Reads the files of the demonstration."""

from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import yaml
from django.utils import timezone

FOLDER = Path(__file__).resolve().parent
NINE = time(9)


class DemoError(Exception):
    """The demonstration cannot be loaded. Its message is one line with what to do."""


@cache
def content(name: str) -> dict:
    """Return the data of one of the content files. Do not change it, because it is cached."""
    return yaml.safe_load((FOLDER / "content" / f"{name}.yaml").read_text(encoding="utf-8"))


def uk_time(moment: date | str) -> datetime:
    """Return a moment in UK time. A day without a time means nine in the morning."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, NINE)
    return timezone.make_aware(moment, timezone.get_default_timezone())
