"""The pages that the header and the footer of every page link to."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page

from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.site_version.models import cached
from home.models import AccessibilityStatementPage, HomePage, StandardPage
from news.models import NewsIndexPage
from priorities.models import PriorityIndexPage, PriorityPage, published_areas


class Service(NamedTuple):
    """A view of the site that has an address but no page."""

    text: str
    address: str


@dataclass
class Navigation:
    """The content of the menus, cached until the site changes."""

    TYPES = (
        HomePage,
        PriorityIndexPage,
        NewsIndexPage,
        StandardPage,
        AccessibilityStatementPage,
    )

    pages: list[Page]
    areas: list[PriorityPage]

    @classmethod
    def load(cls, request=None) -> "Navigation":
        return cached("navigation", request, cls.find)

    @classmethod
    def find(cls) -> "Navigation":
        # By type, which is indexed: a search by path would read every article.
        pages = Page.objects.exact_type(*cls.TYPES).filter(published_now()).order_by("path")
        return cls(list(pages), published_areas())

    @cached_property
    def home(self) -> Page | None:
        return next((page for page in self.pages if page.depth == 2), None)

    @cached_property
    def sections(self) -> list[Page]:
        """The sections in the header: pages that editors put in menus."""
        return [page for page in self.pages if page.depth == 3 and page.show_in_menus]

    @cached_property
    def services(self) -> list[Service]:
        """The services in the header and the footer, after the sections."""
        return [
            Service("Commitments", reverse("commitments")),
            Service("Who does what", reverse("who_does_what")),
        ]

    @cached_property
    def records(self) -> list[Service]:
        """The links in the footer after the services."""
        return [Service("Our figures", reverse("figures"))]

    @cached_property
    def news(self) -> Page | None:
        return self._first(NewsIndexPage)

    @cached_property
    def accessibility(self) -> Page | None:
        return self._first(AccessibilityStatementPage)

    @cached_property
    def contact(self) -> Page | None:
        """The page for questions, which error pages link to."""
        return next((page for page in self.small_print if page.slug == "contact"), None)

    @cached_property
    def small_print(self) -> list[Page]:
        """The pages at the end of the footer: the other pages directly below the home page."""
        return [page for page in self.pages if page.depth == 3 and not page.show_in_menus]

    def _first(self, model: type[Page]) -> Page | None:
        type_id = ContentType.objects.get_for_model(model).pk
        return next((page for page in self.pages if page.content_type_id == type_id), None)
