"""The pages that the header and the footer name, on every page of the site."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F
from wagtail.models import Page

from emca_site.publishing.models import published_now
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage
from priorities.models import PriorityIndexPage, PriorityPage


@dataclass
class Navigation:
    """What the menus show, found in one query."""

    pages: list[Page] = field(default_factory=list)

    @classmethod
    def load(cls) -> "Navigation":
        # By type, which is indexed: a search below the home page would walk past every article.
        pages = (
            Page.objects.exact_type(
                HomePage, PriorityIndexPage, PriorityPage, NewsIndexPage, StandardPage
            )
            .filter(published_now())
            .annotate(theme=F("prioritypage__theme"))
            .order_by("path")
        )
        return cls(list(pages))

    @cached_property
    def home(self) -> Page | None:
        return next((page for page in self.pages if page.depth == 2), None)

    @cached_property
    def sections(self) -> list[Page]:
        """For the header: what the editors put in menus."""
        return [page for page in self.pages if page.depth == 3 and page.show_in_menus]

    @cached_property
    def areas(self) -> list[Page]:
        return [page for page in self.pages if page.theme]

    @cached_property
    def small_print(self) -> list[Page]:
        """For the foot of the footer: the other pages directly below the home page."""
        return [page for page in self.pages if page.depth == 3 and not page.show_in_menus]
