"""The pages that a newcomer sees first, in a real browser."""

import pytest

from tests import builders

ADDRESSES = ["/", "/what-we-do/transport/", "/news/better-buses/"]


@pytest.fixture
def small_site(page_at):
    """A home page, an area and an article, with pictures, banners, a notice and figures."""
    image = builders.add_image(file=builders.picture_file(size=(840, 360)))
    home = builders.add_home(banner_image=image, intro="What we do.")
    index = builders.add_priority_index(home, banner_image=image)
    area = builders.add_priority(index, "Transport", slug="transport", banner_image=image)
    news = builders.add_news_index(home)
    builders.add_standard_page(home, "About us", slug="about")
    figure = builders.add_figure()
    builders.add_article(
        news,
        "Better buses",
        slug="better-buses",
        priorities=[area],
        lead_picture=image,
        body=[
            ("text", "<h2>Why</h2><p>Because.</p><h2>How</h2><p>So.</p><h2>When</h2><p>Soon.</p>"),
            ("figures", {"heading": "", "figures": [figure]}),
            ("callout", {"heading": "Good to know", "text": "<p>One thing.</p>"}),
        ],
    )
    builders.add_banner(home, picture=image, link_page=area, link_text="See our plans")
    builders.add_banner(home, picture=image, headline="A second", link_page=news, link_text="News")
    builders.add_notice(level="emergency", lead="Example only.")
    home.key_figures = [("figure", figure)]
    home.save()
    return home


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_pages_are_clean(page_at, axe, small_site, width, scheme):
    visit = page_at(width, scheme=scheme)
    for address in ADDRESSES:
        answer = visit.page.goto(address)
        assert answer.status == 200
        assert axe(visit.page) == [], address
        overflow = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, address
    visit.assert_clean()


def test_the_skip_link_comes_first_and_leads_to_the_content(page_at, small_site):
    visit = page_at(360)
    visit.page.goto("/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Skip to content"
    assert visit.page.locator(".skip").bounding_box()["y"] >= 0, "it shows when it has the focus"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"


def test_the_menu_opens_on_a_phone_without_javascript(page_at, small_site):
    visit = page_at(360, javascript=False)
    visit.page.goto("/")
    news = visit.page.get_by_role("navigation", name="Main").get_by_role("link", name="News")
    assert not news.is_visible()
    visit.page.get_by_role("button", name="Menu", exact=True).click()
    assert news.is_visible()
    visit.page.keyboard.press("Escape")
    assert not news.is_visible()


def test_a_wide_screen_needs_no_menu_button(page_at, small_site):
    visit = page_at(1440)
    visit.page.goto("/")
    assert visit.page.get_by_role("navigation", name="Main").get_by_role("link").first.is_visible()
    assert not visit.page.get_by_role("button", name="Menu", exact=True).is_visible()


@pytest.mark.parametrize(("screen", "shape"), [(360, 4 / 5), (700, 16 / 9), (1440, 21 / 9)])
def test_the_large_banner_has_a_crop_for_each_screen(page_at, small_site, screen, shape):
    visit = page_at(screen)
    visit.page.goto("/")
    image = visit.page.locator(".hero__art img")
    source = image.evaluate("img => img.currentSrc")
    width, height = image.evaluate(
        "async img => { await img.decode(); return [img.naturalWidth, img.naturalHeight] }"
    )
    assert ".avif" in source
    assert width / height == pytest.approx(shape, rel=0.05)


def test_the_heading_is_in_the_first_screen_of_a_phone(page_at, small_site):
    visit = page_at(360, height=640)
    for address in ADDRESSES:
        visit.page.goto(address)
        heading = visit.page.get_by_role("heading", level=1).bounding_box()
        assert heading["y"] + heading["height"] <= 640, address


def test_the_desk_asks_no_other_host(page_at, small_site, django_user_model):
    django_user_model.objects.create_superuser("admin@example.org", "a-pass-phrase")
    visit = page_at(1440)
    visit.page.goto("/admin/login/")
    visit.page.get_by_label("E-mail address").fill("admin@example.org")
    visit.page.locator("#id_password").fill("a-pass-phrase")
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.wait_for_url("**/admin/")
    for address in [
        "/admin/",
        f"/admin/pages/{small_site.pk}/",
        f"/admin/pages/{small_site.pk}/edit/",
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
