import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import models

Value = TypeVar("Value")


class SiteVersion(models.Model):
    """One row that changes whenever anything does that a public page may show.

    With it a process can keep what every page needs (settings, menus, notices) and still be true
    in the next response: one small query says whether what it keeps is the latest.
    """

    token = models.UUIDField(default=uuid.uuid4)

    def __str__(self):
        return str(self.token)

    @classmethod
    def renew(cls) -> None:
        """Say that something changed. It takes effect with the change, when that is committed."""
        # Never a count: after a restore an old number could come round again.
        cls.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})

    @classmethod
    def current(cls, request=None) -> uuid.UUID | None:
        """The token now, looked up once a request."""
        if not hasattr(request, "_site_version"):
            token = cls.objects.values_list("token", flat=True).first()
            if request is None:
                return token
            request._site_version = token
        return request._site_version


_kept: dict[str, tuple[uuid.UUID | None, object]] = {}


def kept(name: str, request, build: Callable[[], Value]) -> Value:
    """What `build` gives, kept by this process until something on the site changes.

    The token is read before the value is built, so that a value is never older than its token.
    Nobody may change the value: every request of the process shares it.
    """
    token = SiteVersion.current(request)
    held = _kept.get(name)
    if held and token and held[0] == token:
        return held[1]
    value = build()
    _kept[name] = (token, value)
    return value
