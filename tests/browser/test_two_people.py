"""A press release, from the first draft to the public page, by two people in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from news.models import ArticlePage, NewsIndexPage
from priorities.models import PriorityPage
from tests import builders
from tests.desk_site import article_form, desk_of, loaded, person

PASSWORD = "let-me-in-to-try"


@pytest.fixture
def signed_in(teams, page_at):
    def sign_in(name: str, width: int = 1440):
        visit = page_at(width)
        visit.page.goto("/admin/login/")
        visit.page.get_by_label("E-mail address*").fill(f"{name}@example.org")
        visit.page.get_by_label("Password*").fill(PASSWORD)
        visit.page.get_by_role("button", name="Sign in").click()
        expect(visit.page.get_by_role("heading", name="Your desk")).to_be_visible()
        return visit

    return sign_in


def write_text(page: Page, words: str) -> None:
    """Type words into the first text block of the body."""
    editor = page.locator('[data-contentpath="body"] .public-DraftEditor-content').first
    editor.click()
    expect(editor).to_be_focused()
    page.keyboard.press("Control+A")
    editor.press_sequentially(words)
    # The editor hands its words to the form a moment after they were typed.
    expect(page.locator('[name="body-0-value"]')).to_have_value(re.compile(re.escape(words)))


def submit(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name=re.compile("^Submit for approval")).click()


def test_a_press_release_goes_from_draft_to_live_by_two_people(signed_in, page_at):
    comms = signed_in("comms").page
    index = NewsIndexPage.objects.get()
    comms.goto(f"/admin/pages/add/news/articlepage/{index.pk}/")
    comms.get_by_role("textbox", name="Title*").fill("A tram for the north")
    comms.locator("#id_kind").select_option("press-release")
    comms.locator("[data-contentpath=body]").get_by_title("Insert a block").first.click()
    comms.get_by_role("option", name="Text", exact=True).click()
    write_text(comms, "The tram opens on TBC.")
    comms.locator("#id_summary").fill("A tram line is planned.")
    submit(comms)

    # The gate refuses it, says where and how to mend it, and nothing is submitted.
    expect(comms.get_by_text("Something must be mended first.")).to_be_visible()
    expect(comms.get_by_role("heading", name="One thing to mend")).to_be_focused()
    comms.get_by_role("button", name=re.compile("TBC")).click()
    expect(comms.locator("[contenteditable=true]").first).to_be_focused()
    assert not ArticlePage.objects.filter(live=True, title="A tram for the north").exists()

    write_text(comms, "The tram opens in May.")
    expect(comms.get_by_role("heading", name="Everything here was changed")).to_be_visible()
    submit(comms)
    expect(comms.get_by_text("waits for approval now")).to_be_visible()
    article = ArticlePage.objects.get(title="A tram for the north")

    visitor = page_at(360).page
    assert visitor.goto("/news/a-tram-for-the-north/").status == 404
    assert comms.goto(f"/admin/pages/{article.pk}/edit/").ok
    expect(comms.get_by_text("waiting for approval").first).to_be_visible()

    approver = signed_in("approver").page
    approver.get_by_role("link", name="A tram for the north").click()
    expect(approver.get_by_text("It goes live as soon as it is approved.")).to_be_visible()
    expect(approver.get_by_text("Nothing to mend.")).to_be_visible()
    approver.get_by_role("button", name="Approve: publish now").click()
    expect(approver.get_by_text("is approved")).to_be_visible()

    assert visitor.goto("/news/a-tram-for-the-north/").ok
    expect(visitor.get_by_text("The tram opens in May.")).to_be_visible()


def test_an_area_editor_cannot_open_another_area(signed_in):
    page = signed_in("transport").page
    housing = PriorityPage.objects.get(slug="housing")
    page.goto(f"/admin/pages/{housing.pk}/edit/")
    expect(page.get_by_text("That is not among what you work on")).to_be_visible()
    own = PriorityPage.objects.get(slug="transport")
    assert page.goto(f"/admin/pages/{own.pk}/edit/").ok
    expect(page.get_by_role("heading", name="Transport").first).to_be_visible()


def test_typing_over_somebody_elses_save_ends_in_a_choice_and_loses_nothing(signed_in, axe):
    article = builders.add_article(
        NewsIndexPage.objects.get(), "Typed by two", slug="typed-by-two", live=False
    )
    article.save_revision(user=person("comms"))
    address = f"/admin/pages/{article.pk}/edit/"
    comms = signed_in("comms", width=1440).page
    comms.goto(address)
    form = article_form(title="Theirs", slug="typed-by-two")
    assert desk_of("admin").post(address, {**form, **loaded(article)}).status_code == 302
    comms.locator("#id_title").fill("Mine")
    comms.get_by_role("button", name="Save draft").click()
    expect(comms.get_by_role("heading", name="There is a newer version")).to_be_visible()
    assert axe(comms, "main") == []
    kept = set(article.revisions.values_list("object_str", flat=True))
    assert kept == {"Typed by two", "Theirs", "Mine"}
    comms.get_by_role("button", name="Keep mine as the latest").click()
    expect(comms.get_by_text("Your version is the latest now")).to_be_visible()
    expect(comms.locator("#id_title")).to_have_value("Mine")
