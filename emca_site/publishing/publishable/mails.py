"""Mail about cancelled schedules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Revision

from emca_site.publishing.mail.recipients import name_of, tell_of, who_worked_on
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.uk_time.times import in_words

TAKEN_DOWN_WITH_IT = "It, or a page above it, was taken down, and its schedule went with that."


@dataclass(frozen=True)
class Cancelled:
    """A cancelled schedule, with the people who worked on its version or approved it."""

    revision: Revision
    at: datetime
    people: tuple

    @classmethod
    def of(cls, revision: Revision, at: datetime) -> "Cancelled":
        """Create it for a revision whose schedule ended at `at` without a publication."""
        people = [*who_worked_on(revision), *_who_approved(revision)]
        return cls(revision, at, tuple(person for person in people if person))

    def __str__(self):
        return f"“{self.revision.object_str}” does not go live on {in_words(self.at)}, UK time."

    def concerns(self, person) -> bool:
        return person in self.people and may_see(person, self.revision.content_object)


def schedules_cancelled(
    cancelled: Iterable[Cancelled], user, why: str = "", already_mailed: Iterable = ()
) -> None:
    """Send each person whom these schedules concern one mail about all of theirs.

    `already_mailed` are people who read of them in another mail about the same event.
    """
    people = {person for each in cancelled for person in each.people} - set(already_mailed)
    for person in sorted(people, key=lambda person: person.pk):
        theirs = [each for each in cancelled if each.concerns(person)]
        if not theirs:
            continue
        subject = f"Schedule cancelled: {theirs[0].revision.object_str}"
        if len(theirs) > 1:
            subject += f", and {len(theirs) - 1} more"
        drafts = "The draft" if len(theirs) == 1 else "The drafts"
        tell_of(
            theirs[0].revision.content_object,
            [person],
            subject,
            f"{name_of(user)} cancelled it: {theirs[0]}",
            *map(str, theirs[1:]),
            why,
            f"{drafts} can be changed and submitted again:",
            by=user,
        )


def _who_approved(revision: Revision) -> list:
    states = revision.task_states.filter(status="approved").select_related("finished_by")
    return [state.finished_by for state in states]
