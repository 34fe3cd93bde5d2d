"""A draft that was sent to somebody, in their browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from emca_site.media.models import Grant
from emca_site.publishing.embargo.models import FactCheckAnswer
from news.models import NewsIndexPage
from tests import builders


@pytest.fixture
def grant(server) -> Grant:
    index = NewsIndexPage.objects.get()
    picture = builders.add_image("Of the draft", file=builders.picture_file(size=(1000, 600)))
    body = [("text", "<h2>Why</h2><p>Four are done.</p>"), ("text", "<p>One is late.</p>")]
    draft = builders.add_article(
        index, "To check", slug="to-check", live=False, lead_picture=picture, body=body
    )
    yield Grant.objects.create(
        revision=draft.save_revision(),
        for_whom="Sam Lee",
        expires_at=timezone.now() + timedelta(days=3),
    )
    draft.delete()


def address_of(grant: Grant, name: str = "fact_check") -> str:
    return reverse(name, args=[grant.token])


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_somebody_asks_for_a_change_on_a_phone(page_at, grant, javascript):
    visit = page_at(320, javascript=javascript)
    page = visit.page
    page.goto(address_of(grant))
    assert page.locator("textarea:visible").count() == 0
    assert page.locator("input:checked").count() == 0
    page.get_by_role("group", name="Text 1").get_by_text("Change this").click()
    page.get_by_role("button", name="Send my answers").click()
    links = page.get_by_role("alert").get_by_role("link")
    assert links.all_inner_texts() == [
        "Heading and summary: choose “Correct” or “Change this”",
        "Lead picture: choose “Correct” or “Change this”",
        "Text 1: say what it should say",
        "Text 2: choose “Correct” or “Change this”",
    ]
    links.first.click()
    for name in ("Heading and summary", "Lead picture", "Text 2"):
        page.get_by_role("group", name=name).get_by_label("Correct", exact=True).check()
    page.locator("textarea:visible").fill("Three are done.")
    page.get_by_role("button", name="Send my answers").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you for checking"
    assert FactCheckAnswer.objects.get(grant=grant).changes_in_words == ["Text 1: Three are done."]
    assert page.context.cookies() == []
    visit.assert_clean()


def test_its_pictures_are_shown(page_at, grant):
    visit = page_at(768)
    for name in ("fact_check", "fact_check_page"):
        visit.page.goto(address_of(grant, name))
        picture = visit.page.locator("main picture img").first
        picture.scroll_into_view_if_needed()
        visit.page.wait_for_function("each => each.naturalWidth > 0", arg=picture.element_handle())
    visit.assert_clean()


EVERY_KIND = [(width, scheme) for width in (320, 768, 1440) for scheme in ("light", "dark")]


@pytest.mark.parametrize("name", ["fact_check", "fact_check_page", "fact_check_thanks"])
@pytest.mark.parametrize(
    "kinds",
    [
        [(320, "light"), (1440, "dark")],
        pytest.param(EVERY_KIND, marks=pytest.mark.exhaustive),
    ],
    ids=["some", "all"],
)
def test_axe_finds_nothing(page_at, axe, grant, name, kinds):
    visit = page_at(320)
    visit.page.goto(address_of(grant, name))
    for width, scheme in kinds:
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.emulate_media(color_scheme=scheme)
        assert axe(visit.page) == [], (width, scheme)


@pytest.mark.parametrize("name", ["fact_check", "fact_check_page", "fact_check_thanks"])
def test_nothing_scrolls_sideways(page_at, grant, name):
    visit = page_at(320)
    visit.page.goto(address_of(grant, name))
    for width in (320, 768, 1440):
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
