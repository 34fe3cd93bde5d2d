from django.contrib.messages import get_messages
from django.contrib.messages.constants import ERROR
from django.contrib.messages.storage.session import SessionStorage


class DeskMessages(SessionStorage):
    """Session messages that also record the errors added in this request."""

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.errors_shown: list[str] = []

    def add(self, level, message, extra_tags=""):
        if level == ERROR:
            self.errors_shown.append(str(message))
        super().add(level, message, extra_tags)


def errors_shown(request) -> list[str]:
    """Return the error messages added in this request."""
    return getattr(get_messages(request), "errors_shown", [])
