"""A hand that types dates: they stay as typed, the words beside them are what the form reads."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from emca_site.publishing.uk_time.times import in_words
from tests import builders
from tests.desk_site import page as page_of
from tests.desk_site import person

DAY = "Friday 20 November 2026"
NOT_READ = {
    "tomorrow": "“tomorrow” cannot be read as a date",
    "31/02/2026": "There is no 31 February 2026.",
    "11/20/2026": "There is no month 20: here the day comes first.",
}


def words_beside(field):
    return field.page.locator(f"#{field.get_attribute('id')}-understood")


def check(field, days=("20/11/2026", "20 November 2026", "20 Nov 26"), words=DAY):
    """Type into a field, leave it, and look at it: for texts that are dates and texts that are not.

    Leaving the field was when the calendar put its own reading in the place of the text.
    """
    for text in days:
        field.fill("")
        field.press_sequentially(text)
        expect(words_beside(field)).to_have_text(words)  # while it is being typed
        field.press("Tab")
        expect(field).to_have_value(text)
        expect(words_beside(field)).to_have_text(words)
    for text, why in NOT_READ.items():
        field.fill("")
        field.press_sequentially(text)
        field.press("Tab")
        expect(words_beside(field)).to_contain_text(why)
        expect(field).to_have_value(text)
    field.fill("")
    field.press("Tab")
    expect(words_beside(field)).to_have_text("")
    expect(field).to_have_value("")


def test_the_day_of_a_figure(desk_at):
    check(desk_at("comms", "/admin/snippets/figures/figure/add/").locator("#id_as_at"))


def test_a_measurement_in_a_row_that_was_just_added(desk_at):
    area = page_of("/what-we-do/housing/")
    page = desk_at("housing", f"/admin/pages/add/priorities/commitmentpage/{area.pk}/")
    page.locator("#id_measurements-ADD").click()
    check(page.locator("#id_measurements-0-measured_on"))


def test_update_progress(desk_at):
    area = page_of("/what-we-do/housing/")
    homes = builders.add_commitment(area, "Typed", slug="typed-homes", unit="homes", live=False)
    page = desk_at("housing", f"/admin/commitments/{homes.pk}/progress/")
    check(page.locator("#id_measured_on"))


def test_a_block_of_a_page_that_its_own_script_makes(desk_at):
    """A body has no such block today; Wagtail makes their fields by another way than a form's."""
    page = desk_at("comms", "/admin/snippets/figures/figure/add/")
    page.evaluate(
        """() => {
            const place = document.createElement("div");
            document.querySelector("form [data-contentpath]").append(place);
            const widget = new (window.telepath.constructors["wagtail.widgets.AdminDateInput"])(
                { format: "Y-m-d", dayOfWeekStart: 1 });
            widget.render(place, "made", "id_made", "2026-11-20");
        }"""
    )
    field = page.locator("#id_made")
    expect(words_beside(field)).to_have_text(DAY)  # of what it came with
    check(field)


def test_the_filter_of_a_report(desk_at):
    page = desk_at("admin", "/admin/reports/site-history/")
    page.get_by_role("button", name="Show filters").click()
    page.get_by_role("button", name="Date").first.click()
    field = page.locator("[name=timestamp_from]")
    field.press_sequentially("20/11/2026")
    expect(words_beside(field)).to_have_text(DAY)
    field.press("Tab")
    expect(page).to_have_url(re.compile(r"timestamp_from=20%2F11%2F2026"))
    expect(page.locator("[name=timestamp_from]")).to_have_value("20/11/2026")
    expect(page.locator(".w-active-filters")).to_contain_text("20 November 2026 - any")


@pytest.fixture
def draft(teams):
    article = builders.add_article(
        page_of("/news/"), "Typed", slug=f"typed-{uuid4()}", live=False, first_published_at=None
    )
    article.save_revision(user=person("comms"))
    return article


def open_schedule(page, is_panel_open=False):
    """Wagtail opens the side again by itself, a moment after a page has come, where it was open."""
    toggle = page.get_by_role("button", name="Toggle status")
    if not is_panel_open:
        toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.get_by_role("button", name=re.compile("Edit schedule|Set schedule")).first.click()


def test_a_schedule_and_the_calendar_that_hears_what_was_typed(desk_at, draft):
    page = desk_at("comms", f"/admin/pages/{draft.pk}/edit/")
    open_schedule(page)
    field = page.locator("#id_go_live_at")
    moment = timezone.make_aware(timezone.datetime(2099, 12, 2, 9))
    for text in ("2/12/2099 9am", "02/12/2099 09:00", "9am on Wednesday 2nd December 2099"):
        field.fill("")
        field.press_sequentially(text)
        expect(words_beside(field)).to_have_text(in_words(moment))
    # A time that is clicked goes with the day that was typed, and not with today.
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_time", has_text="10:00").dispatch_event(
        "click"
    )
    expect(field).to_have_value("02/12/2099 10:00")
    field.fill("2 December 2099, 9am")
    field.press("Tab")
    page.get_by_role("button", name="Save schedule").press("Enter")
    expect(page.get_by_text("Page 'Typed' has been updated.")).to_be_visible()
    draft.refresh_from_db()
    assert draft.latest_revision.as_object().go_live_at == moment


def test_what_cannot_be_read_comes_back_as_it_was_typed(desk_at, draft):
    page = desk_at("comms", f"/admin/pages/{draft.pk}/edit/")
    open_schedule(page)
    page.locator("#id_go_live_at").press_sequentially("tomorrow 9am")
    page.locator("#id_go_live_at").press("Tab")
    page.get_by_role("button", name="Save schedule").press("Enter")
    expect(page.get_by_text("“tomorrow 9am” cannot be read").first).to_be_visible()
    open_schedule(page, is_panel_open=True)
    expect(page.locator("#id_go_live_at")).to_have_value("tomorrow 9am")


def test_a_close_time_is_confirmed(desk_at, draft):
    page = desk_at("comms", f"/admin/pages/{draft.pk}/edit/")
    open_schedule(page)
    soon = timezone.localtime() + timezone.timedelta(minutes=10)
    text = f"{soon:%-d %b %Y %H:%M}"
    page.locator("#id_go_live_at").press_sequentially(text)
    page.locator("#id_go_live_at").press("Tab")
    page.get_by_role("button", name="Save schedule").press("Enter")
    expect(page.get_by_text("Is this meant?").first).to_be_visible()
    open_schedule(page, is_panel_open=True)
    expect(page.locator("#id_go_live_at")).to_have_value(text)
    page.get_by_label("Yes, it should go live then").check()
    page.get_by_role("button", name="Save schedule").press("Enter")
    expect(page.get_by_text("Page 'Typed' has been updated.")).to_be_visible()
    draft.refresh_from_db()
    assert draft.latest_revision.as_object().go_live_at == soon.replace(second=0, microsecond=0)
