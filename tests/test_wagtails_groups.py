"""Wagtail's own groups go, and the form of an account says what a superuser is."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow

from emca_site.accounts.viewsets import WHAT_A_SUPERUSER_IS
from home.models import LoadedItem
from site_setup.teams import TEAMS

pytestmark = pytest.mark.django_db

WAGTAILS = ["Editors", "Moderators"]


def test_they_are_there_before_with_rights_on_every_page():
    root = Page.get_first_root_node()
    held = GroupPagePermission.objects.filter(page=root, group__name__in=WAGTAILS)
    assert {each.group.name for each in held} == set(WAGTAILS)


def test_set_up_removes_those_that_nobody_is_in(capsys):
    call_command("setup_site")
    assert set(Group.objects.values_list("name", flat=True)) == set(TEAMS.values())
    assert not Workflow.objects.active().exclude(name="approvers").exists()
    assert not GroupApprovalTask.objects.filter(active=True).exists()
    assert "Wagtail's group removed: Editors" in capsys.readouterr().out


def test_it_takes_every_right_of_those_that_somebody_is_in(capsys):
    user = get_user_model().objects.create_user("one@example.org", "a-pass-phrase")
    group = Group.objects.get(name="Editors")
    user.groups.add(group)
    call_command("setup_site")
    assert "Rights taken from Wagtail's group “Editors”" in capsys.readouterr().out
    assert group.user_set.get() == user
    assert not group.permissions.exists()
    assert not group.page_permissions.exists()
    assert not group.collection_permissions.exists()
    assert not get_user_model().objects.get().has_perm("wagtailadmin.access_admin")


def test_a_group_that_the_authority_makes_afterwards_is_its_own():
    call_command("setup_site")
    group = Group.objects.create(name="Editors")
    group.permissions.set(Group.objects.get(name="Approvers").permissions.all())
    call_command("setup_site")
    assert group.permissions.exists()


def test_a_site_that_was_set_up_before_loses_them_too():
    call_command("setup_site")
    LoadedItem.objects.get(key="wagtail's groups").delete()
    Group.objects.create(name="Moderators")
    call_command("setup_site")
    assert not Group.objects.filter(name="Moderators").exists()


@pytest.mark.parametrize("screen", ["add", "edit"])
def test_the_form_of_an_account_says_what_a_superuser_is(desk, admin, screen):
    other = get_user_model().objects.create_user("one@example.org", "a-pass-phrase")
    arguments = [other.pk] if screen == "edit" else []
    html = desk.get(reverse(f"wagtailusers_users:{screen}", args=arguments)).content.decode()
    assert WHAT_A_SUPERUSER_IS in html
    assert "full access" not in html


def test_the_list_of_accounts_says_so_too(desk):
    html = desk.get(reverse("wagtailusers_users:index")).content.decode()
    assert html.count("Superuser") >= 2  # the filter, and the account
    assert "Admin</td>" not in html
    assert ">\n            Admin\n" not in html
