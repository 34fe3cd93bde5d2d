"""Request addresses of the site as an anonymous visitor."""

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
LARGEST_BODY = 5 * 1024 * 1024  # bytes; every page of ours is far smaller
WORDS = re.compile(r"^text/|json|xml")  # content types with text

_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/]))")


@dataclass(frozen=True)
class Answer:
    """A response as a visitor got it. Status 0 means no response; `text` then has the reason."""

    status: int
    text: str
    headers: dict[str, str]

    def tells(self, secret: str) -> bool:
        """Whether the text or a header of the response (such as a redirect) contains this text."""
        text = " ".join([self.text, *self.headers.values()])
        ways_to_write_it = (text, unescape(text), _JSON_ESCAPE.sub(_as_written, text))
        return any(secret.casefold() in each.casefold() for each in ways_to_write_it)


class Visitor:
    """Client of the site's own handler in this process: all middleware, no session, no cookie."""

    def __init__(self):
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def ask(self, address: str) -> Answer:
        """GET an address such as `/news/?page=2`, and roll back whatever the request writes."""
        # No user in the log context: the response must not depend on who called this.
        with transaction.atomic(), LogContext(user=None):
            response = self._handler.get_response(WSGIRequest(_environ(address)))
            transaction.set_rollback(True)
        # For a file only the status matters, so its body is not read.
        text = "" if response.streaming else response.content.decode(errors="replace")
        # Do not use `response.close()`: it sends `request_finished`, on which Django closes the
        # database connection in the middle of the caller's transaction.
        for close in response._resource_closers:
            close()
        return Answer(response.status_code, text, dict(response.headers))


class VisitorAtTheEdge:
    """Client that goes through `SITE_URL`, and so through any cache in front of the site."""

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
        return None  # the redirect itself is the response wanted


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
        # As WSGI servers pass them on: the path decoded and read as Latin-1, the query still
        # percent-encoded, as browsers send any accent in it.
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
