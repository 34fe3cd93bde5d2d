"""Moments in the words of people in the United Kingdom."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def in_words(moment: datetime) -> str:
    """Tuesday 24 November 2026, 9am. Minutes only where there are some."""
    local = timezone.localtime(moment)
    clock = date_format(local, "g:ia" if local.minute else "ga").replace(".", "")
    return f"{date_format(local, 'l j F Y')}, {clock}"


def day_in_words(moment: datetime) -> str:
    """24 November 2026."""
    return date_format(timezone.localtime(moment), "j F Y")


def when_it_goes_live(thing) -> str:
    """One sentence: when a version that is approved now will be public."""
    if thing.go_live_at and thing.go_live_at > timezone.now():
        return f"It goes live on {in_words(thing.go_live_at)}, UK time."
    return "It goes live at once."
