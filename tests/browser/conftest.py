"""A real browser in front of a real server.

    def test_the_home_page_fits_a_phone(page_at, axe):
        visit = page_at(320, scheme="dark")
        visit.page.goto("/")
        assert axe(visit.page) == []
        visit.assert_clean()

All tests of a worker share one small site (`tests/whole_site.py`), really committed, as the
server's threads have connections of their own. What a test writes stays: it adds things of its own
and leaves those of others alone.

They share the windows of one browser as well. Each test has tabs of its own in them, and finds no
cookie, no storage and no route of another.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import testcases
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from demo.accounts import load_accounts
from tests import whole_site
from tests.chromium import find_chromium, launch_arguments
from tests.desk_site import desk_of

WITHIN_A_MINUTE = 60_000  # milliseconds: a machine that is busy is no failure
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Window:
    """A browser context that tests use in turn: making one costs more than most of them do.

    A tab that stays open keeps Chromium's window, so that the next test need not open another.
    """

    def __init__(self, browser: Browser, address: str, javascript: bool):
        self.address = address
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            viewport={"width": 1440, "height": 900},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self.stays = self.context.new_page()
        self.devtools = self.context.new_cdp_session(self.stays)

    def make_empty(self) -> None:
        """Close every tab of a test, and forget what it left in the browser."""
        for page in self.context.pages:
            if page != self.stays:
                page.close()
        self.context.unroute_all()
        self.context.set_offline(False)
        self.context.clear_cookies()
        everything = {"origin": self.address, "storageTypes": "all"}
        self.devtools.send("Storage.clearDataForOrigin", everything)


@dataclass
class Visit:
    """One page of a visitor who has been nowhere before, and what went on behind it."""

    page: Page
    host: str
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    @property
    def listeners(self) -> dict:
        return {
            "request": self._note_request,
            "weberror": self._note_error,
            "console": self._note_message,
        }

    def listen(self) -> None:
        """On the context, so that a page opened by this page is heard too."""
        for event, listener in self.listeners.items():
            self.page.context.on(event, listener)

    def stop_listening(self) -> None:
        for event, listener in self.listeners.items():
            self.page.context.remove_listener(event, listener)

    def assert_clean(self) -> None:
        """Assert that the browser logged no error and asked no other host for anything."""
        assert not self.errors, "\n".join(self.errors)
        assert self.hosts <= {self.host}, f"asked other hosts: {self.hosts - {self.host}}"

    def _note_request(self, request) -> None:
        if host := urlsplit(request.url).netloc:  # data: and blob: have none
            self.hosts.add(host)

    def _note_error(self, error) -> None:
        self.errors.append(f"uncaught: {error.error}")

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


@pytest.fixture(scope="session", autouse=True)
def patience():
    expect.set_options(timeout=WITHIN_A_MINUTE)


@pytest.fixture(scope="session")
def windows():
    """The windows that no test uses, by whether scripts run in them."""
    return defaultdict(list)


@pytest.fixture
def page_at(chromium, server, windows):
    """Makes a page of a given width for one kind of visitor; addresses start at the server."""
    used = []

    def make(
        width: int,
        *,
        height: int = 900,
        scheme: str = "light",
        forced_colours: bool = False,
        reduced_motion: bool = False,
        javascript: bool = True,
    ) -> Visit:
        idle = windows[javascript]
        window = idle.pop() if idle else Window(chromium, server.url, javascript)
        visit = Visit(window.context.new_page(), host=urlsplit(server.url).netloc)
        used.append((javascript, window, visit))
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.emulate_media(
            color_scheme=scheme,
            forced_colors="active" if forced_colours else "none",
            reduced_motion="reduce" if reduced_motion else "no-preference",
        )
        visit.listen()
        return visit

    yield make
    for javascript, window, visit in used:
        visit.stop_listening()
        window.make_empty()
        windows[javascript].append(window)


@pytest.fixture(scope="session")
def teams(server):
    """The teams, rights and accounts of a site that was just set up."""
    call_command("setup_site", verbosity=0)
    load_accounts()


@pytest.fixture
def visit_of(teams, page_at, server):
    """Makes a page of somebody who is signed in at the desk already."""

    def make(name: str, width: int = 1440, **options) -> Visit:
        visit = page_at(width, **options)
        session = desk_of(name).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}
        visit.page.context.add_cookies([cookie])
        return visit

    return make


@pytest.fixture
def desk_at(visit_of):
    """Makes a page of somebody who is signed in, at an address of the desk if it is given one."""

    def make(name: str, address: str = "", **options) -> Page:
        page = visit_of(name, **options).page
        if address:
            assert page.goto(address).ok
        return page

    return make


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
