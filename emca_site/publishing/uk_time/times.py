"""Write moments in UK time, as people in the United Kingdom write them."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format


def in_words(moment: datetime) -> str:
    """Return a moment such as “Tuesday 24 November 2026, 9am”; minutes only if not zero."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l j F Y')}, {clock(local)}"


def clock(local: datetime) -> str:
    """Return the time, such as “9am” or “4:05pm”, of a moment that is in UK time already."""
    return date_format(local, "g:ia" if local.minute else "ga").replace(".", "")


def time_of_day(moment: datetime) -> str:
    """Return the time of a moment in UK time, such as “9am” or “4:05pm”."""
    return clock(timezone.localtime(moment))


def is_scheduled(version) -> bool:
    """Whether a version that is approved now would wait for its time."""
    return bool(version.go_live_at and version.go_live_at > timezone.now())


def is_over(version) -> bool:
    """Whether the version's end has passed: readers do not see it, whether it is live or not."""
    return bool(version.expire_at and version.expire_at <= timezone.now())


def has_missed_its_time(version) -> bool:
    """Whether the time to go live has passed since the object was last published, if ever.

    An object that went live on time still has that time, which needs no warning.
    """
    at, last = version.go_live_at, version.last_published_at
    return bool(at and at <= timezone.now() and not (last and at <= last))


def day_in_words(moment: datetime) -> str:
    """Return the day of a moment in UK time, such as “24 November 2026”."""
    return date_format(timezone.localtime(moment), "j F Y")


def monday_of(day: date) -> date:
    """Return the Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def when_it_goes_live(version) -> str:
    """Return a sentence that says when a version that is approved now becomes public."""
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
    """Return a sentence, for a mail about a submission: when it goes live if approved in time."""
    if is_scheduled(version):
        at = in_words(version.go_live_at)
        return f"If it is approved before then, it goes live on {at}, UK time."
    return when_it_goes_live(version)


def what_submitting_does(version) -> str:
    """Return the end of the button label “Submit for approval, …”."""
    if is_scheduled(version):
        return f"to go live on {in_words(version.go_live_at)}"
    return "to go live once approved"


def what_approving_does(version) -> str:
    """Return the end of the button label “Approve: …”."""
    if is_scheduled(version):
        return f"schedule for {in_words(version.go_live_at)}"
    return "publish now"
