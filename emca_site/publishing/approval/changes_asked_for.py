"""Show what an approver asked to be changed on the edit screen of whoever is to change it."""

from django.utils.html import format_html
from wagtail.admin import messages
from wagtail.models import WorkflowState

from emca_site.publishing.uk_time.times import in_words


def say_what_was_asked_for(request, publishable) -> None:
    """Add a message with the approver's comment, if the last decision asked for changes."""
    state = publishable.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    decision = state.current_task_state
    messages.warning(
        request,
        format_html(
            "<strong>{} asked for changes</strong> on {}: “{}”",
            decision.finished_by or "An approver",
            in_words(decision.finished_at),
            decision.comment or "No comment was given.",
        ),
    )


class ChangesAskedForMixin:
    """Extends Wagtail's edit views of pages and snippets."""

    def get(self, request, *args, **kwargs):
        # The responses to autosaves fetch parts of the screen, which has its messages already.
        if not (self.expects_json_response or getattr(self, "hydrate_create_view", False)):
            say_what_was_asked_for(request, self.publishable)
        return super().get(request, *args, **kwargs)
