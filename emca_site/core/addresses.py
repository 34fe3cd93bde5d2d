"""Addresses that belong to the site itself and never to a page."""

from emca_site.publishing.lifecycle.addresses import validate_address

__all__ = ["RESERVED_SLUGS", "validate_address"]

# First parts of a path, or the last part below the news. No page may have one as its slug, at any
# level: a page that is moved later would then hide such an address or be hidden by it.
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
