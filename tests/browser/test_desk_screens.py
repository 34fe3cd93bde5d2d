"""The desk's own screens: nothing for axe, by keyboard, and no sideways scroll on a phone."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from emca_site.publishing.models import LookBackItem, Proposal
from home.demo.accounts import load_accounts
from news.models import NewsIndexPage
from tests import builders
from tests.desk_site import desk_of, person


@pytest.fixture(scope="module")
def addresses(server):
    """A screen of each kind, with something in it."""
    call_command("setup_site", verbosity=0)
    load_accounts()
    index = NewsIndexPage.objects.get()
    words = {"slug": "on-the-desk", "live": False, "first_published_at": None, "summary": "TBC"}
    draft = builders.add_article(index, "On the desk", **words)
    draft.save_revision(user=person("comms"))
    waiting = builders.add_article(index, "Waiting here", slug="waiting-here", live=False)
    waiting.save_revision(user=person("comms"))
    state = waiting.get_workflow().start(waiting, person("comms")).current_task_state
    live = index.get_children().live().first().specific
    live.title = "Changed title"
    live.save_revision(user=person("comms"))
    proposal = Proposal.objects.create(
        kind="retire",
        retire_as="kept",
        told="It is out of date.",
        thing=live,
        asked_by=person("comms"),
        reason="It is out of date.",
    )
    LookBackItem.objects.record(
        live, "Published with a reason", done_by=person("admin"), reason="A flood."
    )
    live.review_by = timezone.localdate().replace(year=2020)
    type(live).objects.filter(pk=live.pk).update(review_by=live.review_by)
    label = "news.articlepage"
    return {
        "desk": "/admin/",
        "decide": f"/admin/decide/{state.pk}/",
        "proposal": f"/admin/proposals/{proposal.pk}/",
        "ask to retire": f"/admin/ask/retire/{label}/{live.pk}/",
        "ask to move": f"/admin/ask/move/{label}/{live.pk}/",
        "publish now": f"/admin/publish-now/{label}/{draft.pk}/",
        "look-back list": "/admin/look-back/",
        "decisions": "/admin/reports/decisions/",
        "reviews due": "/admin/reports/reviews/",
        "guide": "/admin/guide/",
    }


SCREENS = [
    "desk",
    "decide",
    "proposal",
    "ask to retire",
    "ask to move",
    "publish now",
    "look-back list",
    "decisions",
    "reviews due",
    "guide",
]
WHO = {"decide": "approver", "proposal": "approver", "look-back list": "approver"}


@pytest.fixture
def desk_at(page_at, server):
    """A page of somebody who is signed in already."""

    def make(name: str, width: int, **options):
        page = page_at(width, **options).page
        session = desk_of(name).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}
        page.context.add_cookies([cookie])
        return page

    return make


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_a_phone_scrolls_one_way(addresses, desk_at, axe, screen):
    assert set(SCREENS) == set(addresses)
    for width, scheme in ((1440, "light"), (360, "dark")):
        page = desk_at(WHO.get(screen, "admin"), width, scheme=scheme)
        assert page.goto(addresses[screen]).ok
        found = "\n".join(axe(page, "main"))
        assert not found, (width, found)
        if width == 360 and screen not in {"decisions", "reviews due"}:  # wide tables of Wagtail's
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_approver_decides_by_keyboard_alone(addresses, desk_at):
    page = desk_at("approver", 1440)
    page.goto(addresses["decide"])
    page.get_by_label("Comment").focus()
    page.keyboard.type("Say when.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask for changes")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is back with its editor")).to_be_visible()
