"""Small side doors through which one person's words became public on that person's word."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.test.utils.form_data import nested_form_data, streamfield

from emca_site.banners.wagtail_hooks import NOTICE_STANDS_HERE
from emca_site.publishing.approval.views.publish_now import SAVED_SINCE
from emca_site.publishing.audit import look_back_list
from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.permissions.people import APPROVE
from emca_site.publishing.publishable.models.change import Change
from emca_site.publishing.publishable.models.page import ADDRESS_OF_WHAT_IS_BELOW
from home.models import StandardPage
from news.models import ArticlePage
from tests import builders
from tests.desk_site import (
    SUBMIT,
    add,
    article_form,
    decide,
    edit,
    is_live,
    loaded,
    page,
    person,
    publish,
    said_to,
)
from tests.people import add_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

BIG = {"change_size": "big"}


@pytest.fixture
def changed(comms, approver):
    """A live article with a change of it that waits, and its editor's note."""
    article = publish(comms, approver)
    edit(comms, article, summary="Other.", change_note="We added a date.", **BIG, **SUBMIT)
    return article


# --- What an approver says of a change: nobody else reads it before readers do ------------------


def test_words_of_the_approver_for_readers_are_looked_back_at(changed, approver, client):
    decide(approver, changed, change_note="The trams run all night.", **BIG)
    assert "The trams run all night." in client.get(changed.url).content.decode()
    item = LookBackItem.objects.unsigned().get()
    assert item.subject == changed
    assert item.done_by == person("approver")
    told = ("What changed", "We added a date.", "The trams run all night.")
    assert told in item.changes
    assert look_back_list.why_not_signed_by(item, person("approver"))


def test_the_editors_words_alone_are_not(changed, approver):
    decide(approver, changed, change_note="We added a date.", **BIG)
    assert is_live(changed)
    assert not LookBackItem.objects.exists()


# --- A note for readers passes the gate as everything they read ---------------------------------

UNFINISHED = ["Dates TBC", "We added [name]", "Lorem ipsum"]


@pytest.mark.parametrize("note", UNFINISHED)
def test_an_unfinished_note_is_not_submitted(comms, approver, note):
    article = publish(comms, approver)
    answer = edit(comms, article, summary="Other.", change_note=note, **BIG, **SUBMIT)
    assert "looks unfinished" in answer.context["form"].errors["change_note"][0]
    article.refresh_from_db()
    assert not article.workflow_in_progress


@pytest.mark.parametrize("note", UNFINISHED)
def test_an_approver_writes_no_unfinished_note(changed, approver, note):
    answer = decide(approver, changed, change_note=note, **BIG)
    assert "looks unfinished" in answer.context["form"].errors["change_note"][0]
    assert Change.objects.get().note == "We added a date."
    assert Change.objects.get().took_effect_at is None


def test_a_note_that_nobody_is_shown_may_be_anything(comms, approver):
    article = publish(comms, approver)
    edit(comms, article, summary="Other.", change_size="small", change_note="TBC", **SUBMIT)
    article.refresh_from_db()
    assert article.workflow_in_progress


# --- Published now is what was read -------------------------------------------------------------


def open_publish_now(client, article) -> tuple[str, dict]:
    address = reverse("publishing_publish_now", args=[article._meta.label_lower, article.pk])
    form = client.get(address).context["form"]
    return address, {"reason": "It cannot wait.", "version": form["version"].value()}


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_somebody_else_saved_meanwhile_is_not_published_unread(comms, administrator, accept):
    article = add(comms)
    address, data = open_publish_now(administrator, article)
    form = article_form(title="Quite other words") | loaded(article)
    if accept == "application/json":  # an autosave, below the number that the form has
        form["overwrite_revision_id"] = str(article.latest_revision_id)
    edit_address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    comms.post(edit_address, form, headers={"Accept": accept})
    article.refresh_from_db()
    assert article.latest_revision.object_str == "Quite other words"
    administrator.post(address, data)
    assert not is_live(article)
    assert SAVED_SINCE in said_to(administrator)
    address, data = open_publish_now(administrator, article)
    administrator.post(address, data)
    assert is_live(article)


# --- The right to approve, by way of a name -----------------------------------------------------


def test_a_group_called_as_a_right_is_called_gives_no_right_unsigned():
    right = Permission.objects.get(codename=APPROVE.split(".")[1])
    somebody, group = add_person("somebody@example.org"), Group.objects.create(name=str(right))
    somebody.groups.add(group)
    with LogContext(user=person("admin")):
        group.name = "Harmless"
        group.save()
        group.permissions.add(right)
    assert not may_approve(somebody)
    look_back_list.sign(LookBackItem.objects.get(), person("approver"))
    assert may_approve(type(somebody).objects.get(pk=somebody.pk))


def test_the_wording_of_a_look_back_item_decides_nothing():
    right = Permission.objects.get(codename=APPROVE.split(".")[1])
    somebody, group = add_person("somebody@example.org"), Group.objects.create(name="Some")
    somebody.groups.add(group)
    with LogContext(user=person("admin")):
        group.permissions.add(right)
    LookBackItem.objects.update(before={}, after={"Permissions": "Something else"})
    assert not may_approve(somebody)


def test_another_right_of_the_same_wording_takes_nobodys_right_away():
    right = Permission.objects.get(codename=APPROVE.split(".")[1])
    alike = Permission.objects.create(
        name=right.name, content_type=right.content_type, codename="something_else"
    )
    assert str(alike) == str(right)
    somebody, group = add_person("somebody@example.org"), Group.objects.create(name="Some")
    group.permissions.add(right)
    somebody.groups.add(group)
    with LogContext(user=person("admin")):
        group.permissions.add(alike)
    assert LookBackItem.objects.unsigned().count() == 1
    assert may_approve(somebody)


def test_a_right_that_takes_the_place_of_one_with_the_same_wording_is_signed_first():
    right = Permission.objects.get(codename=APPROVE.split(".")[1])
    alike = Permission.objects.create(
        name=right.name, content_type=right.content_type, codename="something_else"
    )
    somebody, group = add_person("somebody@example.org"), Group.objects.create(name="Some")
    group.permissions.add(alike)
    somebody.groups.add(group)
    with LogContext(user=person("admin")):
        group.permissions.set([right])
    assert not may_approve(somebody)


# --- What would go with something else ----------------------------------------------------------


def test_a_notice_is_not_deleted_with_a_page_that_was_never_public(comms):
    article = add(comms)
    notice = builders.add_notice(section=article)
    address = reverse("wagtailadmin_pages:delete", args=[article.pk])
    comms.post(address)
    assert NOTICE_STANDS_HERE in said_to(comms)
    assert is_live(notice)
    article.refresh_from_db()
    type(notice).objects.update(section=None)
    comms.post(address)
    assert not ArticlePage.objects.exists()


# --- The address of a live page is a part of what readers have ----------------------------------


def test_a_draft_does_not_move_the_live_pages_below_it(administrator, client):
    draft = builders.add_standard_page(page("/"), slug="plans", live=False)
    plan = builders.add_standard_page(draft, "A plan", slug="a-plan")
    form = {"title": "Plans", "summary": "S.", "seo_title": "", "search_description": ""}
    form |= {"body": streamfield([]), "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    def save(**fields):
        return administrator.post(address, nested_form_data(form | fields) | loaded(draft))

    errors = save(slug="elsewhere").context["form"].errors
    assert errors["slug"] == [ADDRESS_OF_WHAT_IS_BELOW]
    assert client.get("/plans/a-plan/").status_code == 200
    assert save(slug="plans").status_code == 302
    StandardPage.objects.filter(pk=plan.pk).update(live=False)
    assert save(slug="elsewhere").status_code == 302
    assert StandardPage.objects.get(pk=draft.pk).slug == "elsewhere"
