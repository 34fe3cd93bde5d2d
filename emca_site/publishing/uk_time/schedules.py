"""Say what is wrong with the two dates of a schedule, for the desk's forms and for the gate."""

from datetime import datetime, timedelta

from django.utils import timezone

from emca_site.publishing.uk_time.times import in_words

SOON = timedelta(minutes=15)  # a time this close to now may be a slip, so the form asks


def end_before_start(go_live_at: datetime | None, expire_at: datetime | None) -> str:
    """Return a message if the end is not after the start; an empty string if it is."""
    if not (go_live_at and expire_at) or go_live_at < expire_at:
        return ""
    return (
        f"It would end on {in_words(expire_at)}, which is not after it goes live on "
        f"{in_words(go_live_at)}. Choose a later end, or an earlier time to go live."
    )


def end_has_passed(expire_at: datetime | None) -> str:
    """Return a message if the end has passed, so that nobody would see it; empty if it has not."""
    if not expire_at or expire_at > timezone.now():
        return ""
    return (
        f"This has passed: {in_words(expire_at)}. Choose a later time, or empty this field if it "
        "should have no end."
    )


def why_over(go_live_at: datetime | None, expire_at: datetime | None) -> str:
    return end_has_passed(expire_at) or end_before_start(go_live_at, expire_at)


def why_soon(go_live_at: datetime | None) -> str:
    """Return a question if the time to go live is within SOON of now; empty if it is not."""
    now = timezone.now()
    if not go_live_at or abs(go_live_at - now) > SOON:
        return ""
    if go_live_at <= now:
        what = f"{in_words(go_live_at)}, has just passed: it goes live as soon as it is approved."
    else:
        minutes = -((now - go_live_at) // timedelta(minutes=1))  # rounded up
        many = "" if minutes == 1 else "s"
        what = f"{in_words(go_live_at)}, is only {minutes} minute{many} from now."
    return (
        f"Is this meant? {what} If it is, tick “Yes, it should go live then” and save again. If "
        "not, choose another time."
    )
