"""Mail must not stop an action: it is sent after the commit, and the desk shows failures."""

import logging

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.module_loading import import_string

from emca_site.accounts.models import UnsentMail

log = logging.getLogger(__name__)


def mail_backend(path: str, **options) -> BaseEmailBackend:
    """Return the mail backend that a setting names. Django 6.1 deprecates its `get_connection`."""
    return import_string(path)(**options)


class AfterCommitBackend(BaseEmailBackend):
    """The backend of all mail, including Wagtail's notifications; it sends by `MAIL_TRANSPORT`.

    No mail is sent about an action that is rolled back, and the commit does not wait for a server.
    Senders get no error: by then there is nothing that they could undo.
    """

    def __init__(self, fail_silently=False, **options):
        super().__init__(fail_silently=False)  # a silent failure could not be recorded
        self.options = options

    def send_messages(self, email_messages) -> int:
        messages = list(email_messages)
        transaction.on_commit(lambda: self._deliver(messages), robust=True)
        return len(messages)

    def _deliver(self, messages) -> None:
        try:
            transport = mail_backend(settings.MAIL_TRANSPORT, **self.options)
            transport.open()
        except Exception as error:  # any error of a mail server is recorded
            for message in messages:
                keep_unsent(message, error)
            return
        try:
            for message in messages:
                try:
                    transport.send_messages([message])
                except Exception as error:
                    keep_unsent(message, error)
        finally:
            close_quietly(transport)


def close_quietly(transport: BaseEmailBackend) -> None:
    """Close the connection. If the server is already gone, it has accepted the mail before."""
    try:
        transport.close()
    except Exception:
        log.warning(
            "Mail server closed the connection before QUIT; mail that it accepted is sent",
            exc_info=True,
        )


def keep_unsent(message, error: Exception) -> None:
    """Log the failure and put it on the desk. If that fails too, the log has both."""
    log.error("Mail not sent, see the list on the desk: %s", message.subject, exc_info=error)
    try:
        with transaction.atomic():
            UnsentMail.objects.record(message, error)
    except Exception:
        log.exception("An unsent mail could not be recorded for the desk")
