from django.contrib.messages import get_messages
from django.contrib.messages.constants import ERROR
from django.contrib.messages.storage.session import SessionStorage


class DeskMessages(SessionStorage):
    """Messages in the session, which also know what they told a person in this request."""

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.errors_shown: list[str] = []

    def add(self, level, message, extra_tags=""):
        if level == ERROR:
            self.errors_shown.append(str(message))
        super().add(level, message, extra_tags)


def errors_shown(request) -> list[str]:
    """The errors that this request has told the person who made it."""
    return getattr(get_messages(request), "errors_shown", [])
