"""Send mail to people on the desk.

Mail is sent after the commit, and a failure stops no action: see accounts.mail. What is sent for
which event, and to whom, is in the `mails` module of each app.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.mail import EmailMessage

from emca_site.accounts.mail import mail_backend

_held: ContextVar[list[EmailMessage] | None] = ContextVar("_held", default=None)


def tell(people: Iterable, subject: str, *lines: str, address: str | Callable = "") -> None:
    """Send one plain text mail to each person who is active and has an e-mail address.

    A person who is named twice gets one mail. `lines` are its paragraphs. `address` is a path of
    the desk, or a function that returns one for a person; it comes last.
    """
    recipients = {person.pk: person for person in people if person.is_active and person.email}
    send(_message(recipients[key], subject, lines, address) for key in sorted(recipients))


def _message(person, subject: str, lines: tuple[str, ...], address: str | Callable) -> EmailMessage:
    path = address(person) if callable(address) else address
    if path:
        lines = (*lines, f"{settings.WAGTAILADMIN_BASE_URL}{path}")
    return EmailMessage(
        subject=" ".join(subject.split())[:200],  # a title may hold anything, a header may not
        body="\n\n".join(line for line in lines if line),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def send(messages: Iterable[EmailMessage]) -> None:
    messages = list(messages)
    held = _held.get()
    if held is not None:
        held += messages
    elif messages:
        mail_backend(settings.EMAIL_BACKEND).send_messages(messages)


@contextmanager
def one_delivery() -> Iterator[None]:
    """Send all mails of the `with` block at its end, over one connection.

    A mail server that does not answer then delays nothing that is done within the block.
    """
    held: list[EmailMessage] = []
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
        send(held)
