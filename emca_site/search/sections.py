"""The parts of the site that a search can be narrowed to."""

from dataclasses import dataclass

from wagtail.models import Page

from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.search.matching import DEPTH_OF_SECTIONS, FILES
from emca_site.site_version.models import cached


@dataclass(frozen=True)
class Section:
    """A page below the home page with everything below it, or all the files."""

    slug: str
    title: str
    path: str


def all_sections(request=None) -> list[Section]:
    """Return the sections in the order of the page tree; cached until the site changes."""
    return cached("search sections", request, _find)


def _find() -> list[Section]:
    pages = Page.objects.filter(published_now(), depth=DEPTH_OF_SECTIONS).order_by("path")
    rows = pages.values_list("slug", "title", "path")
    return [*(Section(*row) for row in rows), Section(FILES, "Files", FILES)]
