"""Addresses that belong to the site itself and never to a page, and how an editor writes one."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

# First parts of a path, or the last part below the news: no page may take one as its slug, at any
# level, as a page that was moved would then hide one or be hidden by it.
RESERVED_SLUGS = frozenset(
    {
        "admin",
        "commitments",
        "fact-check",
        "feed",
        "feedback",
        "figures",
        "files",
        "health",
        "search",
        "static",
        "who-does-what",
    }
)

# Two slashes, or one and a backslash, would lead to another site.
_HERE = re.compile(r"/(?![/\\])[^\s\\<>\"]*", re.ASCII)
_elsewhere = URLValidator(schemes=["http", "https"])


def validate_address(value: str) -> None:
    """Accept a web address in full, or one on this site that begins with a slash."""
    if _HERE.fullmatch(value):
        return
    try:
        _elsewhere(value)
    except ValidationError:
        raise ValidationError(
            "Give a whole web address such as https://example.org/plan, or one here such as "
            "/figures/."
        ) from None
