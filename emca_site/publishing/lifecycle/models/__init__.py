from emca_site.publishing.lifecycle.models.published import (
    PublishedPageQuerySet,
    PublishedQuerySet,
    is_readable,
    published_now,
    readable_now,
    say_which_are_kept,
)
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement, has_an_answer

__all__ = [
    "PublishedPageQuerySet",
    "PublishedQuerySet",
    "RetiredAs",
    "Retirement",
    "has_an_answer",
    "is_readable",
    "published_now",
    "readable_now",
    "say_which_are_kept",
]
