"""The two-person rule: one person's word makes no content public."""

import json
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import registry
from wagtail.models import Page, TaskState, Workflow, WorkflowState

from emca_site.banners.models import Notice
from emca_site.figures.models import Figure
from emca_site.publishing.approval.models.approval import SecondPersonTask
from emca_site.publishing.approval.models.proposal import Kind, Proposal
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.desk.guards import DECIDE_HERE
from emca_site.publishing.lifecycle.models.retirement import NO_WORDS, Retirement
from emca_site.publishing.permissions.refusals import BY_HAND, OWN_WORK, RefusedError
from news.models import ArticlePage
from tests import builders
from tests.desk_site import (
    SUBMIT,
    add,
    article_form,
    decide,
    desk_of,
    edit,
    is_live,
    loaded,
    page,
    person,
    publish,
    said_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


@pytest.fixture
def both():
    """Somebody who writes news and may approve."""
    person("comms").groups.add(Group.objects.get(name="Approvers"))
    return desk_of("comms")


def refusals(thing) -> list:
    logs = registry.get_logs_for_instance(thing)
    return list(logs.filter(action="publishing.refuse"))


def test_what_one_person_submits_another_approves_and_it_is_live(comms, approver, client):
    article = add(comms, **SUBMIT)
    assert not article.live
    assert client.get("/news/a-new-tram/").status_code == 404
    assert decide(approver, article).status_code == 302
    assert is_live(article)
    assert client.get("/news/a-new-tram/").status_code == 200


def test_nobody_approves_their_own_change(both):
    article = add(both, **SUBMIT)
    decide(both, article)
    assert not is_live(article)
    assert OWN_WORK in said_to(both)
    assert [entry.data["reason"] for entry in refusals(article)] == [OWN_WORK]


def test_withdrawing_and_submitting_again_makes_nobody_a_second_person(both, comms):
    article = add(both, **SUBMIT)
    edit(both, article, **{"action-cancel-workflow": "1"})
    edit(both, article, **SUBMIT)
    decide(both, article)
    assert not is_live(article)


def test_another_ones_submission_does_not_wash_off_ones_own_change(both, administrator):
    article = add(both)
    edit(administrator, article, title="A newer tram", **SUBMIT)
    decide(both, article)
    assert not is_live(article)


def test_the_address_of_another_thing_does_not_lend_its_approval(both, approver, administrator):
    mine = add(both, **SUBMIT)
    theirs = add(administrator, slug="another", **SUBMIT)
    state = TaskState.objects.get(workflow_state__object_id=str(mine.pk))
    address = reverse("wagtailadmin_pages:workflow_action", args=[theirs.pk, "approve", state.pk])
    answer = both.post(address, {"comment": ""}, follow=True)
    assert not is_live(mine)
    assert not is_live(theirs)
    assert OWN_WORK in unescape(answer.content.decode())


@pytest.mark.parametrize("action", ["approve", "reject"])
@pytest.mark.parametrize("view", ["workflow_action", "collect_workflow_action_data"])
def test_wagtails_own_address_of_a_decision_leads_to_the_screen_for_it(
    comms, approver, view, action
):
    """It approved without asking about answers of fact checkers, or a time that had come."""
    article = add(comms, **SUBMIT)
    notice = builders.add_notice(live=False)
    notice.save_revision(user=person("comms"))
    notice.get_workflow().start(notice, person("comms"))
    for thing in (article, notice):
        name = f"wagtailadmin_pages:{view}"
        if thing is notice:
            name = Notice.snippet_viewset.get_url_name(view)
        state = thing.current_workflow_task_state
        address = reverse(name, args=[thing.pk, action, state.pk])
        for answer in (approver.get(address), approver.post(address, {"comment": "Mend it"})):
            assert answer.status_code == 302
            assert answer.url == reverse("publishing_decide", args=[state.pk])
        state.refresh_from_db()
        assert state.status == TaskState.STATUS_IN_PROGRESS
        assert not is_live(thing)
        assert DECIDE_HERE in said_to(approver)


@pytest.mark.parametrize("who", ["comms", "administrator"])
def test_a_crafted_button_publishes_nothing(request, who):
    client = request.getfixturevalue(who)
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    client.post(address, article_form(**{"action-publish": "1"}))
    assert not ArticlePage.objects.exists()
    assert BY_HAND in said_to(client)
    article = add(client)
    edit(client, article, **{"action-publish": "1"})
    assert not is_live(article)
    assert BY_HAND in said_to(client)
    assert [entry.data["reason"] for entry in refusals(article)] == [BY_HAND]


@pytest.mark.parametrize("action", ["publish", "unpublish", "copy", "create_alias", "delete"])
def test_the_desks_own_api_publishes_nothing(administrator, comms, approver, action):
    draft, live = add(comms), publish(comms, approver, slug="live", title="Live")
    for article in (draft, live):
        address = f"/admin/api/main/pages/{article.pk}/action/{action}/"
        administrator.post(
            address, json.dumps({"keep_live": True, "alias": True}), content_type="application/json"
        )
    assert list(ArticlePage.objects.live()) == [live]
    assert not Page.objects.exclude(alias_of=None).exists()


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_nothing_is_done_to_several_live_things_at_once(administrator, comms, approver, action):
    draft, live = add(comms), publish(comms, approver, slug="live", title="Live")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    about = page("/about/")
    administrator.post(f"{address}?id={draft.pk}&id={live.pk}", {"chooser": about.pk})
    assert not is_live(draft)
    assert is_live(live)
    assert ArticlePage.objects.count() == 2
    assert live.get_parent().pk == ArticlePage.objects.get(pk=live.pk).get_parent().pk
    if action != "move":  # which finds by itself that it cannot
        assert "cannot be done to several things at once" in said_to(administrator)


def test_nobody_edits_what_waits_for_approval(comms, approver, administrator):
    article = add(comms, **SUBMIT)
    for client in (comms, administrator):
        answer = edit(client, article, title="Changed under the approver's eyes")
        assert "locked" in answer.content.decode()
    assert len(refusals(article)) == 2
    edit(approver, article, title="Changed by the approver")
    article.refresh_from_db()
    assert article.get_latest_revision().object_str == "A new tram"


def test_a_lock_of_ones_own_does_not_open_what_waits(administrator):
    article = add(administrator)
    administrator.post(reverse("wagtailadmin_pages:lock", args=[article.pk]))
    edit(administrator, article, **SUBMIT)
    edit(administrator, article, title="Changed under the approver's eyes")
    assert article.get_latest_revision().object_str == "A new tram"


def test_approval_publishes_the_version_that_was_reviewed_and_no_other(comms, approver):
    article = add(comms, **SUBMIT)
    article.refresh_from_db()
    article.title = "Newer words"
    article.save_revision(user=person("comms"), clean=False)  # past every screen
    decide(approver, article)
    assert not is_live(article)
    assert "newer version than the one" in said_to(approver)


def test_a_version_that_was_published_is_not_overwritten_by_a_form_left_open(comms, approver, both):
    article = publish(comms, approver)
    published = article.live_revision
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data = {**article_form(title="Sneaked in"), "overwrite_revision_id": published.pk}
    answer = comms.post(address, data, headers={"Accept": "application/json"})
    assert answer.json()["success"]
    assert answer.json()["revision_id"] != published.pk
    published.refresh_from_db()
    assert published.object_str == "A new tram"
    assert person("comms").pk in ArticlePage.objects.get().changed_by()


def test_taking_the_step_out_of_the_workflow_publishes_nothing(comms):
    article = add(comms, **SUBMIT)
    with pytest.raises(RefusedError), transaction.atomic():
        SecondPersonTask.objects.get().deactivate(user=person("admin"))
    assert not is_live(article)
    with pytest.raises(RefusedError):
        WorkflowState.objects.get().finish(user=person("admin"))


def test_a_workflow_of_wagtails_own_kind_does_not_let_one_approve_alone(both, administrator):
    from wagtail.models import GroupApprovalTask, WorkflowTask

    task = GroupApprovalTask.objects.create(name="Groups")
    task.groups.set(Group.objects.all())
    workflow = Workflow.objects.get(name="approvers")
    WorkflowTask.objects.filter(workflow=workflow).delete()
    WorkflowTask.objects.create(workflow=workflow, task=task)
    article = add(both, **SUBMIT)
    state = TaskState.objects.get()
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    both.post(address, {"comment": ""})
    assert not is_live(article)
    assert decide(both, article).status_code == 404
    assert not is_live(article)


def test_a_copy_is_a_draft(comms, approver, administrator):
    article = publish(comms, approver)
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page("/news/").pk}
    administrator.post(address, {**form, "publish_copies": "on"})
    assert not ArticlePage.objects.filter(slug="copy").exists()
    administrator.post(address, {**form, "alias": "on"})
    assert not ArticlePage.objects.filter(slug="copy").exists()
    administrator.post(address, form)
    assert not ArticlePage.objects.get(slug="copy").live


def test_reverting_makes_one_an_editor(comms, approver, both):
    article = publish(comms, approver)
    first = article.live_revision
    address = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, first.pk])
    form = article_form(title="As it was", change_size="small", **SUBMIT)
    both.post(address, {**form, **loaded(article)})
    decide(both, article)
    article.refresh_from_db()
    assert article.title == "A new tram"
    decide(approver, article)
    article.refresh_from_db()
    assert article.title == "As it was"


@pytest.mark.parametrize(
    ("view", "data"),
    [
        ("unpublish", {}),
        ("delete", {}),
        ("set_privacy", {"restriction_type": "login"}),
        ("lock", {}),
        ("convert_alias", {}),
    ],
)
@pytest.mark.parametrize("who", ["comms", "approver", "administrator"])
def test_something_live_stays_as_it_is_whatever_one_person_posts(
    request, comms, approver, administrator, view, data, who
):
    article = publish(comms, approver)
    client = request.getfixturevalue(who)
    client.post(reverse(f"wagtailadmin_pages:{view}", args=[article.pk]), data)
    after = ArticlePage.objects.get(pk=article.pk)
    assert after.live
    assert not after.view_restrictions.exists()


def test_moving_and_ordering_need_more_than_one(comms, approver, administrator):
    article = publish(comms, approver)
    other = builders.add_standard_page(page("/about/").get_parent(), "Other", slug="other")
    address = reverse("wagtailadmin_pages:move_confirm", args=[other.pk, page("/about/").pk])
    administrator.post(address)
    assert Page.objects.get(pk=other.pk).path == other.path
    assert "needs two people" in said_to(administrator)
    address = reverse("wagtailadmin_pages:set_page_position", args=[page("/news/").pk])
    administrator.post(f"{address}?position=0")
    assert is_live(article)
    assert "order of live pages" in said_to(administrator)


def test_what_was_once_published_is_never_deleted(comms, approver, administrator):
    article = publish(comms, approver)
    article.refresh_from_db()
    article.take_down(person("approver"))
    administrator.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert ArticlePage.objects.filter(pk=article.pk).exists()
    assert "never deleted" in said_to(administrator)
    draft = add(comms, slug="draft")
    comms.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert not ArticlePage.objects.filter(pk=draft.pk).exists()


def test_taking_down_needs_somebody_who_did_not_ask(comms, approver, both, client):
    article = publish(comms, approver)
    ask = reverse("publishing_ask_to_retire", args=["news.articlepage", article.pk])
    assert NO_WORDS in both.post(ask, {"retire_as": "error"}).content.decode()
    both.post(ask, {"retire_as": "error", "public_reason": "It is wrong"})
    decide = reverse("publishing_proposal", args=[Proposal.objects.get().pk])
    both.post(decide, {"decision": "accept"})
    assert is_live(article)
    approver.post(decide, {"decision": "accept"})
    assert not is_live(article)
    assert client.get("/news/a-new-tram/").status_code == 410
    approver.post(decide, {"decision": "accept"})  # a second time changes nothing
    assert "decided already" in said_to(approver)


def test_a_declined_or_withdrawn_wish_changes_nothing(comms, approver):
    article = publish(comms, approver)
    ask = reverse("publishing_ask_to_retire", args=["news.articlepage", article.pk])
    for client, decision in ((approver, "decline"), (comms, "withdraw")):
        comms.post(ask, {"retire_as": "error", "public_reason": "It is wrong"})
        decide = reverse("publishing_proposal", args=[Proposal.objects.waiting().get().pk])
        client.post(decide, {"decision": decision, "why_declined": "It is right."})
        assert is_live(article)
        assert not Proposal.objects.waiting().exists()


def test_moving_something_live_takes_two(administrator, approver):
    home = page("/")
    moved = builders.add_standard_page(home, "Who decides", slug="who-decides")
    ask = reverse("publishing_ask_to_move", args=["home.standardpage", moved.pk])
    administrator.post(ask, {"reason": "It belongs there", "destination": page("/about/").pk})
    decide = reverse("publishing_proposal", args=[Proposal.objects.get().pk])
    administrator.post(decide, {"decision": "accept"})
    assert Page.objects.get(pk=moved.pk).get_parent().pk == home.pk
    approver.post(decide, {"decision": "accept"})
    assert Page.objects.get(pk=moved.pk).specific.url == "/about/who-decides/"


def test_a_schedule_starts_with_an_approval_and_is_cancelled_by_an_approver(comms, approver, both):
    article = add(comms, go_live_at="2030-01-01 09:00", **SUBMIT)
    decide(approver, article)
    article.refresh_from_db()
    assert not article.live
    revision = article.scheduled_revision
    assert revision.approved_go_live_at
    cancel = reverse("wagtailadmin_pages:revisions_unschedule", args=[article.pk, revision.pk])
    both.post(cancel)
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    approver.post(cancel)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_the_schedule_of_a_notice_is_cancelled_from_its_history_by_an_approver(comms, approver):
    notice = builders.add_notice(
        live=False, go_live_at="2030-01-01T09:00Z", expire_at="2030-02-01T09:00Z"
    )
    revision = notice.save_revision(user=person("comms"))
    revision.publish()
    name = Notice.snippet_viewset.get_url_name
    cancel = reverse(name("revisions_unschedule"), args=[notice.pk, revision.pk])
    for client, may in ((comms, False), (approver, True)):
        history = client.get(reverse(name("history"), args=[notice.pk])).content.decode()
        assert (cancel in history) == may
    comms.post(cancel)
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    approver.post(cancel)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_scheduling_is_no_way_round(comms, administrator):
    article = (
        add(comms, go_live_at="2030-01-01 09:00", **{"action-publish": "1"})
        if False
        else add(comms, go_live_at="2030-01-01 09:00")
    )
    edit(administrator, article, go_live_at="2030-01-01 09:00", **{"action-publish": "1"})
    assert article.scheduled_revision is None


def test_notices_too_need_two(comms, approver, client):
    address = reverse(Notice.snippet_viewset.get_url_name("add"))
    form = {
        "level": "warning",
        "lead": "The office is shut",
        "message": "",
        "link_text": "",
        "external_url": "",
        "expire_at": "2030-01-01 09:00",
    }
    comms.post(address, {**form, "action-publish": "1"})
    assert not Notice.objects.exists()
    assert BY_HAND in said_to(comms)
    comms.post(address, {**form, "action-submit": "1"})
    notice = Notice.objects.get()
    assert not notice.live
    decide(approver, notice)
    assert is_live(notice)
    name = Notice.snippet_viewset.get_url_name
    for view in ("unpublish", "delete"):
        for each in (comms, approver):
            each.post(reverse(name(view), args=[notice.pk]))
    assert is_live(notice)
    ask = reverse("publishing_ask_to_take_down", args=["banners.notice", notice.pk])
    comms.post(ask, {"reason": "Over"})
    approver.post(
        reverse("publishing_proposal", args=[Proposal.objects.get().pk]), {"decision": "accept"}
    )
    assert not is_live(notice)


def test_a_request_that_is_refused_leaves_nothing_but_the_record(comms):
    article = add(comms)
    versions = article.revisions.count()
    edit(comms, article, title="Typed with the crafted button", **{"action-publish": "1"})
    assert article.revisions.count() == versions
    assert len(refusals(article)) == 1


def test_an_administrator_is_not_two_people_by_way_of_another_account(administrator, both):
    """Not by a new account, by a new password or by new rights: not until somebody signed that."""
    article = add(administrator, **SUBMIT)
    approvers = Group.objects.get(name="Approvers")
    made = {
        "email": "second@example.org",
        "first_name": "Second",
        "last_name": "Self",
        "password1": "a-long-pass-phrase",
        "password2": "a-long-pass-phrase",
        "is_active": "on",
        "groups": [approvers.pk],
    }
    administrator.post(reverse("wagtailusers_users:add"), made)
    second = Client()
    assert second.login(email="second@example.org", password="a-long-pass-phrase")
    decide(second, article)
    assert not is_live(article)
    assert "no approver has signed that" in said_to(second)

    taken = {**made, "email": "approver@example.org"}
    administrator.post(reverse("wagtailusers_users:edit", args=[person("approver").pk]), taken)
    first = Client()
    assert first.login(email="approver@example.org", password="a-long-pass-phrase")
    decide(first, article)
    assert not is_live(article)

    for item in LookBackItem.objects.unsigned():
        both.post(reverse("look_back_sign", args=[item.pk]))
    decide(second, article)
    assert is_live(article)


def test_a_new_password_of_ones_own_takes_nothing_away(approver, comms):
    article = add(comms, **SUBMIT)
    form = {
        "password-old_password": "let-me-in-to-try",
        "password-new_password1": "a-long-pass-phrase",
        "password-new_password2": "a-long-pass-phrase",
    }
    account = approver.get(reverse("wagtailadmin_account"))
    assert account.status_code == 200
    approver.post(reverse("wagtailadmin_account"), form)
    again = desk_of("approver")
    decide(again, article)
    assert is_live(article)


def test_a_number_changes_on_every_page_only_when_somebody_else_approves(comms, approver, client):
    figure = builders.add_figure(label="for homes", value=9_000_000)
    home = page("/")
    home.key_figures = [("figure", figure)]
    home.save()
    assert "£9m" in client.get("/").content.decode()
    address = reverse(Figure.snippet_viewset.get_url_name("edit"), args=[figure.pk])
    form = {
        "key": figure.key,
        "label": "for homes",
        "value": "10000000",
        "unit": "money",
        "qualifier": "",
        "as_at": "",
        "as_at_text": "",
        "source_name": "The budget",
        "confidence": "official",
        "doubt": "",
        "note": "",
        "area": "",
        "owned_by": "",
        "source_url": "",
    }
    comms.post(address, {**form, "action-publish": "1"})
    comms.post(address, {**form, **SUBMIT})
    assert "£9m" in client.get("/").content.decode()
    decide(approver, figure)
    shown = client.get("/").content.decode()
    assert "£10m" in shown
    assert "£9m" not in shown
    figure.refresh_from_db()
    assert figure.review_by


def test_a_figure_that_is_not_published_is_on_no_page(client):
    figure = builders.add_figure(label="for homes", value=9_000_000, live=False)
    home = page("/")
    home.key_figures = [("figure", figure)]
    home.save()
    assert "£9m" not in client.get("/").content.decode()


# --- Redirects of old addresses that a decision replaces


def moved(approver, standing, above):
    found = Page.objects.get(pk=standing.pk).specific
    wish = Proposal.ask(Kind.MOVE, found, person("comms"), "x", destination=above)
    approver.post(reverse("publishing_proposal", args=[wish.pk]), {"decision": "accept"})
    assert Page.objects.get(pk=standing.pk).is_child_of(Page.objects.get(pk=above.pk))


def test_redirects_that_a_move_replaces_are_nobodys_immediate_change(approver):
    home, about = page("/"), page("/about/")
    above = builders.add_standard_page(home, "Above", slug="above")
    gone = builders.add_standard_page(above, "Gone", slug="gone")
    Retirement.objects.start(gone, "error", reason="Wrong.")
    for destination in (about, home, about, home):
        moved(approver, above, destination)
    assert Redirect.objects.filter(old_path="/about/above/gone").count() == 1
    assert not LookBackItem.objects.exists()


def test_a_redirect_that_somebody_deletes_is_looked_back_at_all_the_same():
    made = Redirect.objects.create(
        old_path="/old", redirect_page=page("/about/"), automatically_created=True
    )
    desk_of("admin").post(reverse("wagtailredirects:delete", args=[made.pk]))
    assert not Redirect.objects.exists()
    assert LookBackItem.objects.get().what == "Deleted at once"
