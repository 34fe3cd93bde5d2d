"""remind_owners: a team hears once a week of what it should review."""

import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from emca_site.publishing.ownership.models.review_reminder import ReviewReminder
from tests import builders


class FailingBackend(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server")


class RemindingBackend(EmailBackend):
    """While the first process sends, a second one starts."""

    def send_messages(self, messages):
        if not hasattr(mail, "said_by_the_second"):
            mail.said_by_the_second = ""
            mail.said_by_the_second = remind()
        return super().send_messages(messages)


def remind() -> str:
    said = io.StringIO()
    call_command("remind_owners", stdout=said)
    return said.getvalue()


def in_days(number: int):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def team(db):
    return builders.add_team("Housing editors")


@pytest.fixture
def member(team, django_user_model):
    person = django_user_model.objects.create_user("housing@example.org", "a-pass-phrase")
    person.groups.add(team)
    return person


@pytest.fixture
def may_edit(team, home):
    """The team may change pages and figures, as area editors may."""
    rights = Permission.objects.filter(codename__in=["change_page", "change_figure"])
    team.permissions.add(rights.get(codename="change_figure"))
    GroupPagePermission.objects.create(
        group=team, page=home, permission=rights.get(codename="change_page")
    )


@pytest.fixture
def page(home, team):
    return builders.add_standard_page(
        home, "Homes & land", slug="homes", owned_by=team, review_by=in_days(-1)
    )


@pytest.mark.usefixtures("may_edit")
def test_the_mail_lists_what_is_overdue_or_due_soon_with_links(member, page, home, team, settings):
    fields = {"owned_by": team}
    builders.add_standard_page(home, "Soon", slug="soon", review_by=in_days(14), **fields)
    builders.add_standard_page(home, "Later", slug="later", review_by=in_days(15), **fields)
    builders.add_standard_page(
        home, "Draft", slug="draft", review_by=in_days(-9), live=False, **fields
    )
    builders.add_standard_page(home, "Other", slug="other", review_by=in_days(-9))
    figure = builders.add_figure(label="homes built", review_by=in_days(-40), **fields)
    assert "Housing editors: 3 due, reminded housing@example.org\n" in remind()
    [message] = mail.outbox
    assert message.to == ["housing@example.org"]
    assert message.subject == "To review: 3 of Housing editors"
    assert "Homes & land\nOverdue by 1 day" in message.body
    assert "Soon\nDue in 2 weeks" in message.body
    assert "homes built\nOverdue by 5 weeks" in message.body
    for name in ("Later", "Draft", "Other"):
        assert name not in message.body
    base = settings.WAGTAILADMIN_BASE_URL
    assert base + reverse("wagtailadmin_pages:edit", args=[page.pk]) in message.body
    assert f"{base}/admin/snippets/figures/figure/edit/{figure.pk}/" in message.body


def test_whoever_may_not_edit_a_page_is_led_to_the_desk(member, page, settings):
    remind()
    (message,) = mail.outbox
    links = re.findall(r"https?://\S+", message.body)
    assert set(links) == {settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home")}


def test_each_of_a_team_gets_a_mail_of_their_own(member, page, team, django_user_model):
    second = django_user_model.objects.create_user("second@example.org", "a-pass-phrase")
    second.groups.add(team)
    assert "reminded housing@example.org, second@example.org" in remind()
    assert [message.to for message in mail.outbox] == [[member.email], [second.email]]


def test_a_team_is_told_once_a_week_and_again_in_the_next(member, page):
    remind()
    assert "Housing editors: reminded this week already\n" in remind()
    assert len(mail.outbox) == 1
    ReviewReminder.objects.update(week=ReviewReminder.objects.get().week - timedelta(days=7))
    remind()
    assert len(mail.outbox) == 2


def test_of_two_processes_at_once_one_writes(member, page, settings):
    settings.EMAIL_BACKEND = f"{__name__}.RemindingBackend"
    try:
        remind()
        assert "reminded this week already" in mail.said_by_the_second
    finally:
        del mail.said_by_the_second
    assert len(mail.outbox) == 1


def test_the_database_itself_keeps_to_one_a_week(team):
    reminder = ReviewReminder.objects.claim(team)
    assert reminder.week.weekday() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewReminder.objects.create(team=team, week=reminder.week)


def test_a_mail_that_cannot_be_sent_is_tried_again_at_the_next_run(member, page, settings):
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.FailingBackend"
    assert "could not be sent, the next run tries: no mail server" in remind()
    settings.EMAIL_BACKEND = works
    remind()
    assert len(mail.outbox) == 1


def test_a_team_without_an_active_member_is_named_and_used_up_no_week(member, page):
    member.is_active = False
    member.save()
    assert "Housing editors: 1 due. No active member: nobody is reminded.\n" in remind()
    assert not mail.outbox
    assert not ReviewReminder.objects.exists()


def test_a_team_with_nothing_due_gets_no_mail(member, home):
    assert "Housing editors: nothing due\n" in remind()
    assert not mail.outbox


def test_what_has_no_owner_is_counted(home):
    builders.add_standard_page(home, review_by=in_days(-1))
    assert "No owner: 1 due. Nobody is reminded.\n" in remind()
