"""The look-back list: what took effect on one person's word, until somebody else has signed it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import ModelLogEntry, Workflow, WorkflowTask

from emca_site.publishing.approval.models.approval import SecondPersonTask
from emca_site.publishing.audit import look_back_list
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.audit.rows_in_words import name_of_row
from tests import builders
from tests.desk_site import desk_of, person
from tests.people import add_approver, add_person


@pytest.fixture
def contact(db):
    return builders.add_contact()


@pytest.fixture
def doer(db):
    return add_approver("doer@example.org")


@pytest.fixture
def other(db):
    return add_approver("other@example.org")


@pytest.fixture
def item(contact, doer):
    return add_item(contact, doer)


def add_item(subject, doer, what="Published with a reason", **said) -> LookBackItem:
    said = {
        "reason": "The bridge is shut.",
        "before": {"Phone": "1"},
        "after": {"Phone": "2"},
    } | said
    return look_back_list.record(subject, what, done_by=doer, **said)


def signing(client, item, user):
    client.force_login(user)
    return client.post(reverse("look_back_sign", args=[item.pk]), follow=True)


def test_everybody_who_may_approve_is_told_but_for_who_did_it(
    contact, doer, other, admin, django_capture_on_commit_callbacks, settings
):
    add_person("comms@example.org")
    add_person("left@example.org", "audit.approve", is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        add_item(contact, doer)
    assert sorted(message.to[0] for message in mail.outbox) == [
        "admin@example.org",
        "other@example.org",
    ]
    body = mail.outbox[0].body
    assert "doer@example.org did this alone: Published with a reason: Press office" in body
    assert "The bridge is shut." in body
    assert f"{settings.WAGTAILADMIN_BASE_URL}/admin/look-back/" in body


def test_somebody_else_who_may_approve_signs_it(client, item, other, contact):
    assert f"Signed: {item}" in signing(client, item, other).content.decode()
    item.refresh_from_db()
    assert item.signed_by == other
    assert item.signed_by_name == "other@example.org"
    assert not LookBackItem.objects.unsigned().exists()
    entry = ModelLogEntry.objects.get(action="publishing.sign")
    assert entry.object_id == str(contact.pk)
    assert entry.user == other
    assert entry.data == {"what": "Published with a reason", "reason": "The bridge is shut."}
    assert entry.message == "Signed: Published with a reason"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("doer", "You did this yourself."),
        ("knows all", "Only approvers can decide"),
        ("comms", ""),
    ],
)
def test_nobody_else_can_sign_it(client, item, doer, who, words):
    person = {
        "doer": lambda: doer,
        "knows all": lambda: add_person("k@example.org", "audit.see_all"),
        "comms": lambda: add_person("comms@example.org"),
    }[who]()
    assert words in signing(client, item, person).content.decode()
    item.refresh_from_db()
    assert item.signed_at is None
    with pytest.raises(ValidationError):
        look_back_list.sign(item, person)
    assert not ModelLogEntry.objects.filter(action="publishing.sign").exists()


def test_a_superuser_cannot_sign_what_they_did(item, admin):
    own = add_item(item.subject, admin)
    with pytest.raises(ValidationError, match="You did this yourself"):
        look_back_list.sign(own, admin)


def test_nobody_signs_what_was_done_to_their_own_account(other, doer):
    with pytest.raises(ValidationError, match="your own account"):
        look_back_list.sign(add_item(other, doer), other)


def test_the_second_to_sign_is_told_of_the_first(item, other, admin):
    again = LookBackItem.objects.get(pk=item.pk)
    look_back_list.sign(item, other)
    with pytest.raises(ValidationError, match=r"other@example\.org has signed this already"):
        look_back_list.sign(again, admin)
    assert LookBackItem.objects.get().signed_by == other


def test_what_is_gone_can_still_be_signed(item, contact, other):
    contact.delete()
    item = LookBackItem.objects.get()
    look_back_list.sign(item, other)
    assert ModelLogEntry.objects.get(action="publishing.sign").label == "Press office"


def test_people_who_leave_stay_on_the_list_by_name(item, doer, other):
    look_back_list.sign(item, other)
    doer.delete()
    other.delete()
    item.refresh_from_db()
    assert item.done_by is item.signed_by is None
    assert (item.done_by_name, item.signed_by_name) == ("doer@example.org", "other@example.org")
    assert get_user_model().objects.count() == 0


def test_the_list_shows_before_and_after_and_a_button(client, item, other):
    client.force_login(other)
    html = client.get(reverse("look_back")).content.decode()
    for words in ("Press office", "The bridge is shut.", "Phone", "doer@example.org"):
        assert words in html
    assert f'action="{reverse("look_back_sign", args=[item.pk])}"' in html
    assert "csrfmiddlewaretoken" in html


def test_who_did_it_sees_why_there_is_no_button(client, item, doer):
    client.force_login(doer)
    html = client.get(reverse("look_back")).content.decode()
    assert "You did this yourself" in html
    assert reverse("look_back_sign", args=[item.pk]) not in html


def test_what_waits_comes_before_what_was_signed(client, contact, doer, other):
    signed, waiting = add_item(contact, doer, "Signed one"), add_item(contact, doer, "Waiting one")
    newer = add_item(contact, doer, "Newer and signed")
    look_back_list.sign(signed, other)
    look_back_list.sign(newer, other)
    client.force_login(other)
    shown = list(client.get(reverse("look_back")).context["object_list"])
    assert shown[0] == waiting
    assert set(shown[1:]) == {signed, newer}


def test_the_list_is_filtered_by_signature_person_and_date(client, contact, doer, other, admin):
    signed = add_item(contact, doer, "First")
    look_back_list.sign(signed, other)
    old = add_item(contact, admin, "Second")
    LookBackItem.objects.filter(pk=old.pk).update(done_at=timezone.now() - timedelta(days=40))
    client.force_login(other)

    def shown(**asked):
        return list(client.get(reverse("look_back"), asked).context["object_list"])

    assert shown(signed="no") == [old]
    assert shown(signed="yes") == [signed]
    assert shown(done_by=admin.pk) == [old]
    assert shown(done_at_from=timezone.localdate().isoformat()) == [signed]
    assert client.get(reverse("look_back_results"), {"signed": "no"}).status_code == 200
    assert client.get(reverse("look_back"), {"signed": "x", "p": "99"}).status_code == 200


def test_the_list_has_pages_and_as_many_queries_for_many_as_for_few(
    client, contact, doer, other, django_assert_max_num_queries
):
    for _ in range(25):
        add_item(contact, doer)
    client.force_login(other)
    client.get(reverse("look_back"))
    with django_assert_max_num_queries(25):
        first = client.get(reverse("look_back"))
    assert len(first.context["object_list"]) == 20
    assert len(client.get(reverse("look_back"), {"p": 2}).context["object_list"]) == 5


@pytest.mark.parametrize("address", ["look_back", "look_back_results"])
def test_the_list_is_only_for_those_who_approve_or_know_all(client, item, address):
    client.force_login(add_person("comms@example.org"))
    assert client.get(reverse(address)).status_code == 302
    assert reverse("look_back") not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(add_person("k@example.org", "audit.see_all"))
    assert client.get(reverse(address)).status_code == 200
    assert reverse("look_back") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_first_page_of_the_desk_says_how_much_waits(client, item, contact, doer, other):
    add_item(contact, doer, "Taken down with a reason")
    client.force_login(other)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "2 things took effect" in html
    assert "Taken down with a reason: Press office" in html
    client.force_login(add_person("comms@example.org"))
    assert "took effect" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_signing_goes_back_to_the_list_as_it_was_and_nowhere_else(client, item, other):
    client.force_login(other)
    address = reverse("look_back_sign", args=[item.pk])
    away = client.post(address, {"back": "https://elsewhere.example.org/"})
    assert away.url == reverse("look_back")
    here = client.post(address, {"back": "/admin/look-back/?signed=no"})
    assert here.url == "/admin/look-back/?signed=no"
    assert client.get(address).status_code == 405
    assert client.post(reverse("look_back_sign", args=[9999])).status_code == 404


def test_the_list_is_exported_and_nothing_in_it_is_a_formula(client, contact, doer, other):
    add_item(contact, doer, reason="=1+1")
    client.force_login(other)
    answer = client.get(reverse("look_back"), {"export": "csv"})
    words = b"".join(answer.streaming_content).decode()
    assert "'=1+1" in words


def test_an_item_leads_to_what_it_is_about(client, item, contact, admin, other):
    client.force_login(admin)
    address = reverse("look_back_show", args=[item.pk])
    assert address in client.get(reverse("look_back")).content.decode()
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    assert f"/contact/edit/{contact.pk}/" in client.get(address).url
    # An approver has no right to the form of a contact: they are told so, and what it was.
    client.force_login(other)
    assert client.get(address).url == reverse("look_back")
    client.force_login(add_person("comms@example.org"))
    assert client.get(address).status_code == 302
    assert "edit" not in client.get(address).url


def test_an_item_about_a_page_or_a_notice_leads_an_approver_to_its_history(client, doer):
    home = builders.add_home()
    client.force_login(add_approver("third@example.org", "audit.see_all"))
    for subject in (home, builders.add_notice()):
        found = add_item(subject, doer)
        address = client.get(reverse("look_back_show", args=[found.pk])).url
        assert "/history/" in address
        assert client.get(address).status_code == 200


def test_what_is_gone_is_said_to_be_gone(client, item, contact, other):
    contact.delete()
    client.force_login(other)
    html = client.get(reverse("look_back")).content.decode()
    assert "(it is gone)" in html
    address = reverse("look_back_show", args=[item.pk])
    assert address not in html
    assert client.get(address).url == reverse("look_back")


NAMELESS = [model for model in apps.get_models() if model.__str__ is Model.__str__]


@pytest.mark.django_db
@pytest.mark.parametrize("model", NAMELESS, ids=lambda model: model._meta.label)
def test_no_row_is_called_an_object_with_a_number(model):
    assert str(model()).startswith(f"{model.__name__} object (")
    assert name_of_row(model()).startswith(capfirst(str(model._meta.verbose_name)))
    assert "object (" not in name_of_row(model())


def test_every_model_of_ours_has_a_name_in_words():
    # Renditions are files made from pictures, and shown by no screen.
    nameless = {
        model._meta.label for model in NAMELESS if model.__module__.partition(".")[0] != "wagtail"
    }
    assert nameless == {"media.SiteImageRendition"}


def test_what_stands_between_two_others_is_named_by_them(doer):
    workflow = Workflow.objects.create(name="Two people")
    task = SecondPersonTask.objects.create(name="Approval")
    between = WorkflowTask.objects.create(workflow=workflow, task=task)
    item = add_item(between, doer)
    assert "“Two people”" in item.subject_text
    assert "“Approval”" in item.subject_text


@pytest.mark.django_db
@pytest.mark.usefixtures("set_up_site")
def test_publishing_now_keeps_what_it_said_before_and_says_after():
    notice = builders.add_notice()
    notice.lead, notice.expire_at = "The office is open.", datetime(2031, 3, 4, 9, tzinfo=UTC)
    notice.save_revision(user=person("emergency"))
    address = reverse("publishing_publish_now", args=["banners.notice", notice.pk])
    answer = desk_of("emergency").post(address, {"reason": "It is urgent."})
    assert answer.status_code == 302
    item = LookBackItem.objects.get()
    assert item.before["Headline"] == "The office is shut."
    assert item.after["Headline"] == "The office is open."
    assert item.after["End"] == "Tuesday 4 March 2031, 9am, UK time"
    assert "Level" not in {**item.before, **item.after}  # it did not change
    html = desk_of("approver").get(reverse("look_back")).content.decode()
    assert "The office is open." in html


@pytest.mark.django_db
@pytest.mark.usefixtures("set_up_site")
def test_a_new_notice_that_is_published_now_is_told_whole():
    notice = builders.add_notice(live=False, message="Stay in.")
    notice.save_revision(user=person("emergency"))
    address = reverse("publishing_publish_now", args=["banners.notice", notice.pk])
    desk_of("emergency").post(address, {"reason": "It is urgent."})
    item = LookBackItem.objects.get()
    assert item.before.get("Level", "") == ""
    assert item.after["Level"] == "Warning"
    assert item.after["Sentence"] == "Stay in."
