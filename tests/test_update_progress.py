"""“Update progress”: one measurement into a draft, in one small form."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from emca_site.publishing.publishable.models.change import Change
from priorities.desk import SAVED_ONCE
from priorities.models import CommitmentPage, Measurement
from tests import builders
from tests.desk_site import decide, desk_of, page, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

TODAY = timezone.localdate()


@pytest.fixture
def homes():
    return builders.add_commitment(
        page("/what-we-do/housing/"),
        "Build new homes",
        slug="new-homes",
        unit="homes",
        target_value=100,
        measurements=[(date(2026, 1, 31), 40)],
    )


@pytest.fixture
def housing():
    return desk_of("housing")


def address(commitment) -> str:
    return reverse("update_progress", args=[commitment.pk])


def typed(commitment, **fields) -> dict:
    latest = CommitmentPage.objects.get(pk=commitment.pk).latest_revision_id
    return {
        "measured_on": "2026-06-30",
        "value": "62",
        "evidence_url": "https://example.org/report",
        "note": "",
        "status": "committed",
        "status_reason": "",
        "opened_on": str(latest or ""),
    } | fields


def stored() -> tuple[int, int]:
    return Measurement.objects.count(), Revision.objects.count()


def test_one_post_saves_a_draft_and_leads_to_preview_and_submission(housing, homes):
    answer = housing.post(address(homes), typed(homes))
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[homes.pk])
    row = CommitmentPage.objects.get(pk=homes.pk)
    assert [each.value for each in row.measured] == [40]  # nothing is public yet
    draft = row.get_latest_revision_as_object()
    assert [each.value for each in draft.measured] == [40, 62]
    assert row.latest_revision.user.email == "housing@example.org"
    screen = housing.get(answer.url).content.decode()
    assert reverse("wagtailadmin_pages:view_draft", args=[homes.pk]) in screen
    assert "action-submit" in screen
    assert "New count: 62 homes, as at 30 June 2026." in screen  # what changed, said already
    preview = housing.get(reverse("wagtailadmin_pages:view_draft", args=[homes.pk]))
    assert "62 of 100 homes" in preview.content.decode()


def test_it_is_public_when_another_person_approved_it(housing, approver, homes):
    housing.post(address(homes), typed(homes, status="delayed", status_reason="Late power."))
    draft = CommitmentPage.objects.get(pk=homes.pk).get_latest_revision_as_object()
    draft.get_workflow().start(draft, draft.latest_revision.user)
    decide(approver, homes)
    html = housing.get(homes.url).content.decode()
    assert "62 of 100 homes" in html
    assert "Late power." in html
    assert Change.objects.get().note == "New count: 62 homes, as at 30 June 2026."


def test_who_approves_it_sees_the_number_before_deciding(housing, approver, homes):
    homes.save_revision().publish()
    housing.post(address(homes), typed(homes, status="delayed", status_reason="Late power."))
    draft = CommitmentPage.objects.get(pk=homes.pk).get_latest_revision_as_object()
    state = draft.get_workflow().start(draft, draft.latest_revision.user)
    screen = approver.get(reverse("publishing_decide", args=[state.current_task_state_id]))
    html = screen.content.decode()
    for said in ("62", "https://example.org/report", "Late power.", "Delayed"):
        assert said in html


def test_it_goes_on_from_the_latest_draft(housing, homes):
    housing.post(address(homes), typed(homes))
    housing.post(address(homes), typed(homes, measured_on="2026-07-31", value="70"))
    draft = CommitmentPage.objects.get(pk=homes.pk).get_latest_revision_as_object()
    assert [each.value for each in draft.measured] == [40, 62, 70]


def test_a_number_that_was_not_published_is_a_gap_with_a_reason(housing, homes):
    answer = housing.post(address(homes), typed(homes, value="", evidence_url="", note=""))
    assert "Say in one line why there is no number." in answer.content.decode()
    answer = housing.post(
        address(homes), typed(homes, value="", evidence_url="", note="The count was late.")
    )
    assert answer.status_code == 302


WRONG = {
    "half a home": ({"value": "12.5"}, "value", "whole number"),
    "words": ({"value": "many"}, "value", "Enter a number"),
    "too long": ({"value": "9" * 30}, "value", "no more than"),
    "no date": ({"measured_on": ""}, "measured_on", "required"),
    "nonsense": ({"measured_on": "31 June"}, "measured_on", "“31 June” cannot be read as a date"),
    "a year that no one means": ({"measured_on": "0202-06-30"}, "measured_on", "the year right"),
    "a day to come": ({"measured_on": str(TODAY + timedelta(days=1))}, "measured_on", "to come"),
    "a date twice": ({"measured_on": "2026-01-31"}, "measured_on", "already"),
    "no evidence": ({"evidence_url": ""}, "evidence_url", "where readers can check"),
    "no address": ({"evidence_url": "javascript:alert(1)"}, "evidence_url", "whole web address"),
    "no reason": ({"status": "stopped"}, "status_reason", "why it is stopped"),
    "no status": ({"status": "splendid"}, "status", "valid choice"),
}


@pytest.mark.parametrize(("fields", "field", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(
    housing, homes, fields, field, said
):
    before = stored()
    answer = housing.post(address(homes), typed(homes, **fields))
    assert answer.status_code == 200
    assert any(said in error for error in answer.context["form"].errors[field])
    assert said in answer.content.decode()
    assert stored() == before


def test_what_is_said_of_it_is_of_the_number_that_was_typed(housing, homes):
    answer = housing.post(address(homes), typed(homes, measured_on="2025-12-31", value="12"))
    assert answer.status_code == 302
    assert Change.objects.get().note == "New count: 12 homes, as at 31 December 2025."


def test_a_number_that_cannot_be_read_is_not_taken_for_none(housing, homes):
    errors = housing.post(address(homes), typed(homes, value="1,000")).context["form"].errors
    assert list(errors) == ["value"]


def test_somebody_else_who_saved_meanwhile_is_not_passed_over(housing, administrator, homes):
    opened = typed(homes)
    administrator.post(address(homes), typed(homes, status="delayed", status_reason="Late."))
    before = stored()
    answer = housing.post(address(homes), opened | {"measured_on": "2026-07-31"})
    html = answer.content.decode()
    assert "admin@example.org saved a newer version" in html
    assert stored() == before
    assert 'value="2026-07-31"' in html  # what was typed stays
    latest = str(CommitmentPage.objects.get(pk=homes.pk).latest_revision_id)
    assert answer.context["form"]["opened_on"].value() == latest


@pytest.mark.parametrize("value", ["62", ""])
def test_the_same_sent_twice_is_saved_once_and_says_so(housing, homes, value):
    sent = typed(homes, value=value, note="Counted late.", status="delayed", status_reason="Late.")
    housing.post(address(homes), sent)
    said_to(housing)
    before = stored()
    answer = housing.post(address(homes), sent)
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[homes.pk])
    assert SAVED_ONCE in said_to(housing)
    assert stored() == before


def test_another_number_sent_from_an_old_form_is_not_taken_for_the_first(housing, homes):
    old = typed(homes)
    housing.post(address(homes), old)
    before = stored()
    for other in ({"value": "63"}, {"value": "many"}, {"note": "A word."}, {"status": "on-track"}):
        html = unescape(housing.post(address(homes), old | other).content.decode())
        assert "You saved a newer version in another window" in html
        assert "Nothing of yours is saved yet" in html
    assert stored() == before


def test_what_waits_for_approval_is_left_alone(housing, homes):
    housing.post(address(homes), typed(homes))
    draft = CommitmentPage.objects.get(pk=homes.pk).get_latest_revision_as_object()
    draft.get_workflow().start(draft, draft.latest_revision.user)
    before = stored()
    for method in (housing.get, housing.post):
        answer = method(address(homes), typed(homes, measured_on="2026-07-31"))
        assert answer.status_code == 302
        assert "waiting for approval" in said_to(housing)
    assert stored() == before


@pytest.mark.parametrize("who", ["transport", "comms", "approver", "emergency"])
def test_nobody_else_finds_the_form(who, homes):
    client, before = desk_of(who), stored()
    homes.title = "A secret promise"
    for method in (client.get, client.post):
        answer = method(address(homes), typed(homes))
        assert answer.status_code == 404
    assert stored() == before


def test_there_is_no_such_form_of_any_other_page(housing):
    assert housing.get(address(page("/what-we-do/housing/"))).status_code == 404


def test_it_is_offered_on_the_first_page_in_lists_and_on_the_page(housing, homes):
    area = page("/what-we-do/housing/")
    for where in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[area.pk]),
        reverse("wagtailadmin_pages:edit", args=[homes.pk]),
    ):
        assert address(homes) in housing.get(where).content.decode(), where
    assert address(homes) not in desk_of("transport").get("/admin/").content.decode()
