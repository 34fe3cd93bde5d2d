"""What is promised where somebody lives, on a phone, without JavaScript."""

import pytest


@pytest.fixture
def resident(page_at):
    return page_at(360, javascript=False).page


def test_two_steps_lead_to_what_is_promised_in_a_council_and_how_far_it_has_got(resident):
    resident.goto("/who-does-what/")
    resident.get_by_role("contentinfo").get_by_role("link", name="Commitments").click()
    resident.get_by_role("main").get_by_role("link", name="Northwick").click()
    assert "council=northwick" in resident.url
    cards = resident.locator("main .tracker")
    assert cards.count() == 5
    assert cards.first.get_by_text("Status:").count() == 1
    assert "charging points in use" in cards.first.inner_text()


def test_the_form_narrows_it_too_and_a_chip_takes_the_choice_away(resident):
    resident.goto("/commitments/")
    resident.get_by_text("Filter by area, status or council").click()
    resident.get_by_label("Council").select_option(label="Northwick")
    resident.get_by_label("Delayed").check()
    resident.get_by_role("button", name="Show commitments").click()
    assert resident.get_by_role("heading", name="One commitment").is_visible()
    resident.get_by_role("link", name="Remove: Delayed").click()
    assert resident.url.endswith("/commitments/?council=northwick")


def test_a_chart_says_the_same_to_who_sees_it_and_who_does_not(resident):
    resident.goto("/what-we-do/transport/charging-points/")
    chart = resident.get_by_role("img", name="Charging points in use")
    assert chart.is_visible()
    table = resident.get_by_role("table", name="The same numbers")
    assert "58" in table.inner_text()
    assert "Not published" in table.inner_text()
    with resident.expect_download() as download:
        resident.get_by_role("link", name="Download these numbers").click()
    assert download.value.suggested_filename == "charging-points.csv"
