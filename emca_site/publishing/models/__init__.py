"""Rules for anything that becomes public. They ask the object, never its type."""

from emca_site.publishing.models.approval import DecisionForm, SecondPersonTask
from emca_site.publishing.models.look_back import LookBackItem
from emca_site.publishing.models.owned import OwnedMixin
from emca_site.publishing.models.proposal import Proposal
from emca_site.publishing.models.publishable import PublishablePageMixin
from emca_site.publishing.models.published import (
    PublishedPageQuerySet,
    PublishedQuerySet,
    PublishedQuerySetMixin,
    is_published,
    published_now,
)
from emca_site.publishing.models.two_people import TwoPeopleMixin, draftable_models, find_thing

__all__ = [
    "DecisionForm",
    "LookBackItem",
    "OwnedMixin",
    "Proposal",
    "PublishablePageMixin",
    "PublishedPageQuerySet",
    "PublishedQuerySet",
    "PublishedQuerySetMixin",
    "SecondPersonTask",
    "TwoPeopleMixin",
    "draftable_models",
    "find_thing",
    "is_published",
    "published_now",
]
