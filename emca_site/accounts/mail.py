"""Mail never stops an action: it leaves after the commit, and what fails is shown on the desk."""

import logging

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.module_loading import import_string

from emca_site.accounts.models import UnsentMail

log = logging.getLogger(__name__)


def mail_backend(path: str, **options) -> BaseEmailBackend:
    """Make the mail backend that a setting names. Django 6.1 deprecates its `get_connection`."""
    return import_string(path)(**options)


class AfterCommitBackend(BaseEmailBackend):
    """The way out for every mail, Wagtail's notices included, by way of `MAIL_TRANSPORT`.

    Nothing is said about an action that is rolled back, and no server is waited for before the
    commit. Nobody who sends is told of a failure: by then there is nothing that they could undo.
    """

    def __init__(self, fail_silently=False, **options):
        super().__init__(fail_silently=False)  # a failure that is silent could not be kept
        self.options = options

    def send_messages(self, email_messages) -> int:
        messages = list(email_messages)
        transaction.on_commit(lambda: self._deliver(messages), robust=True)
        return len(messages)

    def _deliver(self, messages) -> None:
        try:
            transport = mail_backend(settings.MAIL_TRANSPORT, **self.options)
            transport.open()
        except Exception as error:  # whatever a mail server does, it is kept
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
    """A server that is gone when told goodbye has already taken the mail."""
    try:
        transport.close()
    except Exception:
        log.warning("The mail server did not take its leave", exc_info=True)


def keep_unsent(message, error: Exception) -> None:
    """Log the failure and put it on the desk. If even that fails, the log has it."""
    log.error("A mail could not be sent: %s", message.subject, exc_info=error)
    try:
        with transaction.atomic():
            UnsentMail.objects.record(message, error)
    except Exception:
        log.exception("A mail that could not be sent could not be kept either")
