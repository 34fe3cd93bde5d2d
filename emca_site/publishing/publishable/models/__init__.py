from emca_site.publishing.publishable.models.change import Change, Size, last_big_changes
from emca_site.publishing.publishable.models.changing import ChangesMixin
from emca_site.publishing.publishable.models.fingerprint import Fingerprint
from emca_site.publishing.publishable.models.page import PublishablePageMixin
from emca_site.publishing.publishable.models.snippet import PublishableSnippet
from emca_site.publishing.publishable.models.two_people import (
    TwoPeopleMixin,
    draftable_models,
    find_publishable,
)

__all__ = [
    "Change",
    "ChangesMixin",
    "Fingerprint",
    "PublishablePageMixin",
    "PublishableSnippet",
    "Size",
    "TwoPeopleMixin",
    "draftable_models",
    "find_publishable",
    "last_big_changes",
]
