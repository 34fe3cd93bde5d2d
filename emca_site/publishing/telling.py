"""Mail to people at the desk. It leaves after the commit and stops nothing: see accounts.mail."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


def tell(people: Iterable, subject: str, *lines: str, address: str = "") -> None:
    """One plain message to each. `address` is a path of the desk, put last as a link."""
    if address:
        lines = (*lines, f"{settings.WAGTAILADMIN_BASE_URL}{address}")
    messages = [
        EmailMessage(
            subject=" ".join(subject.split())[:200],  # a title may hold anything, a header may not
            body="\n\n".join(lines),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        for person in people
    ]
    if messages:
        get_connection().send_messages(messages)
