"""A visitor with a keyboard and no JavaScript gets what they came for and meets no dead end."""

import pytest

MOST_TABS = 200


@pytest.fixture
def resident(page_at):
    return page_at(360, javascript=False).page


def go_by_keyboard(page, name: str) -> None:
    """Press Tab until something with this name has the focus, then Enter, and see the next page."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and name in (
            focused.inner_text() or focused.get_attribute("aria-label") or ""
        ):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"The keyboard never reached “{name}” on {page.url}")


def focus_by_keyboard(page, selector: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"The keyboard never reached {selector} on {page.url}")


def heading(page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_from_the_front_door_to_the_promise_the_news_the_feed_and_a_report(resident):
    resident.goto("/")
    go_by_keyboard(resident, "Housing and land")
    assert heading(resident) == "Housing and land"

    resident.goto("/")
    go_by_keyboard(resident, "All news")
    assert heading(resident) == "News"
    focus_by_keyboard(resident, "summary")
    resident.keyboard.press("Enter")
    focus_by_keyboard(resident, "input[name=priority][value=housing]")
    resident.keyboard.press("Space")
    go_by_keyboard(resident, "Show news")
    assert "priority=housing" in resident.url
    assert resident.get_by_role("heading", name="One article matches").is_visible()

    feed = resident.get_by_role("link", name="(Atom)")
    answer = resident.request.get(feed.get_attribute("href"))
    assert answer.status == 200
    assert "Better buses" in answer.text()
    assert "Have your say" not in answer.text()

    go_by_keyboard(resident, "Report a problem with this page")
    assert heading(resident) == "Report a problem"
    focus_by_keyboard(resident, "main textarea")
    resident.keyboard.type("The picture is not described.")
    go_by_keyboard(resident, "Send")
    assert "Thank you" in resident.locator("main").inner_text()
    assert resident.locator("main a").count() > 0, "no way on from here"


def test_an_answer_about_a_page_comes_back_to_the_page(resident):
    resident.goto("/about/")
    go_by_keyboard(resident, "Yes")
    assert resident.url.endswith("/about/?thanks=1#feedback")
    assert heading(resident) == "About us"
    assert resident.get_by_text("Thank you.").is_visible()
    assert resident.context.cookies() == []


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/here/",
        "/news/?priority=housing&kind=statement",
        "/search/?q=zzzzzz",
        "/who-does-what/?topic=nothing&council=northwick",
    ],
)
def test_no_page_is_a_dead_end(resident, address):
    resident.goto(address)
    assert resident.locator("main a").count() > 0
    for link in resident.locator("main a[href^='/']").all():
        assert resident.request.get(link.get_attribute("href")).status == 200
