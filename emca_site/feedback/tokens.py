"""What a form on a cached page was made for, and on which day, so that it cannot be made up.

The day is everybody's who reads the page from a cache: it stops only robots that have not
fetched the page lately.
"""

from datetime import date, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone

VALID_DAYS = 7

_signer = Signer(salt="emca_site.feedback")


def token_for(subject: str | int) -> str:
    return _signer.sign(f"{subject}:{timezone.localdate():%Y%m%d}")


def subject_of(token: str) -> str | None:
    """What a token of ours is about, however old; None for anything else."""
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
