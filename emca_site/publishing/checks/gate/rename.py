"""Warn about a new address for a page that is public already."""

from wagtail.models import Page

from emca_site.publishing.checks.gate.finding import Finding, Severity
from emca_site.publishing.lifecycle.links_here import places_that_link_to

_NAMED = 5  # the decision screen lists all of them


def find_in_address(obj) -> list[Finding]:
    """Return a warning if this version changes the address of a live page, with what links to it.

    The warning names only live places, so that everybody who works on the page may read it.
    """
    if not isinstance(obj, Page) or not obj.pk:
        return []
    page = Page.objects.live().filter(pk=obj.pk).exclude(slug=obj.slug).first()
    if page is None:
        return []
    message = (
        f"Its address changes to “{obj.slug}”. The old one, {page.url}, will lead there, and so "
        "will the addresses of all pages below it. "
    )
    places = places_that_link_to(page)
    named = ", ".join(places[:_NAMED])
    if len(places) > _NAMED:
        named += f" and {len(places) - _NAMED} more"
    message += f"What links to it: {named}." if places else "Nothing public links to it."
    return [Finding("rename", Severity.WARNING, "slug", (), "Slug", message)]
