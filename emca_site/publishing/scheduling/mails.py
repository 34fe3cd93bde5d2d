"""Mail about what went live, ended or missed its time."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from wagtail.models import Revision

from emca_site.publishing.mail.recipients import tell_of, where_readers_find
from emca_site.publishing.permissions.people import approvers
from emca_site.publishing.uk_time.times import in_words


def went_live(revision: Revision, due_at: datetime, people: Iterable) -> None:
    """Mail `people`, who worked on it: read them before publication, which resets the list."""
    publishable, title = revision.content_object, revision.object_str
    tell_of(
        publishable,
        people,
        f"Live: {title}",
        f"“{title}” was scheduled for {in_words(due_at)}, UK time. It is live now:",
        address=where_readers_find(publishable),
    )


def ended(publishable, at: datetime) -> None:
    version = publishable.live_revision or publishable.latest_revision
    tell_of(
        publishable,
        [version.user if version else None, *publishable.team_to_tell()],
        f"Ended: {publishable}",
        f"“{publishable}” ended on {in_words(at)}, UK time. Readers do not see it any more:",
    )


def missed(publishable, what: str, due_at: datetime, reason: str) -> None:
    """Mail approvers and the team. `what` describes the failure, such as “could not go live”."""
    tell_of(
        publishable,
        [*approvers(), *publishable.team_to_tell()],
        f"Missed: {publishable}",
        f"“{publishable}” {what} on {in_words(due_at)}, UK time.",
        f"The reason: {reason}",
        "Its schedule stands, and it is tried again every minute. Mend what stops it, or have an "
        "approver cancel it:",
        address=reverse("wagtailadmin_home"),
    )
