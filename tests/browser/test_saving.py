"""One save, one thing: what an editor types is saved once, whenever the button is pressed."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect
from wagtail.log_actions import registry as log_registry
from wagtail.models import Comment

from emca_site.banners.models import Notice
from news.models import ArticlePage, NewsIndexPage
from tests import builders
from tests.browser.conftest import WITHIN_A_MINUTE
from tests.desk_site import person

# Milliseconds from the last key to the button. Autosave sets out half a second to one and a half
# after the last key.
PASSWORD = "let-me-in-to-try"
FEW = [0, 200, 500, 700, 900, 1200, 1600, 2400]


def pytest_generate_tests(metafunc):
    """Each moment for one of the two forms, and many moments for both where --saves says so."""
    if "delay" in metafunc.fixturenames:
        number = metafunc.config.getoption("--saves")
        few = FEW[::2] if "article" in metafunc.function.__name__ else FEW[1::2]
        delays = [3000 * each // (number - 1) for each in range(number)] if number else few
        metafunc.parametrize("delay", delays)


def open_new_article(page):
    page.goto(f"/admin/pages/add/news/articlepage/{NewsIndexPage.objects.get().pk}/")
    watched(page)
    page.locator("[data-contentpath=body]").get_by_title("Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    expect(body_of(page)).to_be_focused()  # a new block takes the keys


def start_article(page, title: str):
    """Begin a new article that is saved by itself."""
    open_new_article(page)
    body_of(page).press_sequentially("Before.")
    write_and_wait(page, title)
    expect(page).to_have_url(re.compile("/edit/$"))


def body_of(page):
    return page.locator('[data-contentpath="body"] .public-DraftEditor-content').first


def watched(page):
    """Wait until Wagtail has looked at the empty form: from then on it sees every change."""
    page.wait_for_function(
        """() => new Promise(done => {
            const form = document.querySelector('[data-edit-form]');
            form.addEventListener('w-unsaved:watch-edits', () => done(true), {once: true});
        })"""
    )


def save(page):
    page.get_by_role("button", name="Save draft").click()


def given_back(page):
    """Wait until the button has been busy, and can be pressed again: nothing was sent."""
    button = page.get_by_role("button", name="Save draft")
    expect(button).to_have_attribute("data-w-progress-loading-value", "false")
    expect(button).to_be_enabled()


def number_of_versions_kept_aside(thing) -> int:
    logs = log_registry.get_logs_for_instance(thing)
    return logs.filter(action="publishing.kept_aside").count()


def the_only_new(model, before: set):
    """What the form created: one object, whatever it was called while it was being typed."""
    [created] = model._base_manager.exclude(pk__in=before)
    assert number_of_versions_kept_aside(created) == 0
    return created


def pks(model) -> set:
    return set(model._base_manager.values_list("pk", flat=True))


def test_a_new_article_is_one_and_has_every_word(desk_at, delay):
    before, title = pks(ArticlePage), f"Quick hand {delay}"
    page = desk_at("comms")
    open_new_article(page)
    page.locator("#id_title").press_sequentially(title, delay=10)
    body_of(page).click()
    body_of(page).press_sequentially("The last word is here.", delay=10)
    page.wait_for_timeout(delay)
    save(page)
    expect(page.get_by_text(re.compile(f"'{title}'( has been updated| created)"))).to_be_visible()
    assert "already in use" not in page.content()
    article = the_only_new(ArticlePage, before)
    assert article.title == title
    assert "The last word is here." in str(article.latest_revision.as_object().body)
    expect(page).to_have_url(re.compile(rf"/admin/pages/{article.pk}/edit/$"))


def test_a_new_notice_is_one_and_has_every_word(desk_at, delay):
    before, lead = pks(Notice), f"Quick hand {delay}"
    page = desk_at("comms")
    page.goto("/admin/snippets/banners/notice/add/")
    watched(page)
    page.locator("#id_lead").press_sequentially(lead, delay=10)
    page.wait_for_timeout(delay)
    save(page)
    expect(page.get_by_text(re.compile(f"Notice '.*{lead}.*' (updated|created)"))).to_be_visible()
    notice = the_only_new(Notice, before)
    assert notice.latest_revision.as_object().lead == lead
    expect(page).to_have_url(re.compile(rf"/notice/edit/{notice.pk}/$"))


def test_saving_the_schedule_while_autosave_is_on_its_way_is_no_conflict_with_oneself(desk_at):
    before = pks(ArticlePage)
    page = desk_at("comms")
    start_article(page, "On a schedule")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    held = []

    def hold(route):
        is_save = route.request.method == "POST"
        route.continue_() if held or not is_save else held.append((route, route.fetch()))

    page.route(re.compile("/edit/$"), hold)
    page.get_by_role("textbox", name="Go live date/time").fill("2035-01-01 09:00")
    expect(page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saving"
    )
    for _ in range(WITHIN_A_MINUTE // 100):
        if not held:
            page.wait_for_timeout(100)
    assert held
    # The site has saved it, and the form does not know yet.
    page.get_by_role("button", name="Save schedule").press("Enter")  # the calendar lies above it
    page.wait_for_timeout(1000)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(page.get_by_text("'On a schedule' has been updated")).to_be_visible()
    expect(page.get_by_role("heading", name="newer version")).to_have_count(0)
    article = the_only_new(ArticlePage, before)
    assert article.latest_revision.as_object().go_live_at.year == 2035


def write_and_wait(page, words: str):
    """Type, and wait until it is saved by itself."""
    with page.expect_response(lambda answer: is_save_of(words, answer)):
        retype(page, words)


def is_save_of(words: str, answer) -> bool:
    return answer.ok and words in (answer.request.post_data or "")


def retype(page, words: str):
    """The title, key by key: the address of a new page follows the keys."""
    page.locator("#id_title").fill("")
    page.locator("#id_title").press_sequentially(words)


def sign_out(page):
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_in_elsewhere(page, name: str = "comms"):
    """Sign in through the link of the message, in another tab of the same browser."""
    with page.context.expect_page() as opened:
        page.locator(".publishing-saving").get_by_role("link").click()
    tab = opened.value
    tab.get_by_label("E-mail address*").fill(f"{name}@example.org")
    tab.get_by_label("Password*").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("heading", name="Your desk")).to_be_visible()
    return tab


def test_a_session_that_ended_is_said_and_every_word_is_saved_after_signing_in(desk_at, axe):
    before = pks(ArticlePage)
    page = desk_at("comms")
    start_article(page, "While I was")
    sign_out(page)
    said = page.locator(".publishing-saving")
    expect(said).to_contain_text("You are signed out")
    assert axe(page, ".publishing-saving") == []
    retype(page, "While I was signed out")
    save(page)  # stays here
    given_back(page)
    expect(page.locator("#id_title")).to_have_value("While I was signed out")
    tab = sign_in_elsewhere(page)
    page.bring_to_front()
    expect(said).not_to_contain_text("You are signed out")
    tab.close()
    body_of(page).click()
    body_of(page).press_sequentially("And after it.")
    save(page)
    expect(page.get_by_text("'While I was signed out' has been updated")).to_be_visible()
    article = the_only_new(ArticlePage, before)
    assert article.title == "While I was signed out"
    assert "And after it." in str(article.latest_revision.as_object().body)


def test_a_button_pressed_before_anybody_noticed_does_not_lead_away(desk_at):
    before = pks(Notice)
    page = desk_at("comms")
    page.goto("/admin/snippets/banners/notice/add/")
    watched(page)
    page.locator("#id_lead").fill("Every word")
    sign_out(page)
    save(page)
    expect(page.locator(".publishing-saving")).to_contain_text("You are signed out")
    sign_in_elsewhere(page).close()
    save(page)
    expect(
        page.get_by_text(re.compile("Notice '.*Every word.*' (updated|created)"))
    ).to_be_visible()
    assert the_only_new(Notice, before).latest_revision.as_object().lead == "Every word"


def test_somebody_else_who_signs_in_in_this_browser_saves_nothing_of_it(desk_at):
    before = pks(ArticlePage)
    page = desk_at("comms")
    start_article(page, "Mine alone")
    sign_out(page)
    retype(page, "Mine alone, on")
    said = page.locator(".publishing-saving")
    expect(said).to_contain_text("You are signed out")
    sign_in_elsewhere(page, "admin").close()
    expect(said).to_contain_text("Somebody else is signed in")
    save(page)
    given_back(page)
    article = the_only_new(ArticlePage, before)
    assert {each.user.email for each in article.revisions.all()} == {"comms@example.org"}
    assert article.title == "Mine alone"


def test_what_was_typed_while_an_autosave_was_on_its_way_is_saved_without_another_key(desk_at):
    before = pks(Notice)
    page = desk_at("comms")
    page.goto("/admin/snippets/banners/notice/add/")
    watched(page)

    def type_meanwhile(route):
        answer = route.fetch()
        page.unroute("**/notice/add/")
        # Just before the answer: Wagtail looks at the form every half second.
        page.evaluate("document.querySelector('#id_lead').value = 'All of it'")
        route.fulfill(response=answer)

    page.route("**/notice/add/", type_meanwhile)
    with page.expect_response(lambda answer: is_save_of("All of it", answer)):
        page.locator("#id_lead").fill("All")
    assert the_only_new(Notice, before).latest_revision.as_object().lead == "All of it"


def test_a_lost_network_is_said_and_every_word_is_saved_when_it_is_back(desk_at):
    before = pks(ArticlePage)
    page = desk_at("comms")
    start_article(page, "Through a")
    page.context.set_offline(True)
    said = page.locator(".publishing-saving")
    expect(said).to_contain_text("cannot be reached")
    retype(page, "Through a tunnel")
    save(page)
    given_back(page)
    with page.expect_response(lambda answer: is_save_of("Through a tunnel", answer)):
        page.context.set_offline(False)  # saved by itself, no key needed
    expect(said).not_to_contain_text("cannot be reached")
    assert the_only_new(ArticlePage, before).title == "Through a tunnel"
    save(page)
    expect(page.get_by_text("'Through a tunnel' has been updated")).to_be_visible()


@pytest.mark.parametrize("field", ["title", "body"])
def test_leaving_just_after_the_last_key_is_asked_about(desk_at, field):
    page = desk_at("comms")
    start_article(page, f"Left in a hurry {field}")
    expect(page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved"
    )
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    written = body_of(page) if field == "body" else page.locator("#id_title")
    written.click()
    # Both in one go: a robot's keys and clicks have pauses of their own between them.
    page.keyboard.insert_text("Last words")
    page.evaluate("location.assign('/admin/')")
    for _ in range(WITHIN_A_MINUTE // 100):
        if not asked:
            page.wait_for_timeout(100)
    assert asked == ["beforeunload"]
    expect(page).to_have_url(re.compile("/edit/$"))


def test_an_unfinished_comment_is_not_left_without_being_asked(desk_at):
    page = desk_at("comms")
    start_article(page, "With a comment")
    expect(page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved"
    )
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("[data-comment-add]").first.evaluate("button => button.click()")
    page.locator("#comments textarea").last.fill("Is this the right day?")
    page.evaluate("location.assign('/admin/')")
    for _ in range(WITHIN_A_MINUTE // 100):
        if not asked:
            page.wait_for_timeout(100)
    assert asked == ["beforeunload"]
    expect(page.locator("#comments textarea").last).to_have_value("Is this the right day?")


def test_save_adds_an_unfinished_comment(desk_at):
    page = desk_at("comms")
    start_article(page, "With words beside it")
    expect(page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved"
    )
    page.locator("[data-comment-add]").first.evaluate("button => button.click()")
    page.locator("#comments textarea").last.fill("Is this the right week?")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages .success")).to_be_visible(timeout=WITHIN_A_MINUTE)
    assert Comment.objects.filter(text="Is this the right week?").exists()


@pytest.mark.parametrize("answer", ["no answer", "bad gateway", "somebody's sign-in page"])
def test_a_site_that_starts_again_is_said_and_every_word_is_saved(desk_at, answer):
    before = pks(Notice)
    page = desk_at("comms")
    page.goto("/admin/snippets/banners/notice/add/")
    watched(page)

    def down(route):
        if answer == "no answer":
            route.abort("connectionrefused")
        else:
            status = 502 if answer == "bad gateway" else 200
            route.fulfill(status=status, content_type="text/html", body="<p>Not the site</p>")

    page.route("**/admin/**", down)
    page.locator("#id_lead").fill("Over a restart")
    said = page.locator(".publishing-saving")
    expect(said).to_contain_text("cannot be reached")
    save(page)
    given_back(page)
    page.unroute("**/admin/**")
    expect(said).not_to_contain_text("cannot be reached")
    save(page)
    expect(page.get_by_text(re.compile("Notice '.*restart.*' (updated|created)"))).to_be_visible()
    assert the_only_new(Notice, before).latest_revision.as_object().lead == "Over a restart"


def test_without_our_script_a_form_sent_while_signed_out_comes_back_and_is_saved(desk_at):
    index = NewsIndexPage.objects.get()
    article = builders.add_article(index, "Plain", slug="plain-form", live=False)
    article.save_revision(user=person("comms"))
    page = desk_at("comms")
    page.route("**/desk-saving.js", lambda route: route.abort())
    page.goto(f"/admin/pages/{article.pk}/edit/")
    sign_out(page)
    page.locator("#id_title").fill("Plain words")
    save(page)
    expect(page.get_by_role("heading", name="Not saved yet")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    tab = opened.value
    tab.get_by_label("E-mail address*").fill("comms@example.org")
    tab.get_by_label("Password*").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("heading", name="Your desk")).to_be_visible()
    for _ in range(2):  # the first time with the token from before signing in
        page.get_by_role("button", name="Send it again").click()
    expect(page.locator("#id_title")).to_have_value("Plain words")
    article.refresh_from_db()
    assert article.latest_revision.object_str == "Plain words"


def test_who_comes_back_to_a_create_form_does_not_make_a_second_thing(desk_at):
    before = pks(Notice)
    page = desk_at("comms")
    page.goto("/admin/snippets/banners/notice/add/")
    watched(page)
    page.locator("#id_lead").fill("The river is high")
    save(page)
    expect(page).to_have_url(re.compile("/edit/"))
    page.go_back()
    expect(page).to_have_url(re.compile("/edit/"))
    page.locator("#id_lead").fill("The river is high, and rising")
    save(page)
    the_only_new(Notice, before)
