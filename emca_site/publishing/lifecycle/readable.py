from django.utils import timezone


def is_readable(publishable) -> bool:
    """What `readable_now()` says, of one thing in hand."""
    return publishable.live and not (
        publishable.expire_at and publishable.expire_at <= timezone.now()
    )
