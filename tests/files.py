"""What visitors and others get when they ask for a picture or a file."""

import uuid

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emca_site.media.models import SiteDocument, SiteImage


def address_of(thing) -> str:
    return thing.url if isinstance(thing, SiteDocument) else thing.file.url


def addresses_of(thing) -> list[str]:
    """All that a visitor might ask for: a picture has sizes too."""
    sizes = [each.url for each in thing.renditions.all()] if isinstance(thing, SiteImage) else []
    return [address_of(thing), *sizes]


def status(thing, client=None) -> int:
    """What a visitor gets of it: all of its files answer alike."""
    client = client or Client()
    (one,) = {client.get(address).status_code for address in addresses_of(thing)}
    return one


def nonsense_like(address: str) -> str:
    """An address that nothing ever had, with the same name at its end."""
    return f"/files/{uuid.uuid4()}/{address.rsplit('/', 1)[1]}"


def asked(client, address: str, method: str = "get", **headers):
    with CaptureQueriesContext(connection) as captured:
        answer = getattr(client, method)(address, headers=headers)
    body = b"" if answer.streaming else answer.content
    return answer, body, len(captured.captured_queries)


def assert_alike(client, private: str, **how):
    """That an address says nothing which one that never was does not say."""
    nonsense = nonsense_like(private)
    asked(client, nonsense, **how)  # what is kept between requests is kept now
    answer, body, statements = asked(client, private, **how)
    other, other_body, other_statements = asked(client, nonsense, **how)
    assert answer.status_code == other.status_code
    assert body == other_body.replace(nonsense.encode(), private.encode())
    assert dict(answer.headers) == dict(other.headers)
    assert statements == other_statements
    return answer


HOW = {
    "plain": {},
    "HEAD": {"method": "head"},
    "a range": {"range": "bytes=0-3"},
    "no such range": {"range": "bytes=99999999-"},
    "had it before": {"if-none-match": "*"},
    "had it lately": {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    "not if changed": {"if-unmodified-since": "Fri, 01 Jan 1999 00:00:00 GMT"},
    "no other": {"if-match": '"other"'},
}
