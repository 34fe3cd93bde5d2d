"""Unread fact-check answers that ask for a change, shown in red on the desk's first page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from emca_site.publishing.embargo.models import FactCheckAnswer
from emca_site.publishing.permissions.rights import may_see

SHOWN = 20


def unread_by_team_of(user) -> list[FactCheckAnswer]:
    """Return the unread answers about drafts visible to this user, oldest first.

    An answer that one person has marked as read counts as read for everybody.
    """
    unread = FactCheckAnswer.objects.unread().select_related("grant__revision")
    known = ((answer, answer.grant.publishable) for answer in unread)
    return [
        answer
        for answer, publishable in known
        if publishable is not None and may_see(user, publishable)
    ]


def unread_about(publishable) -> list[FactCheckAnswer]:
    """Return the unread answers about a publishable, for the screens that publish it."""
    unread = FactCheckAnswer.objects.unread().about(publishable)
    return list(unread.select_related("grant__revision"))


def address_of_links(publishable) -> str:
    return reverse("publishing_fact_check", args=[publishable._meta.label_lower, publishable.pk])


class UnreadAnswersPanel(Component):
    """The panel above all others on the first page of the team and of approvers."""

    name = "unread_answers"
    template_name = "publishing/fact_check/unread_panel.html"
    order = 5

    def get_context_data(self, parent_context):
        answers = unread_by_team_of(parent_context["request"].user)
        return {
            "number": len(answers),
            "lines": [
                (answer, address_of_links(answer.grant.publishable), answer.grant.publishable)
                for answer in answers[:SHOWN]
            ],
        }


@require_POST
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an answer as read, then return to the screen with the button."""
    answer = get_object_or_404(FactCheckAnswer, pk=pk)
    publishable = answer.grant.publishable
    if publishable is None or not may_see(request.user, publishable):
        raise Http404
    if answer.mark_read(request.user):
        messages.success(request, f"Read: {answer}.")
    else:
        answer.refresh_from_db()
        messages.success(request, answer.read_in_words or "It asks for no change.")
    back = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if here else address_of_links(publishable))
