"""What has no drafts acts at once: it is logged with before and after and looked back at."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from emca_site.core.models import Contact, SiteSettings
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.audit.rows_in_words import row_in_words
from tests import builders
from tests.people import add_approver, add_person, approvers_group

TOLD = ["Made at once", "Changed at once", "Deleted at once"]


@pytest.fixture
def at_work(admin):
    """A person at work on the desk, as Wagtail notes it for each request."""
    with LogContext(user=admin):
        yield admin


@pytest.fixture
def second_approver(db):
    """Somebody who can sign what the person at work does to accounts."""
    return add_approver("signs@example.org")


def entries():
    return ModelLogEntry.objects.filter(action="publishing.immediate_change")


def settings_form(**fields):
    words = dict.fromkeys(
        ["short_name", "name_first_line", "name_second_line", "strapline", "description"], ""
    )
    return nested_form_data(
        {
            "name": "Name of the authority",
            **words,
            "social_links": streamfield([]),
            "footer_text": rich_text(""),
            **fields,
        }
    )


def save_settings(desk, **fields):
    SiteSettings.load()
    address = desk.get(reverse("wagtailsettings:edit", args=["core", "sitesettings"])).url
    return desk.post(address, settings_form(**fields))


def test_a_setting_is_listed_with_before_and_after(desk, admin, site_settings):
    save_settings(desk, strapline="One region.")
    item = LookBackItem.objects.get()
    assert item.what == "Changed at once"
    assert item.subject == SiteSettings.load()
    assert item.done_by == admin
    assert item.before["Strapline"] == ""
    assert item.after["Strapline"] == "One region."
    assert "Short name" not in item.after
    entry = entries().get()
    assert entry.user == admin
    assert entry.data["after"]["Strapline"] == "One region."
    assert "Changed at once: Strapline" in entry.message


def test_blocks_are_told_in_words(desk, site_settings):
    link = {"name": "Video", "url": "https://example.org/v"}
    save_settings(desk, social_links=streamfield([("link", link)]))
    item = LookBackItem.objects.get()
    assert item.after["Social links"] == "link: name: Video; url: https://example.org/v"


def test_a_form_saved_without_a_change_is_not_listed(desk, site_settings):
    save_settings(desk, footer_text=rich_text("<p>Small print.</p>"))
    LookBackItem.objects.all().delete()
    entries().delete()
    # The editor gives the paragraph another key, which is nobody's change.
    save_settings(desk, footer_text=rich_text("<p>Small print.</p>"))
    assert not LookBackItem.objects.exists()
    assert not entries().exists()


def test_what_no_person_does_is_not_listed(db):
    contact = builders.add_contact()
    contact.name = "News desk"
    contact.save()
    contact.delete()
    assert not LookBackItem.objects.exists()
    assert not entries().exists()


def test_a_contact_is_listed_when_it_is_made_changed_and_deleted(desk):
    form = {
        "name": "Press office",
        "email": "p@example.org",
        "phone": "",
        "hours": "",
        "out_of_hours_phone": "",
        "note": "",
    }
    desk.post(reverse("wagtailsnippets_core_contact:add"), form)
    contact = Contact.objects.get()
    edit = reverse("wagtailsnippets_core_contact:edit", args=[contact.pk])
    desk.post(edit, form | {"phone": "0115 1"})
    desk.post(reverse("wagtailsnippets_core_contact:delete", args=[contact.pk]))
    assert not Contact.objects.exists()
    made, changed, deleted = LookBackItem.objects.order_by("pk")
    assert [made.what, changed.what, deleted.what] == TOLD
    assert made.after == {"Name": "Press office", "E-mail address": "p@example.org"} | {
        name: text for name, text in made.after.items() if not text
    }
    assert (changed.before, changed.after) == ({"Phone": ""}, {"Phone": "0115 1"})
    assert deleted.before["Name"] == "Press office"
    assert deleted.subject is None
    assert [entry.deleted for entry in entries().order_by("pk")] == [False, False, True]


def test_a_bulk_delete_is_heard(desk):
    contacts = [builders.add_contact(name=name) for name in ("One", "Two")]
    address = reverse("wagtail_bulk_action", args=["core", "contact", "delete"])
    ids = "&".join(f"id={contact.pk}" for contact in contacts)
    desk.post(f"{address}?{ids}")
    assert not Contact.objects.exists()
    assert sorted(item.subject_text for item in LookBackItem.objects.all()) == ["One", "Two"]


def test_councils_counties_and_topics_are_heard(at_work):
    builders.add_district()
    builders.add_topic()
    assert sorted(item.subject._meta.model_name for item in LookBackItem.objects.all()) == [
        "council",
        "countycouncil",
        "topic",
    ]


def test_a_choice_is_told_by_its_name_and_a_relation_by_what_it_leads_to(at_work):
    council = builders.add_district()
    item = LookBackItem.objects.about(council).get()
    assert item.after["Kind"].startswith("District or borough")
    assert item.after["County council"] == "Westshire County Council"


def test_the_councils_of_a_topics_note_are_heard(admin):
    city, topic = builders.add_city(), builders.add_topic()
    with LogContext(user=admin):
        topic.note_councils.set([city])
    item = LookBackItem.objects.get()
    assert list(item.after.values()) == ["Midchester City Council"]


def test_an_imported_redirect_is_heard(desk, home):
    table = SimpleUploadedFile("r.csv", b"from,to\n/old/,https://example.org/\n", "text/csv")
    start = reverse("wagtailredirects:start_import")
    answer = desk.post(start, {"import_file": table, "input_format": "0"})
    form = answer.context["form"]
    confirmed = {name: form[name].value() or "" for name in form.fields}
    confirmed |= {"from_index": 0, "to_index": 1, "permanent": "on"}
    desk.post(reverse("wagtailredirects:process_import"), confirmed)
    assert Redirect.objects.count() == 1
    item = LookBackItem.objects.get()
    assert item.what == "Made at once"
    assert item.after["Redirect from"] == "/old"


def promotion_form(term, promotions):
    form = {
        "query_string": term,
        "editors_picks-TOTAL_FORMS": len(promotions),
        "editors_picks-INITIAL_FORMS": sum("id" in fields for fields in promotions),
        "editors_picks-MIN_NUM_FORMS": 0,
        "editors_picks-MAX_NUM_FORMS": 1000,
    }
    for number, fields in enumerate(promotions):
        defaults = {"page": "", "description": "", "external_link_text": "", "ORDER": number + 1}
        for name, value in {**defaults, **fields}.items():
            form[f"editors_picks-{number}-{name}"] = value
    return form


def test_a_promoted_result_is_heard_and_so_is_its_new_word(desk):
    link = {"external_link_url": "https://example.org/", "external_link_text": "Elsewhere"}
    desk.post(reverse("wagtailsearchpromotions:add"), promotion_form("bus", [link]))
    made = LookBackItem.objects.get()
    assert made.after["Query"] == "bus"
    promotion = made.subject
    address = reverse("wagtailsearchpromotions:edit", args=[promotion.query_id])
    desk.post(address, promotion_form("tram", [link | {"id": promotion.pk}]))
    promotion.refresh_from_db()
    assert promotion.query.query_string == "tram"
    changed = LookBackItem.objects.get(what="Changed at once")
    assert (changed.before, changed.after) == ({"Query": "bus"}, {"Query": "tram"})


def user_form(person, **fields):
    return {
        "email": person.email,
        "first_name": "Ada",
        "last_name": "Byron",
        "is_active": "on",
        **fields,
    }


def edit_person(desk, person, **fields):
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    answer = desk.post(address, user_form(person, **fields))
    assert answer.status_code == 302


def test_making_somebody_an_approver_is_listed_and_nothing_else_about_them(desk, second_approver):
    group, person = approvers_group(), add_person("new@example.org")
    edit_person(desk, person, first_name="Augusta")
    assert not LookBackItem.objects.exists()
    edit_person(desk, person, first_name="Augusta", groups=[group.pk])
    item = LookBackItem.objects.get()
    assert item.subject == person
    assert (item.before, item.after) == ({"Groups": ""}, {"Groups": "Approvers"})


def test_several_changes_in_one_request_are_one_item(desk, second_approver):
    group, person = approvers_group(), add_person("new@example.org")
    other = builders.add_team("Comms staff")
    person.groups.add(other)
    edit_person(desk, person, groups=[group.pk], is_superuser="on")
    item = LookBackItem.objects.get()
    assert item.before == {"Superuser status": "No", "Groups": "Comms staff"}
    assert item.after == {"Superuser status": "Yes", "Groups": "Approvers"}
    assert entries().get().data["after"] == item.after


def test_the_same_change_in_another_request_is_another_item(desk, second_approver):
    first, second = approvers_group(), builders.add_team("Comms staff")
    person = add_person("new@example.org")
    edit_person(desk, person, groups=[first.pk])
    edit_person(desk, person, groups=[first.pk, second.pk])
    assert LookBackItem.objects.count() == 2


def test_what_is_put_back_in_the_same_request_is_not_listed(
    at_work, django_capture_on_commit_callbacks
):
    add_approver()
    contact = builders.add_contact()
    LookBackItem.objects.all().delete()
    entries().delete()
    with LogContext(user=at_work), django_capture_on_commit_callbacks(execute=True):
        for name in ("News desk", "Press office"):
            contact.name = name
            contact.save()
    assert not LookBackItem.objects.exists()
    assert not entries().exists()
    assert not mail.outbox


def test_one_item_is_one_mail(at_work, django_capture_on_commit_callbacks):
    add_approver()
    contact = builders.add_contact()
    LookBackItem.objects.all().delete()
    with LogContext(user=at_work), django_capture_on_commit_callbacks(execute=True):
        for name in ("News desk", "Newsroom"):
            contact.name = name
            contact.save()
    assert LookBackItem.objects.get().after == {"Name": "Newsroom"}
    assert len(mail.outbox) == 1


def test_a_password_is_never_told(desk):
    person = add_person("new@example.org")
    edit_person(desk, person, password1="Correct-horse-9", password2="Correct-horse-9")
    person.refresh_from_db()
    assert person.check_password("Correct-horse-9")
    item = LookBackItem.objects.about(person).get()
    assert item.before != item.after
    told = f"{item.before} {item.after} {item.subject_text}"
    assert "Correct-horse-9" not in told
    assert person.password not in told
    assert person.password.split("$")[-1] not in told


def test_people_made_active_or_not_by_a_bulk_action_are_heard(desk):
    people = [add_person(f"{name}@example.org") for name in ("one", "two")]
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    ids = "&".join(f"id={person.pk}" for person in people)
    desk.post(f"{address}?{ids}", {"mark_as_active": "False"})
    for person in people:
        person.refresh_from_db()
        assert not person.is_active
        item = LookBackItem.objects.about(person).get()
        assert (item.before, item.after) == ({"Active": "Yes"}, {"Active": "No"})


def test_a_group_given_to_people_in_bulk_is_heard(desk, second_approver):
    group, person = approvers_group(), add_person("new@example.org")
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    desk.post(f"{address}?id={person.pk}", {"role": group.pk})
    item = LookBackItem.objects.about(person).get()
    assert item.after == {"Groups": "Approvers"}


def test_emptying_a_group_is_heard_for_everybody_in_it(admin):
    group, person = approvers_group(), add_person("new@example.org")
    person.groups.add(group)
    with LogContext(user=admin):
        group.user_set.clear()
    assert LookBackItem.objects.about(person).get().before == {"Groups": "Approvers"}


def test_a_right_given_to_a_group_is_heard(admin):
    group = Group.objects.create(name="Comms staff")
    with LogContext(user=admin):
        group.permissions.add(Permission.objects.get(codename="approve"))
    item = LookBackItem.objects.about(group).get()
    assert "approve what somebody else changed" in item.after["Permissions"]


def test_a_picture_is_logged_with_before_and_after_and_not_listed(desk):
    image = builders.add_image("Old title")
    form = {
        "title": "New title",
        "description": "A tram.",
        "tags": "",
        "focal_point_x": "",
        "focal_point_y": "",
        "focal_point_width": "",
        "focal_point_height": "",
    }
    desk.post(reverse("wagtailimages:edit", args=[image.pk]), form)
    entry = entries().get()
    assert entry.data["before"]["Title"] == "Old title"
    assert entry.data["after"]["Title"] == "New title"
    assert not LookBackItem.objects.exists()


def test_a_file_is_logged_with_before_and_after(at_work):
    document = builders.add_document()
    entries().delete()
    with LogContext(user=at_work):
        document.title = "Another plan"
        document.save()
    assert entries().get().data["after"] == {"Title": "Another plan"}


def test_a_password_is_in_no_account_of_a_person_either(db):
    words = row_in_words(add_person("new@example.org"), [])
    assert words["E-mail address"] == "new@example.org"
    assert "Last login" not in words
    assert re.fullmatch(r"set \(mark [0-9a-f]{6}\)", words["Password"])


def test_a_change_of_how_things_are_approved_stands_on_the_list(admin, approving):
    workflow = Workflow.objects.get(name="approvers")
    with LogContext(user=admin):
        workflow.deactivate()
    workflow.refresh_from_db()
    assert not workflow.active
    assert LookBackItem.objects.about(workflow).get().after["Active"] == "No"
