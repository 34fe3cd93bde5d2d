"""The addresses of files in what one person sees of a draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlencode

PARAMETER = "grant"

_token: ContextVar[str] = ContextVar("token of a grant", default="")


@contextmanager
def opened_by(token: str) -> Iterator[None]:
    """Within it, the address of every file carries this token of a grant.

    Draw the whole answer in here. What a process keeps for everybody holds no address as text.
    """
    before = _token.set(token)
    try:
        yield
    finally:
        _token.reset(before)


def with_grant(address: str) -> str:
    """An address as it is to be written now."""
    token = _token.get()
    return f"{address}?{urlencode({PARAMETER: token})}" if token else address
