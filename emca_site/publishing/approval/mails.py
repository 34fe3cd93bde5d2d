"""Mail about approvals, proposals and comments, with one function for each event."""

from collections.abc import Iterable

from django.urls import reverse
from wagtail.models import Revision

from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.mail.recipients import name_of, tell_of, where_readers_find, who_worked_on
from emca_site.publishing.permissions.people import approvers
from emca_site.publishing.publishable.mails import (
    TAKEN_DOWN_WITH_IT,
    Cancelled,
    schedules_cancelled,
)
from emca_site.publishing.uk_time.times import (
    in_words,
    is_over,
    when_if_approved,
    when_it_goes_live,
)


def who_decides(publishable) -> list:
    """Return everybody who may approve the current changes of a publishable."""
    editors = publishable.changed_by()
    return [each for each in approvers() if each.pk not in editors and may_approve(each)]


def who_decides_on(proposal) -> list:
    return [each for each in approvers() if proposal.may_be_decided_by(each)]


def submitted(state, user) -> None:
    publishable, title = state.revision.content_object, state.revision.object_str
    again = state.workflow_state.task_states.exclude(pk=state.pk).exists()
    tell_of(
        publishable,
        who_decides(publishable),
        f"To approve: {title}",
        f"{name_of(user)} submitted “{title}” for approval{' again' if again else ''}.",
        when_if_approved(state.revision.as_object()),
        "Read it and decide:",
        by=user,
        address=reverse("publishing_decide", args=[state.pk]),
    )


def approved(state, user, people: Iterable) -> None:
    """Mail `people`, who worked on it: read them before publication, which resets the list."""
    publishable, title = state.revision.content_object, state.revision.object_str
    at = Revision.objects.values_list("approved_go_live_at", flat=True).get(pk=state.revision_id)
    when, address = "It is live now:", where_readers_find(publishable)
    if at:
        when = f"It goes live on {in_words(at)}, UK time. Until then readers do not see it:"
        address = ""
    elif is_over(version := state.revision.as_object()):
        when, address = when_it_goes_live(version), ""
    tell_of(
        publishable,
        people,
        f"Approved: {title}",
        f"{name_of(user)} approved “{title}”.",
        _comment(state.comment),
        when,
        by=user,
        address=address,
    )


def sent_back(state, user) -> None:
    publishable, title = state.revision.content_object, state.revision.object_str
    tell_of(
        publishable,
        who_worked_on(state.revision),
        f"Changes asked for: {title}",
        f"{name_of(user)} read “{title}” and asks for changes.",
        _comment(state.comment),
        "Change it, and submit it again:",
        by=user,
    )


def withdrawn(workflow_state, user) -> None:
    """Mail the approvers who would have decided, and the people who worked on the revision."""
    revision = workflow_state.current_task_state.revision
    publishable, title = revision.content_object, revision.object_str
    tell_of(
        publishable,
        [*who_decides(publishable), *who_worked_on(revision)],
        f"Withdrawn: {title}",
        f"{name_of(user)} withdrew “{title}”: it does not wait for approval any more.",
        "There is nothing to decide. The draft can be changed and submitted again:",
        by=user,
    )


def asked(proposal) -> None:
    by = proposal.asked_by
    tell_of(
        proposal.publishable,
        who_decides_on(proposal),
        f"To decide: {proposal}",
        f"{name_of(by)} asks for this: {proposal}",
        f"The reason given: {proposal.reason}",
        "Decide:",
        by=by,
        address=reverse("publishing_proposal", args=[proposal.pk]),
    )


def decided(proposal, user, cancelled: Iterable[Cancelled] = ()) -> None:
    """Mail the outcome of a proposal to the person who asked for it.

    Schedules that were cancelled with it stand in the same mail; others whom they concern get one
    of their own.
    """
    outcome, asker = proposal.get_outcome_display(), proposal.asked_by
    theirs = [each for each in cancelled if each.concerns(asker)]
    tell_of(
        proposal.publishable,
        [proposal.asked_by],
        f"{outcome}: {proposal}",
        f"You asked for this: {proposal}",
        f"{name_of(user)} decided on it. {outcome}.",
        *([f"The reason given: {proposal.why_declined}"] if proposal.why_declined else []),
        *(f"Its schedule went with that: {each}" for each in theirs),
        by=user,
        address=reverse("publishing_proposal", args=[proposal.pk]),
    )
    schedules_cancelled(cancelled, user, why=TAKEN_DOWN_WITH_IT, already_mailed=[asker])


def taken_back(proposal, user) -> None:
    tell_of(
        proposal.publishable,
        who_decides_on(proposal),
        f"Withdrawn: {proposal}",
        f"{name_of(user)} does not ask for this any more: {proposal}",
        "Nothing was changed, and there is nothing to decide:",
        by=user,
        address=reverse("publishing_proposal", args=[proposal.pk]),
    )


def commented(page, user, people: Iterable, lines: Iterable[str]) -> None:
    title = page.get_latest_revision().object_str if page.latest_revision_id else page.title
    tell_of(
        page,
        people,
        f"Comments: {title}",
        f"{name_of(user)} changed the comments on “{title}”.",
        *lines,
        by=user,
    )


def _comment(text: str) -> str:
    return f"The comment: {text.strip()}" if text.strip() else ""
