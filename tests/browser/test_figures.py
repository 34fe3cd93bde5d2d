"""A figure put into a text with Wagtail's own editor, and drawn for readers."""

import re

from playwright.sync_api import expect

from emca_site.figures.models import Figure
from home.models import StandardPage
from tests.people import add_person


def test_an_editor_chooses_a_figure_and_it_is_stored_by_reference(visit_of):
    add_person("figures@example.org", is_superuser=True)
    figure = Figure.objects.get(key="four")
    about = StandardPage.objects.get(slug="who-decides")
    about.body = [("text", "<p>We plan for</p>")]
    about.save()
    visit = visit_of("figures")
    page = visit.page
    page.goto(f"/admin/pages/{about.pk}/edit/")
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" /Figure")
    expect(page.get_by_role("option", name="Figure", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("1,400")).click()
    entity = page.locator(".TooltipEntity")
    expect(entity).to_have_text("1,400")
    entity.click()
    expect(page.get_by_role("tooltip").or_(page.locator(".Tooltip"))).to_contain_text("1,400")
    page.get_by_role("button", name="Save draft").first.click()
    expect(
        page.get_by_text("has been updated").or_(page.get_by_text("saved")).first
    ).to_be_visible()
    draft = StandardPage.objects.get(pk=about.pk).get_latest_revision_as_object()
    assert f'<embed embedtype="figure" id="{figure.pk}"/>' in draft.body[0].value.source
    assert not [error for error in visit.errors if error.startswith("uncaught")]
