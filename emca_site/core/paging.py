"""Numbered pages of a list that may be very long."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property


@dataclass(frozen=True)
class PageLink:
    """A link in the row of page numbers. Without a number it stands for those left out."""

    number: int | None
    address: str = ""


class NumberedPage(Page):
    """One page of a list, and the addresses of the others."""

    @property
    def address(self) -> str:
        return self.paginator.address_of(self.number)

    @property
    def previous_address(self) -> str:
        return self.paginator.address_of(self.number - 1) if self.has_previous() else ""

    @property
    def next_address(self) -> str:
        return self.paginator.address_of(self.number + 1) if self.has_next() else ""

    @property
    def links(self) -> list[PageLink]:
        """The first pages, the neighbours of this one and the last."""
        address_of = self.paginator.address_of
        numbers = self.paginator.get_elided_page_range(self.number)
        return [
            PageLink(number, address_of(number)) if isinstance(number, int) else PageLink(None)
            for number in numbers
        ]


class NumberedPaginator(Paginator):
    """A paginator with an address for each of its pages."""

    def __init__(self, object_list, per_page: int, address_of: Callable[[int], str]):
        super().__init__(object_list, per_page)
        self.address_of = address_of

    def _get_page(self, *args, **kwargs) -> NumberedPage:
        return NumberedPage(*args, **kwargs)


class CappedPaginator(NumberedPaginator):
    """Costs the same however long the list is: it limits what it counts and how far it pages."""

    MOST_COUNTED = 1000
    MOST_PAGES = 50

    @cached_property
    def count(self) -> int:
        """The number of objects; `MOST_COUNTED` + 1 stands for any number above `MOST_COUNTED`."""
        # Unordered: to sort them, the database would read them all.
        return self.object_list.order_by()[: self.MOST_COUNTED + 1].count()

    @cached_property
    def num_pages(self) -> int:
        return min(max(1, ceil(self.count / self.per_page)), self.MOST_PAGES)

    @property
    def goes_deeper(self) -> bool:
        """Whether the list goes on after the last page."""
        return self.count > self.num_pages * self.per_page
