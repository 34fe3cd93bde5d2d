from dataclasses import dataclass

from wagtail.admin.compare import ForeignObjectComparison
from wagtail.models import Page


@dataclass(frozen=True)
class Named:
    """A page by what choosers call it."""

    pk: int
    name: str

    def __str__(self):
        return self.name

    @classmethod
    def of(cls, page: Page | None) -> "Named | None":
        return page and cls(page.pk, page.specific.get_admin_display_title())


class PageComparison(ForeignObjectComparison):
    """Says no title of a page that was chosen once and is now a draft of others."""

    def get_objects(self):
        return tuple(map(Named.of, super().get_objects()))
