"""Two questions about strangers: what lists may show them, and what they may read at its address.

They differ for one kind of page: what is no longer current and kept as a record is readable under
a notice, and stands in no list. `published()` and `published_now()` are for lists, counts, menus,
search, feeds; `readable_now()` and `is_readable()` for addresses and for links to them.
"""

from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail.models import PageQuerySet

from emca_site.publishing.models.owned import OwnedQuerySetMixin


def readable_now() -> models.Q:
    """What a stranger may read: live, and not past its end even if no sweep has run."""
    return models.Q(live=True) & ~models.Q(expire_at__lte=timezone.now())


def is_readable(thing) -> bool:
    """What `readable_now()` says, of one thing in hand."""
    return thing.live and not (thing.expire_at and thing.expire_at <= timezone.now())


def published_now() -> models.Q:
    """Of pages, what lists may show: readable, and not kept as a record only."""
    # Read once for each question, as few pages are retired; a join would be made for every row.
    return readable_now() & ~models.Q(pk__in=_kept().values("page_id"))


def with_notices(pages: models.QuerySet) -> models.QuerySet:
    """Each page with the key of the retirement whose notice stands above it, if there is one."""
    own = _kept().filter(page_id=models.OuterRef("pk"))
    return pages.annotate(kept_as=models.Subquery(own.values("pk")[:1]))


def _kept() -> models.QuerySet:
    return apps.get_model("publishing", "Retirement").objects.kept().order_by()


class PublishedQuerySet(models.QuerySet):
    """For things that are not pages: they have no address, so lists and addresses are one."""

    def published(self):
        return self.filter(readable_now())


class PublishedPageQuerySet(OwnedQuerySetMixin, PageQuerySet):
    """For pages."""

    def published(self):
        return self.filter(published_now())

    def drawn(self):
        """With what drawing one of these pages takes, in the same query."""
        # Not in the manager: rows that are joined cannot be locked, and Wagtail locks pages.
        return with_notices(self.select_related(*self.model.drawn_with))
