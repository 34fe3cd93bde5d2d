"""Loads old and likely addresses, which lead to pages of the demonstration."""

from wagtail.contrib.redirects.models import Redirect

from demo.reading import content
from demo.rich_text import has_view, page_at
from home.models import LoadedItem


def load_redirects() -> int:
    """Says how many were new. What leads to nothing yet is left for another time."""
    return sum(
        LoadedItem.objects.load(
            f"redirect:{words['from']}",
            lambda words=words, target=target: _make_redirect(words["from"], target),
        )
        for words in content("redirects")["redirects"]
        if (target := _target(words["to"]))
    )


def _target(address: str) -> dict:
    """The page at an address, or the address where the site answers without one."""
    if page := page_at(address):
        return {"redirect_page": page}
    return {"redirect_link": address} if has_view(address) else {}


def _make_redirect(address: str, target: dict) -> Redirect | None:
    old_path = Redirect.normalise_path(address)
    # Staff may lead it elsewhere already: theirs stays.
    if Redirect.objects.filter(old_path=old_path).exists():
        return None
    return Redirect.objects.create(old_path=old_path, **target)
