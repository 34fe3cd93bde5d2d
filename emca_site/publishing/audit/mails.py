"""Send mail about what one person did without approval."""

from collections.abc import Iterable

from django.urls import reverse

from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.mail.recipients import name_of, tell_of
from emca_site.publishing.mail.telling import tell
from emca_site.publishing.permissions.people import approvers, sees_all


def to_look_back_at(items: list) -> None:
    """Mail approvers about all items that one person made in one request."""
    by, by_name = items[0].done_by, items[0].done_by_name
    what, lines = f"{len(items)} changes by {by_name}", [_done_alone(item) for item in items]
    if len(items) == 1:
        what, lines = str(items[0]), [f"{by_name} did this alone: {lines[0]}"]
    else:
        lines = [f"{by_name} did this alone:", *lines]
    for person in approvers():
        if person == by or not _is_told_to_look_back(person):
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


def done_with_a_reason(obj, done: str, reason: str, user, people: Iterable, *lines: str) -> None:
    """Mail the people among `people` who get no mail about the look-back list instead.

    `lines` say what else happened with it.
    """
    looking_back = {person for person in approvers() if _is_told_to_look_back(person)}
    tell_of(
        obj,
        [person for person in people if person not in looking_back],
        f"{done}: {obj}",
        f"{name_of(user)} did this alone: {done.lower()}, “{obj}”.",
        f"The reason given: {reason}",
        *lines,
        by=user,
    )


def _is_told_to_look_back(person) -> bool:
    return sees_all(person) or may_approve(person)
