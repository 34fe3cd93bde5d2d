"""Nobody is left without somebody who may approve: warned before, a way out after, and checked."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    ModelLogEntry,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from emca_site.accounts.viewsets import SiteGroupForm
from emca_site.publishing.audit import look_back_list
from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.audit.last_approver import CONFIRMED
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.permissions.refusals import NOT_USED
from site_setup.dead_ends import dead_ends
from tests.desk_site import desk_of, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

HEADING = "Nobody would be left to approve"


@pytest.fixture
def officer():
    """A browser of an administrator of the ordinary kind, in a site with one approver."""
    user = get_user_model().objects.create_user("officer@example.org", "a-pass-phrase")
    user.groups.add(Group.objects.get(name="Administrators"))
    get_user_model().objects.filter(is_superuser=True).update(is_superuser=False)
    assert [each.email for each in get_user_model().objects.all() if may_approve(each)] == [
        "approver@example.org"
    ]
    return desk_of("officer")


def approver():
    return person("approver")


def user_form(**fields) -> dict:
    user = approver()
    return {
        "email": user.email,
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
        "groups": [str(group.pk) for group in user.groups.all()],
        "password1": "",
        "password2": "",
    } | fields


def edit_user(client, **fields):
    return client.post(
        reverse("wagtailusers_users:edit", args=[approver().pk]), user_form(**fields)
    )


def group_form(group: Group, permissions) -> dict:
    offered = SiteGroupForm().registered_permissions
    forms = {
        f"{prefix}-{name}": "0"
        for prefix in (
            "page_permissions",
            "image_permissions",
            "document_permissions",
            "collection_permissions",
        )
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        "name": group.name,
        "permissions": [str(each.pk) for each in permissions if each in offered],
        **forms,
    }


def take_the_right_from_the_group(client, **confirmed):
    group = Group.objects.get(name="Approvers")
    kept = group.permissions.exclude(codename="approve")
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    return client.post(address, group_form(group, kept) | confirmed)


def delete_the_group(client, **confirmed):
    group = Group.objects.get(name="Approvers")
    return client.post(reverse("wagtailusers_groups:delete", args=[group.pk]), confirmed)


def delete_the_account(client, **confirmed):
    return client.post(reverse("wagtailusers_users:delete", args=[approver().pk]), confirmed)


def in_bulk(action: str, **data):
    def act(client, **confirmed):
        address = reverse("wagtail_bulk_action", args=["accounts", "user", action])
        return client.post(f"{address}?id={approver().pk}", data | confirmed)

    return act


WAYS = {
    "another password": lambda client, **more: edit_user(
        client, password1="another-pass-phrase", password2="another-pass-phrase", **more
    ),
    "another address": lambda client, **more: edit_user(client, email="taken@example.org", **more),
    "not active": lambda client, **more: edit_user(client, is_active="", **more),
    "out of the group": lambda client, **more: edit_user(client, groups=[], **more),
    "the right of the group": take_the_right_from_the_group,
    "the group": delete_the_group,
    "the account": delete_the_account,
    "not active, in bulk": in_bulk("set_active_state", mark_as_active="False"),
    "the account, in bulk": in_bulk("delete"),
}


def state():
    users = get_user_model().objects.order_by("pk").values("email", "password", "is_active")
    rights = Permission.objects.order_by("pk").filter(group__isnull=False).values("pk", "group")
    members = get_user_model().groups.through.objects.order_by("pk").values()
    return [*users, *rights, *members]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_last_approver_is_lost_only_after_a_warning(officer, way):
    before = state()
    answer = way(officer)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert HEADING in text
    assert "confirm_account" in text
    assert state() == before
    assert not LookBackItem.objects.exists()
    assert may_approve(approver())
    # The warning's own form sends all that was typed, and once more means it.
    answer = way(officer, **{CONFIRMED: "1"})
    assert answer.status_code == 302
    assert not any(may_approve(each) for each in get_user_model().objects.all())


def test_the_warning_sends_again_what_was_typed(officer):
    text = edit_user(officer, groups=[], last_name="Typed & kept").content.decode()
    assert '<input type="hidden" name="last_name" value="Typed &amp; kept">' in text
    assert f'name="{CONFIRMED}"' in text


def test_what_was_undone_is_not_said_to_be_done(officer):
    edit_user(officer, is_active="")
    assert "updated" not in said_to(officer)


def test_no_warning_where_somebody_else_can_sign(officer):
    second = get_user_model().objects.create_user("second@example.org", "a-pass-phrase")
    second.groups.add(Group.objects.get(name="Approvers"))
    assert WAYS["another password"](officer).status_code == 302
    assert not may_approve(approver())
    look_back_list.sign(LookBackItem.objects.get(), second)
    assert may_approve(approver())


def test_a_warning_where_the_one_left_did_it_and_cannot_sign(administrator):
    """Two people may approve, and one of them locks the other out."""
    answer = WAYS["another password"](administrator)
    assert answer.status_code == 409
    assert "approver@example.org" in answer.content.decode()
    assert may_approve(approver())


def test_no_warning_for_accounts_that_approve_nothing(officer):
    comms = person("comms")
    form = user_form(
        email=comms.email,
        groups=[str(group.pk) for group in comms.groups.all()],
        password1="another-pass-phrase",
        password2="another-pass-phrase",
    )
    address = reverse("wagtailusers_users:edit", args=[comms.pk])
    assert officer.post(address, form).status_code == 302


# --- The way out -------------------------------------------------------------------------------


def locked_out(officer) -> None:
    WAYS["another password"](officer, **{CONFIRMED: "1"})
    assert not may_approve(approver())


def test_the_server_confirms_an_account_and_the_log_says_so(officer, capsys):
    locked_out(officer)
    call_command("confirm_account", "approver@example.org", "--no-input")
    said = capsys.readouterr().out
    assert "officer@example.org: Changed at once" in said
    assert "Password" in said
    assert "May approve now." in said
    assert may_approve(approver())
    item = LookBackItem.objects.get()
    assert item.signed_by is None
    assert item.signed_by_name == "the server (manage.py confirm_account)"
    entry = ModelLogEntry.objects.get(action="publishing.sign")
    assert entry.user is None
    assert "on the server" in entry.message or "the server" in entry.message


def test_a_group_that_got_the_right_is_confirmed_too(officer):
    group = Group.objects.get(name="Approvers")
    right = Permission.objects.get(codename="approve")
    take_the_right_from_the_group(officer, **{CONFIRMED: "1"})
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    form = group_form(group, [*group.permissions.all(), right]) | {CONFIRMED: "1"}
    assert officer.post(address, form).status_code == 302
    assert not may_approve(approver())
    call_command("confirm_account", "approver@example.org", "--no-input", verbosity=0)
    assert may_approve(approver())


@pytest.mark.parametrize("said", ["", "no", "YES please"])
def test_nothing_is_signed_without_a_plain_yes(officer, monkeypatch, said):
    locked_out(officer)
    monkeypatch.setattr("builtins.input", lambda question: said)
    with pytest.raises(CommandError, match="Nothing was signed"):
        call_command("confirm_account", "approver@example.org")
    assert not may_approve(approver())


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("nobody@example.org", "There is no account nobody@example.org"),
        ("approver@example.org", "waits to be signed"),
    ],
)
def test_the_command_says_in_a_line_why_it_does_nothing(email, words):
    with pytest.raises(CommandError, match=words):
        call_command("confirm_account", email)


# --- What the product does not use -------------------------------------------------------------

UNUSED = [
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:add",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_workflows:select_task_type",
    "wagtailadmin_workflows:task_chooser",
    "wagtailsites:index",
    "wagtailsites:add",
]


@pytest.mark.parametrize("name", UNUSED)
def test_screens_that_could_only_do_harm_are_refused_in_words(administrator, name):
    assert administrator.get(reverse(name)).status_code == 302
    assert NOT_USED in said_to(administrator)


def test_nothing_is_made_by_a_post_to_them(administrator):
    before = [Workflow.objects.count(), Task.objects.count(), Site.objects.count()]
    posted = {"name": "Mine", "hostname": "mine.example.org", "port": "80", "root_page": "1"}
    workflow = Workflow.objects.get(name="approvers")
    for address in (
        reverse("wagtailadmin_workflows:add"),
        reverse("wagtailadmin_workflows:disable", args=[workflow.pk]),
        reverse("wagtailadmin_workflows:remove", args=[Page.get_first_root_node().pk]),
        reverse("wagtailsites:add"),
        reverse("wagtailsites:delete", args=[Site.objects.get().pk]),
    ):
        administrator.post(address, posted)
    assert [Workflow.objects.count(), Task.objects.count(), Site.objects.count()] == before
    workflow.refresh_from_db()
    assert workflow.active
    assert workflow.workflow_pages.exists()


def test_the_menu_does_not_offer_them(administrator):
    text = said_to(administrator)
    for name in ("wagtailadmin_workflows:index", "wagtailadmin_workflows:task_index"):
        assert reverse(name) not in text
    assert reverse("wagtailsites:index") not in text


def test_the_form_of_a_group_offers_no_right_over_them(administrator):
    group = Group.objects.get(name="Administrators")
    site = Permission.objects.get(codename="change_site")
    group.permissions.add(site)
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    offered = administrator.get(address).context["form"].fields["permissions"].queryset
    models = {each.content_type.model for each in offered}
    assert "banner" in models
    assert not models & {"workflow", "task", "site"}
    administrator.post(address, group_form(group, group.permissions.exclude(pk=site.pk)))
    assert site in group.permissions.all()  # what is not shown is not taken


# --- What is left is found ---------------------------------------------------------------------


def made_by_wagtail() -> None:
    task = GroupApprovalTask.objects.create(name="Theirs")
    workflow = Workflow.objects.create(name="Theirs")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(slug="news"))


def second_site() -> None:
    Site.objects.create(hostname="other", port=80, root_page=Page.objects.get(slug="news"))


FAULTS = {
    "a workflow of another kind": (made_by_wagtail, "home.W001"),
    "a task that is switched off": (lambda: Task.objects.update(active=False), "home.W001"),
    "no workflow": (lambda: Workflow.objects.update(active=False), "home.W002"),
    "no workflow for pages": (lambda: WorkflowPage.objects.all().delete(), "home.W002"),
    "no workflow for banners": (
        lambda: WorkflowContentType.objects.filter(content_type__model="banner").delete(),
        "home.W003",
    ),
    "a site that begins elsewhere": (second_site, "home.W004"),
    "nobody who may approve": (
        lambda: get_user_model().objects.filter(email__startswith="a").update(is_active=False),
        "home.W005",
    ),
}


def test_a_site_as_set_up_has_no_dead_end():
    assert [warning.msg for warning in dead_ends()] == []


@pytest.mark.parametrize(("make", "found"), FAULTS.values(), ids=FAULTS)
def test_the_check_finds_what_leaves_pages_that_nobody_can_decide(make, found, capsys):
    make()
    assert found in {warning.id for warning in dead_ends()}
    call_command("check", databases=["default"])
    assert found in capsys.readouterr().err
    call_command("setup_site")
    assert "Look at this: " in capsys.readouterr().err
