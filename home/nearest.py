"""Suggests pages for an address that does not exist."""

from difflib import get_close_matches

from django.utils.text import slugify
from wagtail.models import Page

from emca_site.publishing.lifecycle.models.published import published_now
from home.navigation import Navigation

MOST = 3
LONGEST_ADDRESS = 10  # in parts; no page is deeper


def nearest_pages(path: str) -> list[Page]:
    """Return up to three published pages, the likeliest first.

    First come pages elsewhere with the same last part, for a page that was moved. Then come pages
    in the menus whose last part is similar, for an address that was mistyped.
    """
    parts = [slugify(part) for part in path.split("/")[: LONGEST_ADDRESS + 1] if part]
    if not parts or not parts[-1]:
        return []
    wanted = parts[-1][:255]
    found = list(Page.objects.filter(published_now(), slug=wanted, depth__gt=2)[:MOST])
    menu = Navigation.load()
    by_slug = {page.slug: page for page in [*menu.pages, *menu.areas] if page.depth > 2}
    for slug in get_close_matches(wanted, by_slug, n=MOST, cutoff=0.75):
        if by_slug[slug].pk not in {page.pk for page in found}:
            found.append(by_slug[slug])
    return found[:MOST]
