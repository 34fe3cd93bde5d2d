"""Filter to what lists may show to visitors, and to what visitors may read at its address.

The two differ for archived pages: they are readable under a notice, and are in no list.
`published()` and `published_now()` are for lists, counts, menus, search and feeds; `readable_now()`
and `is_readable()` are for addresses and for links to them.
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

# Selects the one retirement of a page whose notice is shown above it.
ARCHIVED_NOW = {"retirements__outcome": "archived", "retirements__ended_at": None}


def readable_now(to: str = "") -> models.Q:
    """Return the filter for what visitors may read: live, and `expire_at` has not passed.

    The scheduler may not have unpublished an expired object yet. `to` is a lookup prefix, as in
    `published_now`.
    """
    return models.Q((f"{to}live", True)) & ~models.Q((f"{to}expire_at__lte", timezone.now()))


def published_now(to: str = "") -> models.Q:
    """Return the filter for pages that lists may show: readable, and not archived.

    `to` is the lookup prefix from the filtered model to the page, such as `article__`.
    """
    # A subquery runs once for each query, as few pages are retired; a join would run for each row.
    return readable_now(to) & ~models.Q((f"{to}pk__in", _archived().values("page_id")))


def annotate_archived(pages: models.QuerySet) -> models.QuerySet:
    """Annotate each page with `is_archived`: whether it is readable only as a record."""
    return pages.annotate(
        is_archived=models.Exists(_archived().filter(page_id=models.OuterRef("pk")))
    )


def _archived() -> models.QuerySet:
    return Retirement.objects.archived().order_by()


class PublishedQuerySet(models.QuerySet):
    """QuerySet for objects that are not pages: without an address, `published` means readable."""

    def published(self):
        return self.filter(readable_now())


class PublishedPageQuerySet(OwnedQuerySetMixin, PageQuerySet):
    """QuerySet for owned pages that visitors may see."""

    def published(self):
        return self.filter(published_now())

    def prefetched(self):
        """Fetch in the same query what rendering one of these pages takes."""
        # This is not in the manager: joined rows cannot be locked, and Wagtail locks pages.
        notice = models.FilteredRelation("retirements", condition=models.Q(**ARCHIVED_NOW))
        pages = annotate_archived(self).annotate(notice_above=notice)
        return pages.select_related(*self.model.prefetched_with, "notice_above__successor")
