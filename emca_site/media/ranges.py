"""Range requests (RFC 9110, section 14), for one range of bytes."""

import re

from django.http import HttpRequest

_RANGE = re.compile(r"bytes=(?P<first>\d{0,18})-(?P<last>\d{0,18})", re.ASCII)


class RangeNotSatisfiableError(Exception):
    """The range asked for lies outside the file."""


def requested_range(request: HttpRequest, size: int, etag: str, last_modified: str) -> range | None:
    """Return the range of bytes asked for, or None for the whole file.

    A range that is malformed, in another unit, or one of several is ignored, which the RFC allows.
    An `If-Range` that names another version also gives the whole file. Raises
    RangeNotSatisfiableError.
    """
    if request.method != "GET":
        return None
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not match or (not match["first"] and not match["last"]):
        return None
    if request.headers.get("If-Range", etag) not in (etag, last_modified):
        return None
    if not match["first"]:  # the last n bytes
        length = min(int(match["last"]), size)
        if not length:
            raise RangeNotSatisfiableError
        return range(size - length, size)
    first = int(match["first"])
    last = int(match["last"]) if match["last"] else size - 1
    if last < first and match["last"]:
        return None
    if first >= size:
        raise RangeNotSatisfiableError
    return range(first, min(last + 1, size))
