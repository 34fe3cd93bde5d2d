"""Every decision of the desk, from Wagtail's log: who, what, when and why."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission, ModelLogEntry

from tests import builders
from tests.people import add_approver, add_person


@pytest.fixture
def page(home):
    return builders.add_standard_page(home)


@pytest.fixture
def report(desk):
    def shown(**asked):
        return desk.get(reverse("decisions_report"), asked)

    return shown


def messages(answer) -> set[str]:
    return {entry.message for entry in answer.context["object_list"]}


@pytest.mark.parametrize(
    ("action", "data", "words"),
    [
        ("publishing.refuse", {"what": "publish"}, "Refused: publish"),
        ("publishing.refuse", {}, "Refused"),
        ("publishing.override", {"reason": "A quote."}, "Approved past the gate: A quote."),
        ("publishing.publish_now", {"reason": "Flood."}, "Published with a reason: Flood."),
        ("publishing.take_down_now", {"reason": "Over."}, "Taken down with a reason: Over."),
        ("publishing.sign", {"what": "Changed at once"}, "Signed: Changed at once"),
        ("publishing.propose", {"what": "unpublish"}, "Asked for: unpublish"),
        ("publishing.decline", {"what": "unpublish"}, "Declined: unpublish"),
        ("publishing.reviewed", {}, "Reviewed, no change"),
        ("publishing.kept_aside", {}, "Kept what was typed beside the latest version"),
        ("publishing.change_size", {"size": "big"}, "Change said to be big"),
        ("publishing.immediate_change", {"what": "Name"}, "Changed at once: Name"),
    ],
)
def test_each_decision_is_told_in_words(report, admin, page, action, data, words):
    log(page, action, user=admin, data=data)
    assert messages(report()) == {words}


def test_what_wagtail_decides_is_there_and_what_is_no_decision_is_not(report, admin, page):
    for action in ("wagtail.publish", "wagtail.unpublish", "wagtail.edit", "wagtail.create"):
        log(page, action, user=admin)
    assert messages(report()) == {"Published", "Unpublished"}
    offered = {value for value, _ in report().context["filters"].filters["action"].extra["choices"]}
    assert offered == {"wagtail.publish", "wagtail.unpublish"}


def test_pages_and_other_things_stand_in_one_list(report, admin, page):
    log(page, "publishing.sign", user=admin, data={"what": "One"})
    log(builders.add_contact(), "publishing.sign", user=admin, data={"what": "Two"})
    assert messages(report()) == {"Signed: One", "Signed: Two"}


def test_it_is_filtered_by_decision_person_date_and_type(report, admin, page):
    other, contact = add_person("other@example.org"), builders.add_contact()
    log(page, "publishing.sign", user=admin, data={"what": "One"})
    log(contact, "publishing.refuse", user=other, data={"what": "Two"})
    ModelLogEntry.objects.update(timestamp="2026-01-02T09:00Z")
    assert messages(report(action="publishing.sign")) == {"Signed: One"}
    assert messages(report(user=other.pk)) == {"Refused: Two"}
    assert messages(report(timestamp_to="2026-01-03")) == {"Refused: Two"}
    kind = ModelLogEntry.objects.get().content_type_id
    assert messages(report(object_type=kind)) == {"Refused: Two"}
    assert report(action="nonsense", user="x").status_code == 200


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_it_is_exported_with_the_reason_in_a_column(report, admin, page, file_format):
    data = {"what": "publish", "reason": "=Too early"}
    log(page, "publishing.refuse", user=admin, data=data)
    content = b"".join(report(export=file_format).streaming_content)
    if file_format == "csv":
        rows = [line.split(",") for line in content.decode().splitlines()]
    else:
        rows = [list(row) for row in load_workbook(io.BytesIO(content)).active.values]
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["Reason"] == "'=Too early"  # never a formula
    assert row["What"] == "Refused: publish"
    assert row["User"] == "admin@example.org"
    assert row["Action type"] == "Refuse"


def test_a_reason_is_shown_once(report, admin, page):
    log(page, "publishing.refuse", user=admin, data={"what": "publish", "reason": "Too early"})
    log(page, "publishing.override", user=admin, data={"reason": "A quote."})
    html = report().content.decode()
    assert "Reason: Too early" in html
    assert html.count("A quote.") == 1


@pytest.mark.parametrize("address", ["decisions_report", "decisions_report_results"])
def test_it_is_only_for_those_who_approve_or_know_all(client, admin, page, address):
    log(page, "publishing.sign", user=admin)
    client.force_login(add_person("comms@example.org"))
    assert client.get(reverse(address)).status_code == 302
    for right in ("audit.approve", "audit.see_all"):
        client.force_login(add_person(f"{right}@example.org", right))
        assert client.get(reverse(address)).status_code == 200


def test_the_menu_offers_it_to_the_same_people(client, admin):
    address = reverse("decisions_report")
    client.force_login(add_person("comms@example.org"))
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(add_approver())
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_person_sees_only_what_wagtails_own_rule_lets_them_see(client, admin, home, page):
    contact = builders.add_contact()
    log(contact, "publishing.sign", user=admin, data={"what": "A contact"})
    log(page, "publishing.sign", user=admin, data={"what": "A page"})
    other = builders.add_standard_page(home, "Privacy")
    log(other, "publishing.sign", user=admin, data={"what": "Another page"})
    approver = add_approver()
    group = Group.objects.create(name="About us editors")
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=page, permission=change)
    approver.groups.add(group)
    client.force_login(approver)
    assert messages(client.get(reverse("decisions_report"))) == {"Signed: A page"}
