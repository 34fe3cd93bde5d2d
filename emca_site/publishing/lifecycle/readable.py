from django.utils import timezone


def is_readable(publishable) -> bool:
    """Whether visitors may read this object: `readable_now()` for a single instance."""
    return publishable.live and not (
        publishable.expire_at and publishable.expire_at <= timezone.now()
    )
