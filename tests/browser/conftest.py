"""A real browser in front of a real server.

    def test_the_home_page_fits_a_phone(page_at, axe):
        visit = page_at(320, scheme="dark")
        visit.page.goto("/")
        assert axe(visit.page) == []
        visit.assert_clean()

All tests of a worker share one small site (`tests/whole_site.py`), really committed, as the
server's threads have connections of their own. What a test writes stays: it adds things of its own
and leaves those of others alone.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import testcases
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import whole_site
from tests.chromium import find_chromium, launch_arguments

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Visit:
    """One page in a browser context of its own, and what went on behind it."""

    page: Page
    host: str
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def listen(self) -> None:
        """On the context, so that a page opened by this page is heard too."""
        context = self.page.context
        context.on("request", lambda request: self._note_host(request.url))
        context.on("weberror", lambda error: self.errors.append(f"uncaught: {error.error}"))
        context.on("console", self._note_message)

    def assert_clean(self) -> None:
        """Assert that the browser logged no error and asked no other host for anything."""
        assert not self.errors, "\n".join(self.errors)
        assert self.hosts <= {self.host}, f"asked other hosts: {self.hosts - {self.host}}"

    def _note_host(self, url: str) -> None:
        if host := urlsplit(url).netloc:  # data: and blob: have none
            self.hosts.add(host)

    def _note_message(self, message) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location['url']})")


@pytest.fixture(scope="session")
def chromium():
    """One browser for each worker.

    Playwright keeps an event loop running in this thread as long as the browser lives. Django
    takes that for asynchronous code and refuses the database; the tests are not, so it may not.
    """
    path = find_chromium()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=launch_arguments())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(chromium, django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The whole site, served to browsers until the last test is done."""
    # Made here: pytest-django makes a database only for tests that roll back what they do.
    # Django's server for tests would answer with any file from the disk before the site is asked.
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(testcases, "_MediaFilesHandler", lambda site: site)
        databases = setup_databases(verbosity=0, interactive=False)
        whole_site.build()
        running = LiveServer("127.0.0.1")
        yield running
        running.stop()
        teardown_databases(databases, verbosity=0)


@pytest.fixture
def page_at(chromium, server):
    """Makes a page of a given width for one kind of visitor; addresses start at the server."""
    contexts = []

    def make(
        width: int,
        *,
        height: int = 900,
        scheme: str = "light",
        forced_colours: bool = False,
        reduced_motion: bool = False,
        javascript: bool = True,
    ) -> Visit:
        context = chromium.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            forced_colors="active" if forced_colours else "none",
            reduced_motion="reduce" if reduced_motion else "no-preference",
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        visit = Visit(context.new_page(), host=urlsplit(server.url).netloc)
        visit.listen()
        return visit

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe():
    """Runs axe-core in a page and says, a line each, what it found against WCAG 2.2 A and AA."""
    runner = Axe()
    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}

    def violations(page: Page, within: str | None = None) -> list[str]:
        """`within`: a CSS selector, for the desk, whose frame is Wagtail's and not ours."""
        found = runner.run(page, context=within, options=options).response["violations"]
        return [
            f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['target']} {node['html']}"
            for rule in found
            for node in rule["nodes"]
        ]

    return violations
