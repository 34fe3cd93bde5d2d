"""The desk's own screens: nothing for axe, by keyboard, and no sideways scroll on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from emca_site.publishing.approval.models.proposal import Proposal
from emca_site.publishing.audit import look_back_list
from emca_site.publishing.uk_time.times import in_words
from news.models import NewsIndexPage
from tests import builders
from tests.desk_site import page as page_of
from tests.desk_site import person


@pytest.fixture(scope="module")
def addresses(teams):
    """A screen of each kind, with something in it."""
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
        retire_as="archived",
        public_reason="It is out of date.",
        publishable=live,
        asked_by=person("comms"),
        reason="It is out of date.",
    )
    look_back = look_back_list.record(
        live, "Published with a reason", done_by=person("admin"), reason="A flood."
    )
    live.review_by = timezone.localdate().replace(year=2020)
    type(live).objects.filter(pk=live.pk).update(review_by=live.review_by)
    notices = [
        builders.add_notice(lead="It comes down", expire_at=timezone.now() + timedelta(days=2)),
        builders.add_notice(
            lead="It should be down", expire_at=timezone.now() - timedelta(hours=1)
        ),
    ]
    label = "news.articlepage"
    yield {
        "desk": "/admin/",
        "decide": f"/admin/decide/{state.pk}/",
        "proposal": f"/admin/proposals/{proposal.pk}/",
        "ask to retire": f"/admin/ask/retire/{label}/{live.pk}/",
        "ask to move": f"/admin/ask/move/{label}/{live.pk}/",
        "publish now": f"/admin/publish-now/{label}/{draft.pk}/",
        "look-back list": "/admin/look-back/",
        "decisions": "/admin/reports/decisions/",
        "reviews due": "/admin/reports/reviews/",
        "what is coming": "/admin/coming/",
        "guide": "/admin/guide/",
    }
    # Notices would push down what other tests look at; and this may be made here once more.
    for thing in (*notices, proposal, look_back, draft, waiting):
        thing.delete()


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
    "what is coming",
    "guide",
]
WHO = {"decide": "approver", "proposal": "approver", "look-back list": "approver"}


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_a_phone_scrolls_one_way(addresses, desk_at, axe, screen):
    assert set(SCREENS) == set(addresses)
    for width, scheme in ((1440, "light"), (360, "dark")):
        page = desk_at(WHO.get(screen, "admin"), width=width, scheme=scheme)
        assert page.goto(addresses[screen]).ok
        found = "\n".join(axe(page, "main"))
        assert not found, (width, found)
        if width == 360 and screen not in {"decisions", "reviews due"}:  # wide tables of Wagtail's
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_approver_decides_by_keyboard_alone(addresses, desk_at):
    page = desk_at("approver")
    page.goto(addresses["decide"])
    page.get_by_label("Comment").focus()
    page.keyboard.type("Say when.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask for changes")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is back with its editor")).to_be_visible()


def at_nine(days: int):
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize("kind", ["page", "notice"])
def test_the_button_follows_the_time_that_is_typed_and_is_never_wrong(addresses, desk_at, kind):
    fields = {"live": False, "first_published_at": None, "go_live_at": at_nine(3)}
    if kind == "page":
        thing = builders.add_article(page_of("/news/"), "For a time", slug="for-a-time", **fields)
        address = f"/admin/pages/{thing.pk}/edit/"
    else:
        thing = builders.add_notice(lead="For a time", expire_at=at_nine(9), **fields)
        address = f"/admin/snippets/banners/notice/edit/{thing.pk}/"
    thing.save_revision(user=person("comms"))
    desk = desk_at("comms")
    assert desk.goto(address).ok
    words = desk.locator("[data-submits]")
    expect(words).to_have_text(f"Submit for approval, to go live on {in_words(at_nine(3))}")
    # The dates stand in a dialog: what is typed there is not saved yet.
    desk.route("**/edit/**", lambda route: route.abort() if is_post(route) else route.continue_())
    if desk.get_by_role("button", name="Toggle status").get_attribute("aria-expanded") != "true":
        desk.get_by_role("button", name="Toggle status").click()
    desk.get_by_role("button", name=re.compile("Edit schedule|Set schedule")).first.click()
    field = desk.locator("#id_go_live_at")
    field.fill(f"{at_nine(4):%Y-%m-%d %H:%M}")
    expect(words).to_have_text("Submit for approval")
    desk.unroute("**/edit/**")
    field.press("Tab")
    desk.get_by_role("button", name="Save schedule").press("Enter")  # below the calendar
    expect(words).to_have_text(f"Submit for approval, to go live on {in_words(at_nine(4))}")


def is_post(route) -> bool:
    return route.request.method == "POST"
