import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import models
from django.utils import timezone

Value = TypeVar("Value")


class SiteVersion(models.Model):
    """One row that changes whenever content changes that a public page may show.

    It lets a process cache what every page needs (settings, menus, notices) and still serve the
    latest in the next response: one small query tells whether the cached value is current.
    """

    token = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.token)

    @classmethod
    def renew(cls) -> None:
        """Start a new version. It takes effect when the current transaction commits."""
        # Not a counter: after a restore an old number could be used again.
        new = {"token": uuid.uuid4(), "changed_at": timezone.now()}
        cls.objects.update_or_create(pk=1, defaults=new)

    @classmethod
    def latest(cls, request=None) -> "SiteVersion | None":
        """Return the current row, looked up once per request; None before the first change."""
        if not hasattr(request, "_site_version"):
            version = cls.objects.first()
            if request is None:
                return version
            request._site_version = version
        return request._site_version

    @classmethod
    def current(cls, request=None) -> uuid.UUID | None:
        """Return the current token; None before the first change."""
        version = cls.latest(request)
        return version.token if version else None


_cached: dict[str, tuple[uuid.UUID | None, object]] = {}


def cached(name: str, request, build: Callable[[], Value]) -> Value:
    """Return what `build` returns, cached by this process until something on the site changes.

    The token is read before the value is built, so that a value is never older than its token.
    Do not change the value: every request of the process shares it.
    """
    token = SiteVersion.current(request)
    held = _cached.get(name)
    if held and token and held[0] == token:
        return held[1]
    value = build()
    _cached[name] = (token, value)
    return value
