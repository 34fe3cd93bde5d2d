"""What a stranger may read now."""

from django.db import models
from django.utils import timezone
from wagtail.models import PageQuerySet

from emca_site.publishing.models.owned import OwnedQuerySetMixin


def published_now() -> models.Q:
    """What a stranger may read now: live, and not past its end even if no sweep has run."""
    return models.Q(live=True) & ~models.Q(expire_at__lte=timezone.now())


def is_published(thing) -> bool:
    """What `published_now()` says, of one thing in hand."""
    return thing.live and not (thing.expire_at and thing.expire_at <= timezone.now())


class PublishedQuerySetMixin:
    """Gives a QuerySet of drafts and live things the one filter that strangers see through."""

    def published(self):
        return self.filter(published_now())


class PublishedQuerySet(PublishedQuerySetMixin, models.QuerySet):
    """For things that are not pages."""


class PublishedPageQuerySet(PublishedQuerySetMixin, OwnedQuerySetMixin, PageQuerySet):
    """For pages."""

    def drawn(self):
        """With the rows that drawing one of these pages takes, in the same query."""
        # Not in the manager: rows that are joined cannot be locked, and Wagtail locks pages.
        return self.select_related(*self.model.drawn_with)
