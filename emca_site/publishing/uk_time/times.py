"""Moments in the words of people in the United Kingdom."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format


def in_words(moment: datetime) -> str:
    """Tuesday 24 November 2026, 9am. Minutes only where there are some."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l j F Y')}, {clock(local)}"


def clock(local: datetime) -> str:
    """9am, 4:05pm: the time of a moment that is in UK time already."""
    return date_format(local, "g:ia" if local.minute else "ga").replace(".", "")


def time_of_day(moment: datetime) -> str:
    """9am, 4:05pm, in UK time."""
    return clock(timezone.localtime(moment))


def is_scheduled(version) -> bool:
    """Whether a version that is approved now would wait for its time."""
    return bool(version.go_live_at and version.go_live_at > timezone.now())


def is_over(version) -> bool:
    """Whether its end has passed: readers do not see it, live or not."""
    return bool(version.expire_at and version.expire_at <= timezone.now())


def has_missed_its_time(version) -> bool:
    """Whether the time to go live has passed since the thing was last published, if ever.

    What went live at its time keeps that time, and nobody needs to hear of it again.
    """
    at, last = version.go_live_at, version.last_published_at
    return bool(at and at <= timezone.now() and not (last and at <= last))


def day_in_words(moment: datetime) -> str:
    """24 November 2026."""
    return date_format(timezone.localtime(moment), "j F Y")


def monday_of(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def when_it_goes_live(version) -> str:
    """One sentence: when a version that is approved now will be public."""
    if is_over(version):
        return f"Its end has passed: {in_words(version.expire_at)}, UK time. Readers do not see it."
    if is_scheduled(version):
        return f"It goes live on {in_words(version.go_live_at)}, UK time."
    if has_missed_its_time(version):
        return (
            f"This date has passed: {in_words(version.go_live_at)}, UK time. It goes live as soon "
            "as it is approved."
        )
    return "It goes live as soon as it is approved."


def when_if_approved(version) -> str:
    """Say when it goes live if it is approved in time, for readers of a mail about a submission."""
    if is_scheduled(version):
        at = in_words(version.go_live_at)
        return f"If it is approved before then, it goes live on {at}, UK time."
    return when_it_goes_live(version)


def what_submitting_does(version) -> str:
    """The end of “Submit for approval, …”."""
    if is_scheduled(version):
        return f"to go live on {in_words(version.go_live_at)}"
    return "to go live once approved"


def what_approving_does(version) -> str:
    """The end of “Approve: …”."""
    if is_scheduled(version):
        return f"schedule for {in_words(version.go_live_at)}"
    return "publish now"
