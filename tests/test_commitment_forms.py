"""What the desk refuses of a commitment: a message beside the field, and nothing stored."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from priorities.models import CommitmentPage, Measurement
from tests import builders
from tests.desk_site import SUBMIT, decide, desk_of, loaded, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

EVIDENCE = "https://example.org/report"


def form(measurements=(), stages=(), **fields) -> dict:
    defaults = {
        "title": "Build new homes",
        "slug": "new-homes",
        "summary": "People need them.",
        "status": "committed",
        "unit": "homes",
        "target_precision": "day",
        "reach": "all",
        "measurements": inline_formset(list(measurements)),
        "stages": inline_formset(list(stages)),
        "evidence": inline_formset([]),
        "chosen_articles": inline_formset([]),
        "comments": inline_formset([]),
        "body": streamfield([]),
    }
    return nested_form_data(defaults | fields)


def count(day: str, value, evidence=EVIDENCE, **fields) -> dict:
    return {"measured_on": day, "value": str(value), "evidence_url": evidence, "note": ""} | fields


def add(client, area="/what-we-do/housing/", **fields):
    data = form(**fields)
    address = reverse(
        "wagtailadmin_pages:add", args=["priorities", "commitmentpage", page(area).pk]
    )
    return client.post(address, data)


def errors_of(answer) -> dict:
    """What is wrong, by the name of the field as the form posts it."""
    assert answer.status_code == 200
    posted = answer.context["form"]
    found = {name: list(errors) for name, errors in posted.errors.items()}
    for name, formset in posted.formsets.items():
        for number, each in enumerate(formset.forms):
            if not each.cleaned_data.get("DELETE") if hasattr(each, "cleaned_data") else True:
                found |= {f"{name}-{number}-{k}": list(v) for k, v in each.errors.items()}
    return found


def stored() -> tuple[int, int, int]:
    return CommitmentPage.objects.count(), Measurement.objects.count(), Revision.objects.count()


TOMORROW = str(timezone.localdate() + timedelta(days=1))

WRONG = {
    "a percentage above a hundred": (
        {"unit": "percent", "measurements": [count("2026-01-01", 140)]},
        "measurements-0-value",
        "from 0 to 100",
    ),
    "half a home": (
        {"measurements": [count("2026-01-01", "12.5")]},
        "measurements-0-value",
        "whole number",
    ),
    "fewer than no people": (
        {"unit": "people", "measurements": [count("2026-01-01", -3)]},
        "measurements-0-value",
        "whole number",
    ),
    "a number that is too long": (
        {"measurements": [count("2026-01-01", "9" * 30)]},
        "measurements-0-value",
        "no more than",
    ),
    "no number at all": (
        {"measurements": [count("2026-01-01", "many")]},
        "measurements-0-value",
        "Enter a number",
    ),
    "a target that does not fit its unit": (
        {"target_value": "10.5"},
        "target_value",
        "whole number",
    ),
    "two measurements on one date": (
        {"measurements": [count("2026-01-01", 1), count("2026-01-01", 2)]},
        "measurements-1-measured_on",
        "a measurement of this date already",
    ),
    "a measurement in the future": (
        {"measurements": [count(TOMORROW, 1)]},
        "measurements-0-measured_on",
        "still to come",
    ),
    "a measurement without a date": (
        {"measurements": [count("", 1)]},
        "measurements-0-measured_on",
        "required",
    ),
    "a target before the start": (
        {"target_on": "2026-01-31", "starts_on": "2026-02-01"},
        "target_on",
        "before the start",
    ),
    "a target in a year that no one means": ({"target_on": "9999-12-31"}, "target_on", "year"),
    "a start in a year that no one means": ({"starts_on": "0202-06-01"}, "starts_on", "year"),
    "a report due in such a year": ({"next_report_on": "0202-06-01"}, "next_report_on", "year"),
    "two stages under way": (
        {
            "stages": [
                {"name": "A", "state": "now", "detail": "", "ORDER": "1"},
                {"name": "B", "state": "now", "detail": "", "ORDER": "2"},
            ]
        },
        "stages-1-state",
        "Only one stage",
    ),
    "a stage done after one that is not": (
        {
            "stages": [
                {"name": "A", "state": "next", "detail": "", "ORDER": "1"},
                {"name": "B", "state": "done", "detail": "", "ORDER": "2"},
            ]
        },
        "stages-1-state",
        "cannot come after",
    ),
    "an unknown status": ({"status": "splendid"}, "status", "valid choice"),
    "an address that the site uses itself": ({"slug": "commitments"}, "slug", "uses"),
}


@pytest.mark.parametrize(("fields", "field", "said"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("action", [{}, SUBMIT], ids=["draft", "submitted"])
def test_what_cannot_be_is_refused_beside_its_field(fields, field, said, action):
    before = stored()
    errors = errors_of(add(desk_of("housing"), **fields, **action))
    assert any(said in error for error in errors[field]), errors
    assert stored() == before


UNFINISHED = {
    "no reason": ({"status": "at-risk"}, "status_reason", "why it is at risk"),
    "no reason for a delay": ({"status": "delayed", "status_reason": " "}, "status_reason", "why"),
    "no reason for stopping": ({"status": "stopped"}, "status_reason", "why it is stopped"),
    "a number without evidence": (
        {"measurements": [count("2026-01-01", 3, evidence="")]},
        "measurements-0-evidence_url",
        "where readers can check",
    ),
    "no councils ticked": ({"reach": "some"}, "councils", "Tick"),
}


@pytest.mark.parametrize(("fields", "field", "said"), UNFINISHED.values(), ids=UNFINISHED)
def test_a_draft_may_be_unfinished_and_what_is_submitted_may_not(fields, field, said):
    client, before = desk_of("housing"), stored()
    errors = errors_of(add(client, **fields, **SUBMIT))
    assert any(said in error for error in errors[field]), errors
    assert stored() == before
    assert not TaskState.objects.exists()
    assert add(client, **fields).status_code == 302


def test_a_figure_of_another_unit_does_not_fit():
    figure = builders.add_figure(unit="money")
    errors = errors_of(add(desk_of("housing"), target_figure=figure.pk))
    assert "another unit" in errors["unit"][0]
    errors = errors_of(
        add(desk_of("housing"), unit="money", target_figure=figure.pk, target_value="3")
    )
    assert "not both" in errors["target_value"][0]


def test_the_gate_says_the_same_of_what_no_form_has_seen():
    area = page("/what-we-do/housing/")
    late = builders.add_commitment(area, status="delayed", live=False)
    late.measurements = [Measurement(measured_on="2026-01-01", value=1)] * 2
    said = {(each.field, each.path[1:] or each.path) for each in late.gate_findings()}
    assert {("status_reason", ()), ("measurements", ("measured_on",))} <= said


def test_a_measurement_is_drafted_approved_and_published_with_its_page(approver):
    client = desk_of("housing")
    answer = add(client, measurements=[count("2026-01-01", 3)], **SUBMIT)
    assert answer.status_code == 302
    commitment = CommitmentPage.objects.get(slug="new-homes")
    assert not commitment.live
    decide(approver, commitment)
    commitment.refresh_from_db()
    assert commitment.live
    address = reverse("wagtailadmin_pages:edit", args=[commitment.pk])
    first = commitment.measurements.get()
    rows = [count("2026-01-01", 3, id=first.pk), count("2026-02-01", 8)]
    data = form() | nested_form_data({"measurements": inline_formset(rows, initial=1)})
    answer = client.post(address, data | loaded(commitment))
    assert answer.status_code == 302
    assert commitment.measurements.count() == 1
    assert "2026-02-01" not in client.get("/commitments/measurements.csv").content.decode()
    data |= {"change_size": "big", "change_note": "A new count."} | SUBMIT
    rows[1] |= {"id": ""}
    answer = client.post(address, data | loaded(commitment))
    assert answer.status_code == 302, errors_of(answer)
    decide(approver, commitment)
    assert commitment.measurements.count() == 2
    assert "2026-02-01,8,homes" in client.get("/commitments/measurements.csv").content.decode()


def test_dates_that_are_swapped_are_published(approver):
    commitment = builders.add_commitment(
        page("/what-we-do/housing/"), measurements=[("2026-01-01", 1), ("2026-02-01", 2)]
    )
    one, two = commitment.measurements.all()
    version = commitment.save_revision().as_object()
    for each in version.measurements.all():
        each.measured_on = two.measured_on if each.pk == one.pk else one.measured_on
    version.save_revision().publish()
    days = commitment.measurements.order_by("pk").values_list("measured_on", flat=True)
    assert list(map(str, days)) == ["2026-02-01", "2026-01-01"]


@pytest.mark.parametrize(
    ("who", "may"), [("housing", True), ("transport", False), ("comms", False), ("approver", False)]
)
def test_only_the_editors_of_its_area_edit_a_commitment(who, may):
    commitment = builders.add_commitment(page("/what-we-do/housing/"), "Known promise", live=False)
    client = desk_of(who)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[commitment.pk]))
    assert (edit.status_code == 200) == may
    assert (add(client).status_code == 302 and CommitmentPage.objects.count() == 2) == may
    assert commitment.permissions_for_user(person(who)).can_edit() == may


def test_a_preview_shows_what_is_typed_and_not_what_is_stored():
    client = desk_of("housing")
    address = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["priorities", "commitmentpage", page("/what-we-do/housing/").pk],
    )
    data = form(
        title="Typed and not saved",
        target_value="10",
        measurements=[count("2026-01-01", 4), count("2026-02-01", 5)],
        stages=[{"name": "Agreed", "state": "now", "detail": "Typed", "ORDER": "1"}],
    )
    assert client.post(address, data).json()["is_valid"]
    html = client.get(f"{address}?mode=").content.decode()
    assert "Typed and not saved" in html
    assert "5 of 10 homes" in html
    assert "<b>Agreed</b>Typed" in html
    assert 'role="img"' in html
    assert not Page.objects.filter(slug="new-homes").exists()
