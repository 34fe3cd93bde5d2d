"""Lists on the desk's first page: a user's drafts, what waits for them, and what goes live next."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import GroupPagePermission, Revision, TaskState

from emca_site.publishing.approval.models.proposal import Proposal
from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.mail.desk_addresses import address_of
from emca_site.publishing.scheduling.scheduled import models_to_ask, scheduled_for
from emca_site.publishing.uk_time.times import in_words

MOST = 30  # lines of each list, of which the template shows ten at first


@dataclass(frozen=True)
class Line:
    """One line in a list on the desk."""

    title: str
    url: str
    note: str


def drafts_of(user) -> list[Line]:
    """Return the unapproved drafts whose latest revision is by this user, newest first."""
    finder = AdminURLFinder(user)
    found = []
    for model in models_to_ask():
        mine = model._base_manager.filter(
            has_unpublished_changes=True, latest_revision__user=user
        ).select_related("latest_revision")
        found += mine.order_by("-latest_revision__created_at")[:MOST]
    found.sort(key=lambda publishable: publishable.latest_revision.created_at, reverse=True)
    return [
        Line(
            publishable.latest_revision.object_str,
            finder.get_edit_url(publishable) or "",
            _state(publishable),
        )
        for publishable in found[:MOST]
    ]


def _state(publishable) -> str:
    if scheduled := publishable.scheduled_revision:
        return f"Goes live on {in_words(scheduled.approved_go_live_at)}"
    state = publishable.current_workflow_state
    if state is None:
        return "Draft"
    if state.status == state.STATUS_NEEDS_CHANGES:
        return "An approver asks for changes"
    return "Waiting for approval"


def waiting_for(user) -> list[Line]:
    """Return what this user may decide on: dated objects by go-live time, then by submission time.

    Proposals come last.
    """
    if not may_approve(user):
        return []
    states = (
        TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        .select_related("revision", "workflow_state__requested_by")
        .order_by("started_at", "pk")
    )
    lines = []
    for state in states:
        publishable = state.workflow_state.content_object
        publishable = getattr(publishable, "specific", publishable)
        if publishable is not None and user.pk not in publishable.changed_by():
            asked = state.workflow_state.requested_by
            url = reverse("publishing_decide", args=[state.pk])
            due = _due_at(state.revision, publishable)
            notes = [_due_in_words(due), f"Submitted by {asked or 'somebody'}"]
            line = Line(state.revision.object_str, url, " · ".join(filter(None, notes)))
            lines.append((due, line))
    undated = timezone.now()  # they keep their order
    lines.sort(key=lambda each: (each[0] is None, each[0] or undated))
    lines = [line for _, line in lines]
    for proposal in Proposal.objects.waiting().exclude(asked_by=user).select_related("asked_by"):
        url = reverse("publishing_proposal", args=[proposal.pk])
        lines.append(Line(str(proposal), url, f"Asked by {proposal.asked_by or 'somebody'}"))
    return lines


def _due_at(revision: Revision, publishable) -> datetime | None:
    """Return a revision's go-live time; None if it has none, or was published at or after it."""
    at = parse_datetime(revision.content.get("go_live_at") or "")
    last = publishable.last_published_at
    return None if at and last and at <= last else at


def _due_in_words(due: datetime | None) -> str:
    if due is None:
        return ""
    return f"{'Due' if due > timezone.now() else 'Was due'} {_on(due)}"


def coming_up(user) -> list[Line]:
    """Return the next scheduled revisions visible to this user."""
    return [
        Line(
            revision.object_str,
            address_of(revision.content_object, user),
            _on(revision.approved_go_live_at),
        )
        for revision in scheduled_for(user)[:MOST]
    ]


def _on(moment: datetime) -> str:
    return f"{in_words(moment)}, UK time"


def pages_of(user) -> list[Line]:
    """Return the pages that this user's groups may change, each including the pages below it."""
    rights = (
        GroupPagePermission.objects.filter(
            group__user=user, permission__codename="change_page", page__depth__gt=1
        )
        .select_related("page")
        .order_by("page__path")
    )
    pages = list({right.page_id: right.page for right in rights}.values())
    return [
        Line(
            page.title,
            reverse("wagtailadmin_explore", args=[page.pk]),
            f"{page.numchild} below it" if page.numchild else "",
        )
        for page in pages
    ]
