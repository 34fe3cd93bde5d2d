"""What an approver has to know before they make something public, and what a decision ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import Revision, TaskState

from emca_site.media.models import Grant
from emca_site.publishing.approval.models.proposal import Kind, Proposal
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.embargo.models import FactCheckAnswer
from emca_site.publishing.lifecycle.models.retirement import RetiredAs
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.scheduling import scheduler
from news.models import ArticlePage
from tests import builders
from tests.desk_site import SUBMIT, add, decide, edit, person, publish, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

LATER = {"go_live_at": "2126-11-24 09:00"}
ASKED = "The line opens in June."


def screen_of(article) -> str:
    states = TaskState.objects.filter(workflow_state__object_id=str(article.pk))
    return reverse("publishing_decide", args=[states.latest("pk").pk])


def publish_now(article) -> str:
    return reverse("publishing_publish_now", args=[article._meta.label_lower, article.pk])


def checked(article, verdict="change") -> FactCheckAnswer:
    """An answer to a fact check of the latest version."""
    grant = Grant.objects.create(
        for_whom="Sam Lee",
        made_by=person("comms"),
        expires_at=timezone.now() + timedelta(days=3),
        revision=article.get_latest_revision(),
    )
    parts = grant.version.parts_to_check(RequestFactory().get("/"))
    said = {"part": parts[0].name, "verdict": verdict, "text": ASKED}
    return FactCheckAnswer.objects.take(grant, "Sam Lee", [said])


# --- A fact check that asks for a change and that nobody has read ------------------------------


@pytest.mark.parametrize("screen", [screen_of, publish_now])
def test_an_unread_fact_check_stands_above_the_buttons(comms, administrator, screen):
    article = add(comms, **SUBMIT)
    checked(article)
    html = administrator.get(screen(article)).content.decode()
    above = html[: html.rindex('type="submit"')]
    assert "Not read yet:" in above
    assert "Sam Lee asks for 1 change" in above
    assert ASKED in above
    assert "About an earlier version" not in above


def test_one_about_an_earlier_version_stands_there_and_says_so(comms, approver):
    article = add(comms)
    checked(article)
    edit(comms, article, summary="Other.", **SUBMIT)
    html = approver.get(screen_of(article)).content.decode()
    assert ASKED in html
    assert "About an earlier version" in html


def test_what_was_read_or_asks_for_nothing_or_is_of_another_is_not_there(comms, approver):
    article, other = add(comms, **SUBMIT), add(comms, title="Bus", slug="bus")
    checked(article, verdict="correct")
    checked(other)
    checked(article).mark_read(person("comms"))
    assert ASKED not in approver.get(screen_of(article)).content.decode()


def test_who_reads_it_there_comes_back_to_the_decision(comms, approver):
    article = add(comms, **SUBMIT)
    answer = checked(article)
    address, read = screen_of(article), reverse("publishing_fact_check_read", args=[answer.pk])
    assert f'action="{read}"' in approver.get(address).content.decode()
    assert approver.post(read, {"back": address}).url == address
    assert ASKED not in approver.get(address).content.decode()
    assert approver.post(read, {"back": "https://evil.example/"}).url.startswith("/admin/")


# --- A schedule that goes with what is taken down ----------------------------------------------


def retired(article) -> None:
    told = {"retire_as": RetiredAs.ERROR, "public_reason": "The sums were wrong."}
    wish = Proposal.ask(Kind.RETIRE, article, person("transport"), "Wrong.", **told)
    wish.decide(person("approver"), is_accepted=True)


@pytest.fixture
def changing(comms, approver):
    """A live article whose change is approved for a time."""
    article = publish(comms, approver)
    edit(comms, article, summary="Other.", change_size="small", **LATER, **SUBMIT)
    decide(approver, article)
    return ArticlePage.objects.get(pk=article.pk)


def cancelled(thing) -> int:
    logs = registry.get_logs_for_instance(thing)
    return logs.filter(action="wagtail.schedule.cancel").count()


def test_a_schedule_that_goes_with_a_retired_page_is_told(
    changing, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        retired(changing)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert cancelled(changing) == 1
    (told,) = [each for each in mail.outbox if "Schedule cancelled" in each.subject]
    assert told.to == ["comms@example.org"]
    assert "does not go live on Sunday 24 November 2126, 9am, UK time" in told.body
    assert "was taken down" in told.body


def test_a_schedule_that_goes_with_a_notice_is_told(
    administrator, django_capture_on_commit_callbacks
):
    notice = builders.add_notice()
    notice.lead, notice.go_live_at = "Other", timezone.now() + timedelta(days=2)
    notice.expire_at = timezone.now() + timedelta(days=9)
    notice.save_revision(user=person("comms")).publish()
    notice.refresh_from_db()
    assert notice.live
    address = reverse("publishing_take_down_now", args=["banners.notice", notice.pk])
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(address, {"reason": "It is over."})
    notice.refresh_from_db()
    assert not notice.live
    assert cancelled(notice) == 1
    (told,) = [each for each in mail.outbox if each.to == ["comms@example.org"]]
    assert "Its schedule went with that: “Other" in told.body
    assert "does not go live on" in told.body
    assert list(LookBackItem.objects.get().before) == ["Approved to go live on"]


def test_who_decides_on_a_proposal_reads_which_schedules_go(changing, approver):
    told = {"retire_as": RetiredAs.ERROR, "public_reason": "The sums were wrong."}
    wrong = Proposal.ask(Kind.RETIRE, changing, person("transport"), "Wrong.", **told)
    goes = "“A new tram” would not go live on Sunday 24 November 2126, 9am"

    def screen(wish):
        return approver.get(reverse("publishing_proposal", args=[wish.pk])).content.decode()

    assert goes in screen(wrong)
    wrong.withdraw(person("transport"))
    told |= {"retire_as": RetiredAs.ARCHIVED}
    assert goes not in screen(Proposal.ask(Kind.RETIRE, changing, person("comms"), "Old.", **told))


@pytest.mark.parametrize("how", ["taken down", "ended"])
def test_the_decision_says_that_a_notice_is_not_public_any_more(how, approver):
    now = timezone.now()
    notice = builders.add_notice(expire_at=now + timedelta(days=9), first_published_at=now)
    notice.lead = "Other words"
    notice.save_revision(user=person("comms"))
    notice.get_workflow().start(notice, person("comms"))
    back = "Publishing it brings it back."
    assert back not in approver.get(screen_of(notice)).content.decode()
    if how == "ended":
        type(notice).objects.update(expire_at=timezone.now())
        assert scheduler.sweep().done == 1
    else:
        type(notice).objects.get().take_down(person("emergency"))
    words = {"taken down": "It was taken down.", "ended": "Its end came."}[how]
    assert f"{words} {back}" in approver.get(screen_of(notice)).content.decode()


# --- A page that was retired while a change of it waited ---------------------------------------


def test_the_decision_says_that_the_page_was_retired_meanwhile(comms, approver):
    article = publish(comms, approver)
    edit(comms, article, summary="Other.", change_size="small", **SUBMIT)
    assert "brings the page back" not in approver.get(screen_of(article)).content.decode()
    retired(article)
    html = approver.get(screen_of(article)).content.decode()
    assert "Published in error, on" in html
    assert "The sums were wrong." in html
    assert "Publishing it brings the page back." in html


# --- What readers are told of a retired page passes the gate -----------------------------------


@pytest.mark.parametrize("outcome", [RetiredAs.ERROR, RetiredAs.ARCHIVED])
@pytest.mark.parametrize("told", ["See [name]", "Reason TBC", "Lorem ipsum"])
def test_unfinished_words_are_told_to_no_reader_of_a_retired_page(comms, approver, told, outcome):
    article = publish(comms, approver)
    address = reverse("publishing_ask_to_retire", args=[article._meta.label_lower, article.pk])
    answer = comms.post(address, {"retire_as": outcome, "public_reason": told})
    assert "looks unfinished" in answer.context["form"].errors["public_reason"][0]
    words = {"retire_as": outcome, "public_reason": told}
    with pytest.raises(RefusedError, match="looks unfinished"):
        Proposal.ask(Kind.RETIRE, article, person("comms"), "Wrong.", **words)
    assert not Proposal.objects.exists()


# --- An end that passed while it waited ---------------------------------------------------------


def test_what_is_approved_after_its_end_is_not_said_to_be_live(
    comms, approver, monkeypatch, django_capture_on_commit_callbacks
):
    article = add(comms, expire_at="2126-11-24 09:00", **SUBMIT)
    late = datetime(2126, 11, 25, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    approver.force_login(person("approver"))
    over = "Its end has passed: Sunday 24 November 2126, 9am, UK time. Readers do not see it."
    assert over in approver.get(screen_of(article)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        decide(approver, article, override_reason="For the record.")
    assert over in said_to(approver)
    (told,) = [each for each in mail.outbox if each.subject.startswith("Approved:")]
    assert over in told.body
    assert "live now" not in told.body
    assert "/news/" not in told.body


# --- A time that was missed --------------------------------------------------------------------


def test_whose_work_missed_its_time_is_told(comms, approver, django_capture_on_commit_callbacks):
    article = add(comms, **LATER, **SUBMIT)
    decide(approver, article)
    due = timezone.now() - timedelta(minutes=1)  # and not its own date: it cannot go live
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=due)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        scheduler.sweep()
    told = {each.to[0] for each in mail.outbox if each.subject.startswith("Missed:")}
    assert {"comms@example.org", "approver@example.org"} <= told
