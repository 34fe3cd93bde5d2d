"""Rules for anything that becomes public. They ask the object, never its type."""

from emca_site.publishing.models.avoided_phrase import AvoidedPhrase, PhraseKind, PhraseSeverity
from emca_site.publishing.models.look_back import LookBackItem
from emca_site.publishing.models.owned import OwnedMixin
from emca_site.publishing.models.publishable import PublishablePageMixin
from emca_site.publishing.models.published import (
    PublishedPageQuerySet,
    PublishedQuerySet,
    PublishedQuerySetMixin,
    is_published,
    published_now,
)

__all__ = [
    "AvoidedPhrase",
    "LookBackItem",
    "OwnedMixin",
    "PhraseKind",
    "PhraseSeverity",
    "PublishablePageMixin",
    "PublishedPageQuerySet",
    "PublishedQuerySet",
    "PublishedQuerySetMixin",
    "is_published",
    "published_now",
]
