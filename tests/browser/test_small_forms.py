"""The small forms of the desk: one press sends once, and no words are left without being asked."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import TaskState

from tests.desk_site import SUBMIT, add, desk_of

WORDS = "The second sentence names a person."


@pytest.fixture
def decision(desk_at):
    """The screen of a decision, in front of an approver."""
    slug = f"small-form-{TaskState.objects.count()}"
    add(desk_of("comms"), title="A small form", slug=slug, **SUBMIT)
    state = TaskState.objects.latest("pk")
    screen = desk_at("approver", reverse("publishing_decide", args=[state.pk]))
    screen.get_by_label("Comment").fill(WORDS)
    return screen


def test_two_presses_of_one_button_are_one_decision(decision):
    stopped = decision.get_by_role("button", name="Ask for changes").evaluate(
        """button => {
            const stopped = [];
            window.addEventListener("submit", (event) => {
                stopped.push(event.defaultPrevented);
                event.preventDefault();  // the first is on its way for as long as this takes
            });
            button.click();
            button.click();
            return stopped;
        }"""
    )
    assert stopped == [False, True]


def test_words_are_not_left_without_being_asked(decision):
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    decision.on("dialog", stay)
    decision.get_by_role("link", name="Notices").click(no_wait_after=True)
    expect(decision.get_by_label("Comment")).to_have_value(WORDS)
    for _ in range(600):
        if not asked:
            decision.wait_for_timeout(100)
    assert asked == ["beforeunload"]
    decision.get_by_label("Comment").fill("")
    decision.get_by_role("link", name="Notices").click()
    expect(decision).to_have_url(re.compile("/notice/$"))
    assert asked == ["beforeunload"]


def test_a_form_says_that_it_is_being_sent_and_again_when_it_is_pressed_again(decision):
    said = decision.get_by_role("button", name="Ask for changes").evaluate(
        """async button => {
            const said = [];
            const heard = () => new Promise((done) => setTimeout(done, 50));
            window.addEventListener("submit", (event) => event.preventDefault());
            for (const press of [1, 2]) {
                button.click();
                await heard();
                said.push(button.form.querySelector("[role=status][data-being-sent]").textContent);
            }
            window.dispatchEvent(new Event("pageshow"));
            await heard();
            return [...said, button.form.querySelector("[data-being-sent]").textContent];
        }"""
    )
    assert said == ["Being sent…", "Still being sent…", ""]


def test_what_must_be_mended_is_listed_by_the_names_of_its_fields(desk_at):
    page = desk_at("admin", "/admin/redirects/add/")
    page.locator("#id_old_path").fill("/about/")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Something must be mended first.")).to_be_visible()
    expect(page.get_by_role("heading", name="2 things to mend")).to_be_focused()
    page.get_by_role("button", name=re.compile("^Redirect from: Something public")).click()
    expect(page.locator("#id_old_path")).to_be_focused()
