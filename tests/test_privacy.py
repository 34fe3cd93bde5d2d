"""A visitor leaves nothing behind and is told to nobody."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders, whole_site

MACHINES = [
    "/news/feed/",
    "/news/feed.json",
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/favicon.ico",
    "/health/live",
]

READS = ("SELECT", "SAVEPOINT", "RELEASE", "EXPLAIN")


@pytest.fixture
def site(db):
    return whole_site.build()


def test_no_public_address_sets_a_cookie_writes_or_names_another_host(client, site):
    document = builders.add_document()
    image = builders.add_image()
    builders.use_live(document), builders.use_live(image)
    # The first visit to a search that finds nothing is the one thing that is counted.
    counted = "/search/?q=zzzzzz"
    addresses = [*whole_site.ADDRESSES.values(), *MACHINES, document.url, image.file.url]
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert not answer.cookies, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert answer.headers.get("Referrer-Policy") or address == "/favicon.ico", address
        writes = [
            query["sql"]
            for query in captured.captured_queries
            if not query["sql"].lstrip("(").startswith(READS)
        ]
        assert not writes or address == counted, (address, writes)
        if answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        loaded = re.findall(
            # A licence that is named in the head is not fetched.
            r"""<(?:img|script|link(?! rel="license")|source|iframe|form)\b"""
            r"""[^>]*?\b(?:src|srcset|href|action)="(https?:)?//([^"/]+)""",
            page,
        )
        assert {host for _, host in loaded} <= {"testserver", "127.0.0.1:8000"}, address
        assert "localStorage" not in page
        assert "js/desk-" not in page, address  # these may ask the desk


def test_the_scripts_keep_nothing_and_ask_nobody():
    for script in (Path(__file__).resolve().parent.parent / "static" / "js").glob("*.js"):
        # Those of the desk ask the desk, for people who are signed in.
        asking = [] if script.name.startswith("desk-") else ["fetch("]
        for word in ("localStorage", "sessionStorage", "indexedDB", "cookie", "http", *asking):
            assert word not in script.read_text(), (script.name, word)
