"""A page below a draft has an address that tells the draft's own: it does not go out before it."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from emca_site.publishing.checks.gate import find
from emca_site.publishing.checks.gate.above import SAYS_THE_ADDRESS_ABOVE
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.saving.transactions import record
from tests import builders
from tests.desk_site import SUBMIT, loaded, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


@pytest.fixture
def secret():
    return builders.add_standard_page(
        page("/about/"), "The kestrel unit", slug="kestrel-unit", live=False
    )


def says(thing: Page) -> bool:
    return any(each.message == SAYS_THE_ADDRESS_ABOVE for each in find(thing) if each.is_refusal)


def test_it_is_not_submitted_before_the_draft(administrator, secret):
    form = nested_form_data(
        {
            "title": "Known to all",
            "slug": "known",
            "summary": "In short.",
            "seo_title": "",
            "search_description": "",
            "banner_image": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "body": streamfield([("text", rich_text("<p>New words.</p>"))]),
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", secret.pk])
    assert SAYS_THE_ADDRESS_ABOVE in unescape(administrator.post(address, {**form, **SUBMIT}).text)
    assert administrator.post(address, form).status_code == 302  # as a draft it is kept
    below = Page.objects.get(slug="known").specific
    edit = reverse("wagtailadmin_pages:edit", args=[below.pk])
    submitted = administrator.post(edit, {**form, **loaded(below), **SUBMIT})
    assert SAYS_THE_ADDRESS_ABOVE in unescape(submitted.text)
    assert not below.workflow_states.exists()


def test_a_refusal_about_what_was_undone_is_logged_all_the_same(rf):
    request = rf.post("/admin/")
    request.user = person("comms")
    undone = page("/about/")
    undone.pk = 10**6
    record(request, RefusedError("No.", undone))
    assert ModelLogEntry.objects.filter(action="publishing.refuse").count() == 1


def test_nor_two_steps_below_it(secret):
    between = builders.add_standard_page(secret, "Between", slug="between", live=False)
    assert says(builders.add_standard_page(between, "Known to all", slug="known", live=False))


def test_it_is_published_below_what_is_public_or_was(secret):
    below = builders.add_standard_page(secret, "Known to all", slug="known", live=False)
    assert says(below)
    Page.objects.filter(pk=secret.pk).update(first_published_at=timezone.now())
    assert not says(below)
    Page.objects.filter(pk=secret.pk).update(live=True, first_published_at=None)
    assert not says(below)


@pytest.mark.parametrize(("hours", "refused"), [(None, True), (2, True), (3, False), (4, False)])
def test_both_are_scheduled_the_page_above_first(secret, hours, refused):
    now = timezone.now()
    builders.schedule(secret, now + timedelta(hours=3))
    go_live_at = now + timedelta(hours=hours) if hours else None
    below = builders.add_standard_page(
        secret, "Known to all", slug="known", live=False, go_live_at=go_live_at
    )
    assert says(below) == refused


def test_what_is_being_written_has_no_place_yet():
    assert not says(page("/about/").specific_class(title="New", slug="new", summary="S."))
