"""Two questions about visitors: what lists may show them, and what they may read at its address.

They differ for one kind of page: what is no longer current and kept as a record is readable under
a notice, and stands in no list. `published()` and `published_now()` are for lists, counts, menus,
search, feeds; `readable_now()` and `is_readable()` for addresses and for links to them.
"""

from django.db import models
from django.utils import timezone
from wagtail.models import PageQuerySet

from emca_site.publishing.lifecycle.models.retirement import Retirement
from emca_site.publishing.lifecycle.readable import is_readable
from emca_site.publishing.ownership.models.owned import OwnedQuerySetMixin

__all__ = [
    "PublishedPageQuerySet",
    "PublishedQuerySet",
    "annotate_archived",
    "is_readable",
    "published_now",
    "readable_now",
]

# Of a page's retirements, the one whose notice stands above it.
ARCHIVED_NOW = {"retirements__outcome": "archived", "retirements__ended_at": None}


def readable_now(to: str = "") -> models.Q:
    """What a visitor may read: live, and not past its end even if no sweep has run."""
    return models.Q((f"{to}live", True)) & ~models.Q((f"{to}expire_at__lte", timezone.now()))


def published_now(to: str = "") -> models.Q:
    """Filter pages to those that lists may show: readable, and not archived.

    `to` is the way to the page from the rows that are asked about, such as `article__`.
    """
    # Read once for each question, as few pages are retired; a join would be made for every row.
    return readable_now(to) & ~models.Q((f"{to}pk__in", _archived().values("page_id")))


def annotate_archived(pages: models.QuerySet) -> models.QuerySet:
    """Each page with whether it is kept as a record only."""
    return pages.annotate(
        is_archived=models.Exists(_archived().filter(page_id=models.OuterRef("pk")))
    )


def _archived() -> models.QuerySet:
    return Retirement.objects.archived().order_by()


class PublishedQuerySet(models.QuerySet):
    """For things that are not pages: they have no address, so lists and addresses are one."""

    def published(self):
        return self.filter(readable_now())


class PublishedPageQuerySet(OwnedQuerySetMixin, PageQuerySet):
    """For pages."""

    def published(self):
        return self.filter(published_now())

    def prefetched(self):
        """With what drawing one of these pages takes, in the same query."""
        # Not in the manager: rows that are joined cannot be locked, and Wagtail locks pages.
        notice = models.FilteredRelation("retirements", condition=models.Q(**ARCHIVED_NOW))
        pages = annotate_archived(self).annotate(notice_above=notice)
        return pages.select_related(*self.model.prefetched_with, "notice_above__successor")
