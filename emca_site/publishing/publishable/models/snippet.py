from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.publishable.schedule_form import PublishableSnippetForm


class PublishableSnippet(
    TwoPeopleMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
):
    """Something that is not a page and becomes public as pages do: by two people, with drafts.

    Put it before `Model` among the bases, and after what adds to publishing, such as an owner. Its
    desk is a `TwoPeopleViewSet`, its rights a `TwoPeoplePolicy`.
    """

    base_form_class = PublishableSnippetForm

    class Meta:
        abstract = True
