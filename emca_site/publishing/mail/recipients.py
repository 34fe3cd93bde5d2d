"""Choose who gets mail about an event, and send it.

Each person gets one mail for one event. The person who caused the event gets none, nor does anybody
who may not see the object. The text for each event is in the `mails` module of each app.
"""

from collections.abc import Callable, Iterable

from wagtail.models import Page, Revision

from emca_site.publishing.mail.desk_addresses import address_of
from emca_site.publishing.mail.telling import tell
from emca_site.publishing.permissions.rights import may_see


def tell_of(
    publishable, people: Iterable, subject: str, *lines: str, by=None, address: str | Callable = ""
) -> None:
    """Mail those of `people` who may see the object, except the user `by`, who did it.

    `address` is as in `tell`; by default it is the object's address on the desk.
    """
    if publishable is None:  # deleted meanwhile: who may see it cannot be decided any more
        return
    recipients = [
        person for person in people if person and person != by and may_see(person, publishable)
    ]
    tell(
        recipients,
        subject,
        *lines,
        address=address or (lambda person: address_of(publishable, person)),
    )


def who_worked_on(revision: Revision) -> list:
    """Return who changed an object since it was last published, and who submitted this version.

    Call it before a publication: afterwards the list of people who changed it is empty.
    """
    states = revision.task_states.select_related("workflow_state__requested_by")
    submitted = [state.workflow_state.requested_by for state in states]
    return [*revision.content_object.people_who_changed_it(), *submitted]


def name_of(person) -> str:
    return str(person or "Somebody")


def where_readers_find(publishable) -> str:
    """Return the path of a page that readers can open; an empty string for anything else."""
    if not isinstance(publishable, Page):
        return ""
    page = Page.objects.get(pk=publishable.pk)  # `publishable` may be out of date
    parts = page.get_url_parts() if page.live else None
    return parts[2] if parts else ""
