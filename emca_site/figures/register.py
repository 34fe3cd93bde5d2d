"""Every figure that is visible to visitors, with its record."""

from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.db import models
from wagtail.models import Page

from emca_site.figures.models import Figure
from emca_site.figures.use import pages_by_figure
from emca_site.publishing.lifecycle.addresses import prefetch_addresses
from emca_site.publishing.lifecycle.models.published import published_now

MOST_PAGES = 10  # listed in one record


@dataclass(frozen=True)
class Record:
    figure: Figure
    area: models.Model | None  # also None where lists do not show the area
    pages: list[Page] = field(default_factory=list)  # public pages that show it

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.figure.get_absolute_url()}"

    @property
    def pages_named(self) -> list[Page]:
        return self.pages[:MOST_PAGES]

    @property
    def pages_left(self) -> int:
        return max(0, len(self.pages) - MOST_PAGES)


@dataclass(frozen=True)
class Group:
    """The records of one area, or of no area."""

    area: models.Model | None
    records: list[Record]


def records() -> list[Record]:
    """Return every published figure in the order of the areas, without the pages that show it."""
    figures = list(Figure.objects.published().with_teams().by_area())
    prefetch_addresses(figures)
    areas = {figure.area_id for figure in figures} - {None}
    listed = Page.objects.filter(published_now(), pk__in=areas).order_by()
    keys = set(listed.values_list("pk", flat=True))
    return [Record(each, each.area if each.area_id in keys else None) for each in figures]


def grouped(found: list[Record]) -> list[Group]:
    """Group the records by area, with the pages that show each figure, for the page of figures."""
    pages = pages_by_figure(Figure)
    full = [Record(each.figure, each.area, pages.get(each.figure.pk, [])) for each in found]
    full.sort(key=lambda record: record.area is None)  # those without an area last
    return [Group(area, list(some)) for area, some in groupby(full, lambda each: each.area)]
