"""Mail about answers to fact checks."""

from django.urls import reverse

from emca_site.publishing.mail.recipients import tell_of
from emca_site.publishing.permissions.people import approvers
from emca_site.publishing.uk_time.times import in_words


def fact_checked(answer) -> None:
    """Mail the team and whoever made the link; also approvers if the answer asks for changes."""
    grant, title = answer.grant, answer.grant.revision.object_str
    publishable = grant.publishable
    people = [grant.made_by, *publishable.team_to_tell()]
    lines = [f"{answer.in_short}. It is about the draft “{title}”.", *answer.changes_in_words]
    if answer.changes:
        people += approvers()
        lines += [
            _what_goes_on(publishable),
            "It stands on the first page of the desk until it is read.",
        ]
    tell_of(
        publishable,
        people,
        f"{answer.in_short}: {title}",
        *lines,
        "Read it, and see the links that were sent:",
        address=reverse(
            "publishing_fact_check", args=[publishable._meta.label_lower, publishable.pk]
        ),
    )


def _what_goes_on(publishable) -> str:
    if scheduled := publishable.scheduled_revision:
        return (
            f"It is approved to go live on {in_words(scheduled.approved_go_live_at)}, UK time. If "
            "it must not go out as it is, an approver has to cancel that in its history."
        )
    state = publishable.current_workflow_state
    if state and state.status == state.STATUS_IN_PROGRESS:
        return "It waits for approval."
    return ""
