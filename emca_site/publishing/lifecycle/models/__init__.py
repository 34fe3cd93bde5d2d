from emca_site.publishing.lifecycle.models.published import (
    PublishedPageQuerySet,
    PublishedQuerySet,
    annotate_archived,
    is_readable,
    published_now,
    readable_now,
)
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement, has_an_answer

__all__ = [
    "PublishedPageQuerySet",
    "PublishedQuerySet",
    "RetiredAs",
    "Retirement",
    "annotate_archived",
    "has_an_answer",
    "is_readable",
    "published_now",
    "readable_now",
]
