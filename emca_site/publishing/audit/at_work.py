"""Whether what happens now is somebody's own change on the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.log_actions import get_active_log_context

_follows = ContextVar("_follows", default=False)


@contextmanager
def following_from_a_decision() -> Iterator[None]:
    """Record nothing within the `with` block: it carries out what two people decided.

    A move replaces redirects of earlier addresses, for example.
    """
    token = _follows.set(True)
    try:
        yield
    finally:
        _follows.reset(token)


def somebody_is_at_work() -> bool:
    return bool(get_active_log_context().user) and not _follows.get()
