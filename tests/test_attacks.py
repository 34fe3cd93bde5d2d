"""Ways by which one person tried to be two, or to learn what is not theirs."""

import json
import re
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowTask

from emca_site.banners.models import Notice
from emca_site.publishing.approval.models.proposal import ASKED_IT_YOURSELF, Kind, Proposal
from emca_site.publishing.audit.models import LookBackItem
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
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

PASS_PHRASE = "a-long-pass-phrase"


@pytest.fixture
def superuser():
    """An administrator who may do all that Wagtail has."""
    someone = person("admin")
    someone.is_superuser = True
    someone.save()
    return desk_of("admin")


def second_self(maker: Client, *groups: str, email="second@example.org") -> Client:
    """An account that somebody makes at the desk, and signs in with."""
    made = {
        "email": email,
        "first_name": "Second",
        "last_name": "Self",
        "password1": PASS_PHRASE,
        "password2": PASS_PHRASE,
        "is_active": "on",
        "groups": [Group.objects.get(name=name).pk for name in groups],
    }
    answer = maker.post(reverse("wagtailusers_users:add"), made)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    client = Client()
    assert client.login(email=email, password=PASS_PHRASE)
    return client


def test_an_account_one_made_does_not_write_for_one(superuser):
    writer = second_self(superuser, "Comms staff")
    article = add(writer, **SUBMIT)
    decide(superuser, article)
    assert not is_live(article)


def test_an_account_one_took_over_does_not_write_for_one(superuser):
    taken = {
        "email": "comms@example.org",
        "first_name": "C",
        "last_name": "S",
        "is_active": "on",
        "password1": PASS_PHRASE,
        "password2": PASS_PHRASE,
        "groups": [Group.objects.get(name="Comms staff").pk],
    }
    superuser.post(reverse("wagtailusers_users:edit", args=[person("comms").pk]), taken)
    writer = Client()
    assert writer.login(email="comms@example.org", password=PASS_PHRASE)
    article = add(writer, **SUBMIT)
    decide(superuser, article)
    assert not is_live(article)


def test_an_account_that_wrote_something_is_not_deleted(superuser):
    writer = second_self(superuser, "Comms staff")
    article = add(writer, **SUBMIT)
    second = person("second")
    superuser.post(reverse("wagtailusers_users:delete", args=[second.pk]))
    decide(superuser, article)
    assert not is_live(article)


def test_nor_together_with_others(superuser):
    writer = second_self(superuser, "Comms staff")
    article = add(writer, **SUBMIT)
    second = person("second")
    url = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    superuser.post(f"{url}?id={second.pk}")
    decide(superuser, article)
    assert not is_live(article)


def test_an_account_one_made_asks_for_nothing_that_one_decides(superuser, comms, approver):
    article = publish(comms, approver)
    writer = second_self(superuser, "Comms staff")
    ask = reverse("publishing_ask_to_retire", args=["news.articlepage", article.pk])
    writer.post(ask, {"retire_as": "error", "public_reason": "It is wrong"})
    decide = reverse("publishing_proposal", args=[Proposal.objects.get().pk])
    superuser.post(decide, {"decision": "accept"})
    assert is_live(article)


def test_nobody_is_asked_to_decide_for_an_account_they_made(
    superuser, comms, approver, django_capture_on_commit_callbacks
):
    article = publish(comms, approver)
    second_self(superuser, "Comms staff")
    with django_capture_on_commit_callbacks(execute=True):
        proposal = Proposal.ask(
            Kind.MOVE, article, person("second"), "why", destination=page("/about/")
        )
    told = {each.to[0] for each in mail.outbox if each.subject.startswith("To decide")}
    assert "approver@example.org" in told
    assert "admin@example.org" not in told
    address = reverse("publishing_proposal", args=[proposal.pk])
    screen = unescape(superuser.get(address).content.decode())
    assert 'value="accept"' not in screen
    assert ASKED_IT_YOURSELF in screen
    assert ASKED_IT_YOURSELF not in unescape(approver.get(address).content.decode())


def test_what_an_account_one_made_did_alone_is_not_ones_to_sign(superuser):
    """Otherwise it makes a third account, and one signs that: an approver of one's own."""
    second = second_self(superuser, "Administrators")
    third = second_self(second, "Approvers", email="third@example.org")
    item = LookBackItem.objects.about(person("third")).get()
    superuser.post(reverse("look_back_sign", args=[item.pk]))
    article = add(superuser, **SUBMIT)
    decide(third, article)
    assert not is_live(article)


def test_a_task_of_wagtails_own_lets_nobody_approve_who_may_not(superuser, comms):
    task = GroupApprovalTask.objects.create(name="Groups")
    task.groups.set(Group.objects.filter(name="Comms staff"))
    workflow = Workflow.objects.get(name="approvers")
    WorkflowTask.objects.filter(workflow=workflow).delete()
    WorkflowTask.objects.create(workflow=workflow, task=task)
    article = add(superuser, **SUBMIT)
    second = second_self(superuser, "Comms staff")
    state = TaskState.objects.get()
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    second.post(address, {"comment": ""})
    assert not is_live(article)


SECRET = "Zeppelin secret"


@pytest.fixture
def secret(superuser):
    home = page("/")
    return builders.add_standard_page(home, SECRET, slug="zeppelin", live=False)


def test_asking_to_move_tells_no_title(comms, approver, secret):
    article = publish(comms, approver)
    ask = reverse("publishing_ask_to_move", args=["news.articlepage", article.pk])
    answer = comms.post(ask, {"reason": "", "destination": secret.pk})
    assert SECRET not in answer.content.decode()


def test_asking_to_move_tells_no_title_by_the_proposal(approver, secret):
    transport = desk_of("transport")
    mine = builders.add_standard_page(page("/what-we-do/transport/"), "Mine", slug="mine")
    ask = reverse("publishing_ask_to_move", args=["home.standardpage", mine.pk])
    transport.post(ask, {"reason": "r", "destination": secret.pk})
    for proposal in Proposal.objects.all():
        answer = transport.get(reverse("publishing_proposal", args=[proposal.pk]))
        assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("field", ["link_page", "section"])
def test_a_notice_that_links_to_what_one_may_not_know_tells_no_title(secret, field):
    emergency = desk_of("emergency")
    form = {
        "level": "warning",
        "lead": "",
        "message": "",
        "link_text": "",
        "external_url": "",
        "expire_at": "2030-01-01 09:00",
        field: secret.pk,
    }
    answer = emergency.post(reverse(Notice.snippet_viewset.get_url_name("add")), form)
    assert SECRET not in answer.content.decode()


def test_rich_text_links_tell_no_address(comms, administrator, secret):
    article = add(comms)
    body = f'<h2>A</h2><p><a linktype="page" id="{secret.pk}">x</a></p>'
    assert edit(administrator, article, body=body).status_code == 302  # whoever knows all may
    answer = comms.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    assert "zeppelin" not in answer.content.decode()
    answer = comms.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert "zeppelin" not in answer.content.decode()


def test_keeping_mine_after_another_page_took_the_address_is_no_error(comms, administrator):
    article = add(comms)
    opened = loaded(article)
    edit(administrator, article, title="Theirs")
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    answer = comms.post(url, {**article_form(slug="other-slug"), **opened})
    assert answer.status_code == 409
    add(administrator, slug="other-slug")
    article.refresh_from_db()
    mine = article.revisions.filter(user=person("comms")).order_by("pk").last()
    comms.raise_request_exception = False
    answer = comms.post(
        reverse("publishing_keep_mine", args=["news.articlepage", article.pk]),
        {"mine": mine.pk, "theirs": article.latest_revision_id},
    )
    assert answer.status_code < 500


def test_the_desks_api_reverts_nothing_that_waits(administrator, comms, approver):
    article = add(comms)
    first = article.get_latest_revision()
    edit(comms, article, title="Second", **SUBMIT)
    administrator.post(
        f"/admin/api/main/pages/{article.pk}/action/revert_to_page_revision/",
        json.dumps({"revision_id": first.pk}),
        content_type="application/json",
    )
    article.refresh_from_db()
    assert article.get_latest_revision().object_str == "Second"


@pytest.mark.parametrize(
    "path",
    [
        "review/99999999999999999999999/",
        "proposals/99999999999999999999999/",
        "look-back/?done_by=abc&p=zz&done_at_after=xx",
        "reports/decisions/?user=abc&timestamp_after=zz",
        "reports/reviews/?p=xx",
        "publish-now/news.articlepage/99999999999999999999999/",
        "ask/move/a.b.c/1/",
        "look-back/?export=foo",
        "reports/decisions/?export=foo",
        "reports/reviews/?export=foo",
        "editing-sessions/ping/",
        "pages/usage/x/y/",
        "look-back/?ordering=zz",
    ],
)
def test_no_address_is_an_error(superuser, path):
    superuser.raise_request_exception = False
    assert superuser.get(f"/admin/{path}").status_code < 500
    assert superuser.post(f"/admin/{path}").status_code < 500


def test_an_article_that_shows_a_picture_of_another_team_tells_no_title(comms):
    from emca_site.media.models import SiteImage
    from site_setup.rights import find_collection

    picture = builders.add_image(title="Zeppelin picture")
    SiteImage.objects.filter(pk=picture.pk).update(collection=find_collection("transport"))
    article = add(comms)
    answer = edit(comms, article, title="", banner_image=picture.pk)
    assert "Zeppelin picture" not in answer.content.decode()


def test_an_article_that_chooses_what_one_may_not_know_tells_no_title(comms, superuser):
    transport = builders.add_standard_page(
        page("/what-we-do/transport/"), "Zeppelin plan", slug="zep", live=False
    )
    article = add(comms)
    answer = comms.post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        {
            **article_form(title=""),
            **loaded(article),
            "chosen_articles-TOTAL_FORMS": "1",
            "chosen_articles-0-article": transport.pk,
            "chosen_articles-0-ORDER": "1",
            "chosen_articles-0-id": "",
        },
    )
    assert "Zeppelin plan" not in answer.content.decode()


def test_a_banner_on_a_foreign_draft_tells_no_title(comms, superuser):
    """The pages a banner may stand on are a list of boxes to tick."""
    from emca_site.banners.models import Banner

    secret = builders.add_standard_page(
        page("/what-we-do/"), "Zeppelin plan", slug="zep", live=False, show_in_menus=True
    )
    assert secret.depth in (3, 4)
    answer = comms.get(reverse(Banner.snippet_viewset.get_url_name("add")))
    assert "Zeppelin plan" not in answer.content.decode()


def test_saying_twice_or_late_changes_nothing(comms, approver):
    article = add(comms, **SUBMIT)
    state = TaskState.objects.get()
    edit(comms, article, **{"action-cancel-workflow": "1"})
    url = reverse("publishing_decide", args=[state.pk])
    approver.post(url, {"decision": "approve"})
    assert not is_live(article)


def test_json_saves_publish_and_submit_nothing_by_the_back_door(comms, approver):
    headers = {"Accept": "application/json"}
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    comms.post(address, article_form(**{"action-publish": "1"}), headers=headers)
    assert not ArticlePage.objects.live().exists()
    comms.post(address, article_form(slug="b", summary="", **SUBMIT), headers=headers)
    assert not TaskState.objects.exists()


def test_users_history_and_editing_sessions(comms, superuser, secret):
    superuser.get(reverse("wagtailadmin_pages:edit", args=[secret.pk]))
    url = reverse("wagtailadmin_editing_sessions:ping", args=["home", "standardpage", secret.pk, 1])
    answer = comms.post(url)
    assert answer.status_code in (302, 403, 404), answer.content
    for name in ("wagtailadmin_pages:confirm_workflow_cancellation",):
        answer = comms.get(reverse(name, args=[secret.pk]))
        assert SECRET not in answer.content.decode()


def test_a_group_that_somebody_let_approve_does_not_until_that_is_signed(comms, approver):
    """An administrator who may not approve gives that right to a group of their own."""
    someone = person("admin")
    someone.is_superuser = False
    someone.save()
    administrator = desk_of("admin")
    group = Group.objects.get(name="Administrators")
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    html = administrator.get(address).content.decode()
    prefixes = re.findall(r'name="(\S+)-TOTAL_FORMS"', html)
    inputs = [each for each in re.findall(r"<input[^>]*>", html) if 'name="permissions"' in each]
    offered = [int(re.search(r'value="(\d+)"', each)[1]) for each in inputs]
    wanted = Permission.objects.get(codename="approve", content_type__app_label="audit")
    assert wanted.pk in offered
    held = group.permissions.values_list("pk", flat=True)
    rights = [pk for pk in offered if pk in {*held, wanted.pk}]
    form = {"name": group.name, "permissions": rights}
    for prefix in prefixes:
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    answer = administrator.post(address, form)
    assert answer.status_code == 302, answer.context["form"].errors
    assert person("admin").has_perm("audit.approve")
    article = add(comms, **SUBMIT)
    decide(administrator, article)
    assert not is_live(article)
    for item in LookBackItem.objects.about(group):
        approver.post(reverse("look_back_sign", args=[item.pk]))
    decide(administrator, article)
    assert is_live(article)
