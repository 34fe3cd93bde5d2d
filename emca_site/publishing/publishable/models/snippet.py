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
    """A snippet that is published as pages are: with drafts, and approved by a second person.

    List it before `Model` among the bases, and after mixins that extend publishing, such as
    ownership. Register it with a `TwoPeopleViewSet`; its permission policy is a `TwoPeoplePolicy`.
    """

    base_form_class = PublishableSnippetForm

    class Meta:
        abstract = True
