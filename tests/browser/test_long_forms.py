"""A form with more in it than the server takes is not sent: every word stays on the screen."""

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from emca_site.publishing.saving.malformed import TOO_LONG
from tests.desk_site import page as page_of


@pytest.mark.parametrize(
    "limit", [{"DATA_UPLOAD_MAX_NUMBER_FIELDS": 10}, {"DATA_UPLOAD_MAX_MEMORY_SIZE": 200}]
)
def test_a_form_that_is_too_long_stays_with_every_word(desk_at, limit):
    page = desk_at("comms")
    with override_settings(**limit):
        page.goto(f"/admin/pages/add/news/articlepage/{page_of('/news/').pk}/")
        address = page.url
        page.locator("#id_title").fill("A very long page")
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text(TOO_LONG).first).to_be_visible()
    assert page.url == address
    expect(page.locator("#id_title")).to_have_value("A very long page")
