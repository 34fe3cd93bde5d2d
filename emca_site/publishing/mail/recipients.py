"""Who hears of an event by mail, and how they are told of one thing.

Each person gets one mail for one event: not whoever caused it, and nobody who may not know of the
thing. The functions that say which event has which words stand in the `mails` of each room.
"""

from collections.abc import Callable, Iterable

from wagtail.models import Page, Revision

from emca_site.publishing.mail.desk_addresses import address_of
from emca_site.publishing.mail.telling import tell
from emca_site.publishing.permissions.rights import may_see


def tell_of(
    publishable, people: Iterable, subject: str, *lines: str, by=None, address: str | Callable = ""
) -> None:
    """Tell those among some people who may know of a thing, but not whoever did it."""
    if publishable is None:  # deleted meanwhile: nobody can be asked whether they may know of it
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

    Ask before a publication: after it, nobody has changed anything.
    """
    states = revision.task_states.select_related("workflow_state__requested_by")
    submitted = [state.workflow_state.requested_by for state in states]
    return [*revision.content_object.people_who_changed_it(), *submitted]


def name_of(person) -> str:
    return str(person or "Somebody")


def where_readers_find(publishable) -> str:
    """The path of a page that readers can open; other things are found on the desk."""
    if not isinstance(publishable, Page):
        return ""
    page = Page.objects.get(pk=publishable.pk)  # as it is now: the object in hand may be of before
    parts = page.get_url_parts() if page.live else None
    return parts[2] if parts else ""
