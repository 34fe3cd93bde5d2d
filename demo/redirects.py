"""Loads redirects from old and likely addresses to pages of the demonstration."""

from wagtail.contrib.redirects.models import Redirect

from demo.reading import content
from demo.rich_text import has_view, page_at
from home.models import LoadedItem


def load_redirects() -> int:
    """Return how many were made. Redirects without a target yet are left for a later run."""
    return sum(
        LoadedItem.objects.load(
            f"redirect:{words['from']}",
            lambda words=words, target=target: _make_redirect(words["from"], target),
        )
        for words in content("redirects")["redirects"]
        if (target := _target(words["to"]))
    )


def _target(address: str) -> dict:
    """Return the page at an address, or the address if a view of the site serves it."""
    if page := page_at(address):
        return {"redirect_page": page}
    return {"redirect_link": address} if has_view(address) else {}


def _make_redirect(address: str, target: dict) -> Redirect | None:
    old_path = Redirect.normalise_path(address)
    # Staff may have a redirect for this address: theirs stays.
    if Redirect.objects.filter(old_path=old_path).exists():
        return None
    return Redirect.objects.create(old_path=old_path, **target)
