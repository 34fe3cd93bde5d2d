"""Signed tokens for forms on cached pages. They hold what the form is about and the day.

All visitors who read a page from a cache share its token: it only stops robots that have not
fetched the page recently.
"""

from datetime import date, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone

VALID_DAYS = 7

_signer = Signer(salt="emca_site.feedback")


def token_for(subject: str | int) -> str:
    return _signer.sign(f"{subject}:{timezone.localdate():%Y%m%d}")


def subject_of(token: str) -> str | None:
    """Return what a valid token is about, however old it is; None for anything else."""
    parts = _parts(token)
    return parts[0] if parts else None


def is_fresh(token: str) -> bool:
    parts = _parts(token)
    if not parts:
        return False
    age = timezone.localdate() - date.fromisoformat(parts[1])
    return timedelta(0) <= age <= timedelta(days=VALID_DAYS)


def _parts(token: str) -> tuple[str, str] | None:
    try:
        subject, _, day = _signer.unsign(token).rpartition(":")
    except BadSignature:
        return None
    return subject, day
