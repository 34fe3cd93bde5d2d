"""Rules for anything that becomes public. They ask the object, never its type."""

from emca_site.publishing.models.approval import DecisionForm, SecondPersonTask
from emca_site.publishing.models.avoided_phrase import AvoidedPhrase, PhraseKind, PhraseSeverity
from emca_site.publishing.models.change import Change, Size, last_big_changes
from emca_site.publishing.models.changing import ChangesMixin
from emca_site.publishing.models.creation import Creation
from emca_site.publishing.models.fact_check import FactCheckAnswer
from emca_site.publishing.models.fingerprint import Fingerprint
from emca_site.publishing.models.look_back import LookBackItem
from emca_site.publishing.models.owned import (
    OwnedMixin,
    OwnedQuerySetMixin,
    in_public,
    owned_models,
)
from emca_site.publishing.models.proposal import Proposal
from emca_site.publishing.models.publishable import PublishablePageMixin
from emca_site.publishing.models.publishable_thing import PublishableThing
from emca_site.publishing.models.published import (
    PublishedPageQuerySet,
    PublishedQuerySet,
    is_readable,
    published_now,
    readable_now,
    say_which_are_kept,
)
from emca_site.publishing.models.retirement import RetiredAs, Retirement, has_an_answer
from emca_site.publishing.models.review_reminder import ReviewReminder
from emca_site.publishing.models.schedule_failure import Event, ScheduleFailure
from emca_site.publishing.models.scheduler_beat import DailyCommand, SchedulerBeat
from emca_site.publishing.models.two_people import TwoPeopleMixin, draftable_models, find_thing

__all__ = [
    "AvoidedPhrase",
    "Change",
    "ChangesMixin",
    "Creation",
    "DailyCommand",
    "DecisionForm",
    "Event",
    "FactCheckAnswer",
    "Fingerprint",
    "LookBackItem",
    "OwnedMixin",
    "OwnedQuerySetMixin",
    "PhraseKind",
    "PhraseSeverity",
    "Proposal",
    "PublishablePageMixin",
    "PublishableThing",
    "PublishedPageQuerySet",
    "PublishedQuerySet",
    "RetiredAs",
    "Retirement",
    "ReviewReminder",
    "ScheduleFailure",
    "SchedulerBeat",
    "SecondPersonTask",
    "Size",
    "TwoPeopleMixin",
    "draftable_models",
    "find_thing",
    "has_an_answer",
    "in_public",
    "is_readable",
    "last_big_changes",
    "owned_models",
    "published_now",
    "readable_now",
    "say_which_are_kept",
]
