"""The addresses of files for a visitor who opens a draft with a grant."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlencode

PARAMETER = "grant"

_token: ContextVar[str] = ContextVar("token of a grant", default="")


@contextmanager
def opened_by(token: str) -> Iterator[None]:
    """Context manager: add this grant token to the address of every file.

    Render the whole response inside it. What is cached for everybody must hold no such address as
    text.
    """
    before = _token.set(token)
    try:
        yield
    finally:
        _token.reset(before)


def with_grant(address: str) -> str:
    """Return a file's address, with the token of the current grant if there is one."""
    token = _token.get()
    return f"{address}?{urlencode({PARAMETER: token})}" if token else address
