"""Check that no page becomes public below a page that was never public."""

from django.db import models
from django.utils import timezone
from wagtail.models import Page

from emca_site.publishing.checks.gate.finding import Finding, Severity

SAYS_THE_ADDRESS_ABOVE = (
    "The page above this one was never public, and the address of this one would tell its address. "
    "Publish the page above first, or schedule it for no later than this one."
)


def never_public_above(page: Page, inclusive: bool = False) -> models.QuerySet:
    """Return the pages above a page whose addresses are still secret."""
    above = Page.objects.ancestor_of(page, inclusive=inclusive)
    return above.filter(depth__gt=2, live=False, first_published_at=None)


def find_above(obj) -> list[Finding]:
    """Return a refusal for a page below one whose address is still secret, or an empty list.

    A page that is being created has no place in the tree: its form sets `goes_below` to the parent.
    """
    if not isinstance(obj, Page):
        return []
    near = obj if obj.path else getattr(obj, "goes_below", None)
    if near is None or near.depth <= (3 if near is obj else 2):  # only the home page is above
        return []
    above = never_public_above(near, inclusive=near is not obj)
    at = max(obj.go_live_at or timezone.now(), timezone.now())
    if all(_is_public_by(at, each) for each in above):
        return []
    return [Finding("above", Severity.REFUSAL, "slug", (), "Slug", SAYS_THE_ADDRESS_ABOVE)]


def _is_public_by(at, page: Page) -> bool:
    scheduled = page.scheduled_revision
    return bool(scheduled) and scheduled.approved_go_live_at <= at
