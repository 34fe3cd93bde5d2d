from django.utils import timezone


def is_readable(thing) -> bool:
    """What `readable_now()` says, of one thing in hand."""
    return thing.live and not (thing.expire_at and thing.expire_at <= timezone.now())
