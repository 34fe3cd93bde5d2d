"""Mail about a cancelled schedule."""

from datetime import datetime

from wagtail.models import Revision

from emca_site.publishing.mail.recipients import name_of, tell_of, who_worked_on
from emca_site.publishing.uk_time.times import in_words


def schedule_cancelled(revision: Revision, at: datetime, user, why: str = "") -> None:
    publishable, title = revision.content_object, revision.object_str
    tell_of(
        publishable,
        [*who_worked_on(revision), *_who_approved(revision)],
        f"Schedule cancelled: {title}",
        f"{name_of(user)} cancelled it: “{title}” does not go live on {in_words(at)}, UK time.",
        why,
        "The draft can be changed and submitted again:",
        by=user,
    )


def _who_approved(revision: Revision) -> list:
    states = revision.task_states.filter(status="approved").select_related("finished_by")
    return [state.finished_by for state in states]
