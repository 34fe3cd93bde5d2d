"""What is wrong with the two dates of a schedule, for the forms of the desk and for the gate."""

from datetime import datetime

from django.utils import timezone

from emca_site.publishing.times import in_words


def end_before_start(go_live_at: datetime | None, expire_at: datetime | None) -> str:
    """Why it would be over before it began; empty if it would not."""
    if not (go_live_at and expire_at) or go_live_at < expire_at:
        return ""
    return (
        f"It would end on {in_words(expire_at)}, which is not after it goes live on "
        f"{in_words(go_live_at)}. Choose a later end, or an earlier time to go live."
    )


def end_has_passed(expire_at: datetime | None) -> str:
    """Why nobody would see it; empty if its end is still to come."""
    if not expire_at or expire_at > timezone.now():
        return ""
    return (
        f"This has passed: {in_words(expire_at)}. Choose a later time, or empty this field if it "
        "should have no end."
    )


def why_over(go_live_at: datetime | None, expire_at: datetime | None) -> str:
    return end_has_passed(expire_at) or end_before_start(go_live_at, expire_at)
