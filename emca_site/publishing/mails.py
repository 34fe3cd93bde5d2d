"""Every mail of publishing: a function for each event says who is told, and in which words.

Each person gets one mail for one event: not whoever did it, and nobody who may not know of the
thing. Models and views call these functions, so nothing here imports a model of this room.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from wagtail.models import Page, Revision

from emca_site.publishing.desk_addresses import address_of
from emca_site.publishing.people import approvers, knows_all, may_approve
from emca_site.publishing.rights import may_know
from emca_site.publishing.telling import tell
from emca_site.publishing.times import in_words, when_it_goes_live


def tell_of(
    thing, people: Iterable, subject: str, *lines: str, by=None, address: str | Callable = ""
) -> None:
    """Tell those among some people who may know of a thing, but not whoever did it."""
    if thing is None:  # deleted meanwhile: nobody can be asked whether they may know of it
        return
    told = [person for person in people if person and person != by and may_know(person, thing)]
    tell(told, subject, *lines, address=address or (lambda person: address_of(thing, person)))


def who_decides(thing) -> list:
    """Everybody who may approve what was changed of a thing, as it is now."""
    editors = thing.changed_by()
    return [each for each in approvers() if each.pk not in editors and may_approve(each)]


def who_worked_on(revision: Revision) -> list:
    """Those who changed a thing since it was last published, and who submitted this version.

    Ask before a publication: after it, nobody has changed anything.
    """
    states = revision.task_states.select_related("workflow_state__requested_by")
    submitted = [state.workflow_state.requested_by for state in states]
    return [*revision.content_object.people_who_changed_it(), *submitted]


def _name(person) -> str:
    return str(person or "Somebody")


def _comment(text: str) -> str:
    return f"The comment: {text.strip()}" if text.strip() else ""


# --- Approval


def submitted(state, user) -> None:
    thing, title = state.revision.content_object, state.revision.object_str
    again = state.workflow_state.task_states.exclude(pk=state.pk).exists()
    tell_of(
        thing,
        who_decides(thing),
        f"To approve: {title}",
        f"{_name(user)} submitted “{title}” for approval{' again' if again else ''}.",
        when_it_goes_live(state.revision.as_object()),
        "Read it and decide:",
        by=user,
        address=reverse("publishing_decide", args=[state.pk]),
    )


def approved(state, user, people: Iterable) -> None:
    """`people`: who worked on it, asked before the publication."""
    thing, title = state.revision.content_object, state.revision.object_str
    at = Revision.objects.values_list("approved_go_live_at", flat=True).get(pk=state.revision_id)
    when, address = "It is live now:", _where_readers_find(thing)
    if at:
        when = f"It goes live on {in_words(at)}, UK time. Until then readers do not see it:"
        address = ""
    tell_of(
        thing,
        people,
        f"Approved: {title}",
        f"{_name(user)} approved “{title}”.",
        _comment(state.comment),
        when,
        by=user,
        address=address,
    )


def sent_back(state, user) -> None:
    thing, title = state.revision.content_object, state.revision.object_str
    tell_of(
        thing,
        who_worked_on(state.revision),
        f"Changes asked for: {title}",
        f"{_name(user)} read “{title}” and asks for changes.",
        _comment(state.comment),
        "Change it, and submit it again:",
        by=user,
    )


def withdrawn(workflow_state, user) -> None:
    """For what waited for a decision: those who would have decided, and whose work it is."""
    revision = workflow_state.current_task_state.revision
    thing, title = revision.content_object, revision.object_str
    tell_of(
        thing,
        [*who_decides(thing), *who_worked_on(revision)],
        f"Withdrawn: {title}",
        f"{_name(user)} withdrew “{title}”: it does not wait for approval any more.",
        "There is nothing to decide. The draft can be changed and submitted again:",
        by=user,
    )


# --- Time


def schedule_cancelled(revision: Revision, at: datetime, user) -> None:
    thing, title = revision.content_object, revision.object_str
    tell_of(
        thing,
        [*who_worked_on(revision), *_who_approved(revision)],
        f"Schedule cancelled: {title}",
        f"{_name(user)} cancelled it: “{title}” does not go live on {in_words(at)}, UK time.",
        "The draft can be changed and submitted again:",
        by=user,
    )


def went_live(revision: Revision, due_at: datetime, people: Iterable) -> None:
    """`people`: who worked on it, asked before the publication."""
    thing, title = revision.content_object, revision.object_str
    tell_of(
        thing,
        people,
        f"Live: {title}",
        f"“{title}” was scheduled for {in_words(due_at)}, UK time. It is live now:",
        address=_where_readers_find(thing),
    )


def ended(thing, at: datetime) -> None:
    version = thing.live_revision or thing.latest_revision
    tell_of(
        thing,
        [version.user if version else None, *thing.team_to_tell()],
        f"Ended: {thing}",
        f"“{thing}” ended on {in_words(at)}, UK time. Readers do not see it any more:",
    )


def missed(thing, what: str, due_at: datetime, reason: str) -> None:
    """`what` did not happen, such as “could not go live”."""
    team = getattr(thing, "owned_by", None)
    tell_of(
        thing,
        [*approvers(), *(team.user_set.all() if team else [])],
        f"Missed: {thing}",
        f"“{thing}” {what} on {in_words(due_at)}, UK time.",
        f"The reason: {reason}",
        "Its schedule stands, and it is tried again every minute. Mend it, or cancel it:",
        address=reverse("wagtailadmin_home"),
    )


# --- Proposals


def asked(proposal) -> None:
    by = proposal.asked_by
    deciders = [each for each in approvers() if may_approve(each)]
    tell_of(
        proposal.thing,
        deciders,
        f"To decide: {proposal}",
        f"{_name(by)} asks for this: {proposal}",
        f"The reason given: {proposal.reason}",
        "Decide:",
        by=by,
        address=reverse("publishing_proposal", args=[proposal.pk]),
    )


def decided(proposal, user) -> None:
    """The answer to whoever asked. Of what is done, declined or withdrawn."""
    outcome = proposal.get_outcome_display()
    tell_of(
        proposal.thing,
        [proposal.asked_by],
        f"{outcome}: {proposal}",
        f"You asked for this: {proposal}",
        f"{_name(user)} decided on it. {outcome}.",
        by=user,
        address=reverse("publishing_proposal", args=[proposal.pk]),
    )


def taken_back(proposal, user) -> None:
    deciders = [each for each in approvers() if may_approve(each)]
    tell_of(
        proposal.thing,
        deciders,
        f"Withdrawn: {proposal}",
        f"{_name(user)} does not ask for this any more: {proposal}",
        "Nothing was changed, and there is nothing to decide:",
        by=user,
        address=reverse("publishing_proposal", args=[proposal.pk]),
    )


# --- On one person's word


def to_look_back_at(items: list) -> None:
    """Tell approvers of all that one person did alone in one go."""
    by, by_name = items[0].done_by, items[0].done_by_name
    what, lines = f"{len(items)} changes by {by_name}", [_done_alone(item) for item in items]
    if len(items) == 1:
        what, lines = str(items[0]), [f"{by_name} did this alone: {lines[0]}"]
    else:
        lines = [f"{by_name} did this alone:", *lines]
    for person in approvers():
        if person == by or not (knows_all(person) or may_approve(person)):
            continue
        own = any(item.subject == person for item in items)
        tell(
            [person],
            f"To look back at: {what}",
            *lines,
            "This is about your own account, so somebody else has to sign it." if own else "",
            "It stands on the look-back list until somebody else has signed it:",
            address=reverse("look_back"),
        )


def _done_alone(item) -> str:
    what = f"{item} ({', '.join(name for name, _, _ in item.changes)})" if item.changes else item
    return f"{what}\nThe reason given: {item.reason}" if item.reason else str(what)


def done_with_a_reason(thing, done: str, reason: str, user, people: Iterable) -> None:
    """Tell those whose work it is. Approvers hear of it by the look-back list."""
    approving = set(approvers())
    tell_of(
        thing,
        [person for person in people if person not in approving],
        f"{done}: {thing}",
        f"{_name(user)} did this alone: {done.lower()}, “{thing}”.",
        f"The reason given: {reason}",
        by=user,
    )


# --- Fact checks


def fact_checked(answer) -> None:
    """Tell the team and whoever sent the link; where something is wrong, approvers as well."""
    grant, title = answer.grant, answer.grant.revision.object_str
    thing = grant.thing
    people = [grant.made_by, *thing.team_to_tell()]
    lines = [f"{answer.in_short}. It is about the draft “{title}”.", *answer.changes_in_words]
    if answer.changes:
        people += approvers()
        lines += [_what_goes_on(thing), "It stands on the first page of the desk until it is read."]
    tell_of(
        thing,
        people,
        f"{answer.in_short}: {title}",
        *lines,
        "Read it, and see the links that were sent:",
        address=reverse("publishing_fact_check", args=[thing._meta.label_lower, thing.pk]),
    )


def _what_goes_on(thing) -> str:
    if scheduled := thing.scheduled_revision:
        return (
            f"It is approved to go live on {in_words(scheduled.approved_go_live_at)}, UK time. If "
            "it must not go out as it is, an approver has to cancel that in its history."
        )
    state = thing.current_workflow_state
    if state and state.status == state.STATUS_IN_PROGRESS:
        return "It waits for approval."
    return ""


# --- Comments


def commented(page, user, people: Iterable, lines: Iterable[str]) -> None:
    title = page.get_latest_revision().object_str if page.latest_revision_id else page.title
    tell_of(
        page,
        people,
        f"Comments: {title}",
        f"{_name(user)} changed the comments on “{title}”.",
        *lines,
        by=user,
    )


# --- Helpers


def _who_approved(revision: Revision) -> list:
    states = revision.task_states.filter(status="approved").select_related("finished_by")
    return [state.finished_by for state in states]


def _where_readers_find(thing) -> str:
    """The path of a page that readers can open; other things are found on the desk."""
    if not isinstance(thing, Page):
        return ""
    page = Page.objects.get(pk=thing.pk)  # as it is now: the object in hand may be of before
    parts = page.get_url_parts() if page.live else None
    return parts[2] if parts else ""
