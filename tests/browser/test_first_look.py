"""The pages that a newcomer sees first, in a real browser."""

import pytest
from django.contrib.auth import get_user_model

from home.models import HomePage

ADDRESSES = ["/", "/what-we-do/transport/", "/news/better-buses/"]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_pages_are_clean(page_at, axe, width, scheme):
    visit = page_at(width, scheme=scheme)
    for address in ADDRESSES:
        answer = visit.page.goto(address)
        assert answer.status == 200
        assert axe(visit.page) == [], address
        overflow = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, address
    visit.assert_clean()


def test_the_skip_link_comes_first_and_leads_to_the_content(page_at):
    visit = page_at(360)
    visit.page.goto("/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Skip to content"
    assert visit.page.locator(".skip").bounding_box()["y"] >= 0, "it shows when it has the focus"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"


def test_the_menu_opens_on_a_phone_without_javascript(page_at):
    visit = page_at(360, javascript=False)
    visit.page.goto("/")
    news = visit.page.get_by_role("navigation", name="Main").get_by_role("link", name="News")
    assert not news.is_visible()
    visit.page.get_by_role("button", name="Menu", exact=True).click()
    assert news.is_visible()
    visit.page.keyboard.press("Escape")
    assert not news.is_visible()


def test_a_wide_screen_needs_no_menu_button(page_at):
    visit = page_at(1440)
    visit.page.goto("/")
    assert visit.page.get_by_role("navigation", name="Main").get_by_role("link").first.is_visible()
    assert not visit.page.get_by_role("button", name="Menu", exact=True).is_visible()


@pytest.mark.parametrize(("screen", "shape"), [(360, 4 / 5), (700, 16 / 9), (1440, 21 / 9)])
def test_the_large_banner_has_a_crop_for_each_screen(page_at, screen, shape):
    visit = page_at(screen)
    visit.page.goto("/")
    image = visit.page.locator(".hero__art img")
    source = image.evaluate("img => img.currentSrc")
    width, height = image.evaluate(
        "async img => { await img.decode(); return [img.naturalWidth, img.naturalHeight] }"
    )
    assert ".avif" in source
    assert width / height == pytest.approx(shape, rel=0.05)


def test_the_heading_is_in_the_first_screen_of_a_phone(page_at):
    visit = page_at(360, height=640)
    for address in ADDRESSES:
        visit.page.goto(address)
        heading = visit.page.get_by_role("heading", level=1).bounding_box()
        assert heading["y"] + heading["height"] <= 640, address


def test_the_desk_asks_no_other_host(page_at):
    # Not through the fixture: its transaction would keep the account from the server.
    get_user_model().objects.create_superuser("first-look@example.org", "a-pass-phrase")
    home = HomePage.objects.get()
    visit = page_at(1440)
    visit.page.goto("/admin/login/")
    visit.page.get_by_label("E-mail address").fill("first-look@example.org")
    visit.page.locator("#id_password").fill("a-pass-phrase")
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.wait_for_url("**/admin/")
    for address in [
        "/admin/",
        f"/admin/pages/{home.pk}/",
        f"/admin/pages/{home.pk}/edit/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/snippets/banners/banner/",
        "/admin/settings/core/sitesettings/",
        "/admin/reports/site-history/",
        "/admin/users/",
        "/admin/account/",
    ]:
        visit.page.goto(address, wait_until="networkidle")
    assert visit.hosts == {visit.host}
