"""Asks the site for an address as somebody does who has no account here."""

import io
import re
from dataclasses import dataclass
from html import unescape
from urllib.error import HTTPError
from urllib.parse import quote, unquote_to_bytes, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from wagtail.log_actions import LogContext

SECONDS_TO_ANSWER = 5
LARGEST_BODY = 5 * 1024 * 1024  # bytes; no page of ours comes near
WORDS = re.compile(r"^text/|json|xml")  # types of content

_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/]))")


@dataclass(frozen=True)
class Answer:
    """What a visitor got. Status 0: no answer; `text` then says why."""

    status: int
    text: str
    headers: dict[str, str]

    def tells(self, secret: str) -> bool:
        """Whether the words of the answer, or where it leads, hold this text."""
        text = " ".join([self.text, *self.headers.values()])
        ways_to_write_it = (text, unescape(text), _JSON_ESCAPE.sub(_as_written, text))
        return any(secret.casefold() in each.casefold() for each in ways_to_write_it)


class Visitor:
    """Asks the site's own handler, in this process: all middleware, no session, no cookie."""

    def __init__(self):
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def ask(self, address: str) -> Answer:
        """GET an address such as `/news/?page=2`. Whatever the visit would write is undone."""
        # Nobody is at the desk while a visitor asks: what is drawn must not know who called.
        with transaction.atomic(), LogContext(user=None):
            response = self._handler.get_response(WSGIRequest(_environ(address)))
            transaction.set_rollback(True)
        # A file is judged by its status alone; nothing of it is read.
        text = "" if response.streaming else response.content.decode(errors="replace")
        # Not `response.close()`: it tells Django that the request is over, and Django then closes
        # the connection, in the middle of the transaction of whoever asks.
        for close in response._resource_closers:
            close()
        return Answer(response.status_code, text, dict(response.headers))


class VisitorAtTheEdge:
    """Asks through `SITE_URL`, by way of whatever cache stands before the site."""

    def __init__(self):
        self._opener = build_opener(_StayHere)

    def ask(self, address: str) -> Answer:
        try:
            with self._opener.open(
                Request(f"{settings.SITE_URL}{address}"), timeout=SECONDS_TO_ANSWER
            ) as got:
                return _read(got)
        except HTTPError as refused:
            with refused:
                return _read(refused)
        except (OSError, ValueError) as error:
            return Answer(0, f"No answer: {error}", {})


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None  # that it leads elsewhere is the answer


def _as_written(escape: re.Match) -> str:
    return chr(int(escape[1], 16)) if escape[1] else escape[2]


def _read(got) -> Answer:
    is_words = WORDS.search(got.headers.get_content_type())
    text = got.read(LARGEST_BODY).decode(errors="replace") if is_words else ""
    return Answer(got.status, text, dict(got.headers.items()))


def _environ(address: str) -> dict:
    site = urlsplit(settings.SITE_URL)
    path, _, query = address.partition("?")
    default_port = 443 if site.scheme == "https" else 80
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        # As servers hand it on: an address with an accent in it is percent-encoded on the way.
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": quote(query, safe="=&%+"),
        "HTTP_HOST": site.netloc,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or default_port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
