"""Every event of the desk and every person: who gets a mail, in which words, and that it leads on.

One mail for one event. None for whoever did it, none for anybody who may not know of the thing, no
word of Wagtail's, and no link that its reader cannot open.
"""

import re
import weakref
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import signal_handlers
from wagtail.admin.mail import Notifier
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import LogContext
from wagtail.models import PageSubscription, WorkflowState
from wagtail.test.utils.form_data import nested_form_data
from wagtail.users.models import UserProfile

from emca_site.media.models import Grant
from emca_site.publishing.approval import wagtail_mail
from emca_site.publishing.approval.models.proposal import Kind, Proposal
from emca_site.publishing.embargo.models import FactCheckAnswer
from emca_site.publishing.lifecycle.models.retirement import RetiredAs
from emca_site.publishing.mail import telling
from emca_site.publishing.scheduling import mails as scheduling_mails
from emca_site.publishing.scheduling import scheduler
from emca_site.publishing.scheduling.models.schedule_failure import ScheduleFailure
from news.models import ArticlePage
from site_setup.teams import find_team
from tests import builders
from tests.desk_site import (
    SUBMIT,
    add,
    article_form,
    decide,
    desk_of,
    edit,
    loaded,
    page,
    person,
    publish,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site", "more_people")]

FORBIDDEN = re.compile(
    r"moderat|workflow|revision|in 'approvers'|\btask\b|object \(|publishing\.|\bNone\b|<|&\w+;",
    re.IGNORECASE,
)
TOMORROW = {"go_live_at": "2126-11-24 09:00"}
AT = "Sunday 24 November 2126, 9am"
MORE = {"comms2": "comms", "approver2": "approvers", "manager": "administrators"}


@pytest.fixture
def more_people(set_up_site, db):
    """A second one in the teams that matter, and an administrator who is no superuser."""
    for name, team in MORE.items():
        user = get_user_model().objects.create_user(f"{name}@example.org", "a-pass-phrase")
        user.groups.add(find_team(team))


@pytest.fixture
def events(django_capture_on_commit_callbacks):
    return Events(django_capture_on_commit_callbacks)


class Events:
    """Brings about one event after another; `mails` of a call are those of the last one alone."""

    def __init__(self, capture):
        self.capture = capture

    def mails(self, name: str) -> dict[str, list[mail.EmailMessage]]:
        steps = list(getattr(self, name)())
        for step in steps[:-1]:
            step()
        mail.outbox.clear()
        with self.capture(execute=True):
            steps[-1]()
        found = {}
        for message in mail.outbox:
            (address,) = message.to
            found.setdefault(address.removesuffix("@example.org"), []).append(message)
        return found

    # --- Approval. Each gives what is done in turn; the last is the event.

    def submit(self, **fields):
        yield lambda: add(desk_of("comms"), **fields, **SUBMIT)

    def submit_for_a_time(self):
        yield from self.submit(**TOMORROW)

    def submit_again(self):
        yield from self.ask_for_changes()
        yield lambda: edit(desk_of("comms"), self.article, title="A tram", **SUBMIT)

    def approve(self):
        yield from self.submit()
        yield lambda: decide(desk_of("approver"), comment="Well done.")

    def approve_for_a_time(self):
        yield from self.submit(**TOMORROW)
        yield lambda: decide(desk_of("approver"))

    def ask_for_changes(self):
        yield from self.submit()
        yield lambda: decide(desk_of("approver"), decision="reject", comment="Which tram?")

    def withdraw(self):
        yield from self.submit()
        yield lambda: edit(desk_of("comms"), self.article, **{"action-cancel-workflow": "1"})

    def withdraw_after_changes_were_asked_for(self):
        yield from self.ask_for_changes()
        yield lambda: edit(desk_of("comms"), self.article, **{"action-cancel-workflow": "1"})

    def end_the_wait_of_another(self):
        yield from self.submit()
        yield lambda: WorkflowState.objects.latest("pk").cancel(user=person("approver"))

    # --- Time

    def cancel_a_schedule(self):
        yield from self.approve_for_a_time()
        yield lambda: desk_of("approver2").post(
            reverse(
                "wagtailadmin_pages:revisions_unschedule",
                args=[self.article.pk, self.article.latest_revision_id],
            )
        )

    def cancel_the_schedule_of_a_notice(self):
        yield from self._notice(go_live_at=timezone.now() + timedelta(days=1))
        yield lambda: desk_of("approver2").post(
            reverse(
                "wagtailsnippets_banners_notice:revisions_unschedule",
                args=[self.notice.pk, self.notice.latest_revision_id],
            )
        )

    def go_live_at_its_time(self):
        yield from self.approve_for_a_time()
        yield self._time_comes

    def miss_its_time(self):
        yield from self.approve_for_a_time()
        yield lambda: builders.add_article(page("/news/"), "In the way", slug="a-new-tram-2")
        yield self._time_comes_and_the_address_is_taken

    def end(self):
        yield from self._notice()
        yield self._end_comes

    # --- What is asked of approvers

    def ask_to_move(self):
        yield self._publish
        yield lambda: self._ask(Kind.MOVE, destination=page("/about/"))

    def ask_to_retire(self):
        yield self._publish
        yield lambda: self._ask(
            Kind.RETIRE, retire_as=RetiredAs.ARCHIVED, public_reason="It is over."
        )

    def grant_what_was_asked(self):
        yield from self.ask_to_retire()
        yield lambda: self._answer(desk_of("approver"), "accept")

    def retire_with_a_schedule(self):
        """Whoever asked worked on the scheduled change too."""
        yield from self._changing()
        yield lambda: self._ask(
            Kind.RETIRE, retire_as=RetiredAs.ERROR, public_reason="The sums were wrong."
        )
        yield lambda: self._answer(desk_of("approver2"), "accept")

    def retire_with_several_schedules(self):
        yield from self._changing()
        yield from self._changing(slug="below", title="Below")
        yield lambda: ArticlePage.objects.get(slug="below").move(self.article, pos="last-child")
        yield lambda: self._ask(
            Kind.RETIRE,
            asker="admin",
            retire_as=RetiredAs.ERROR,
            public_reason="The sums were wrong.",
        )
        yield lambda: self._answer(desk_of("approver2"), "accept")

    def take_down_now_with_a_schedule(self):
        yield from self._notice()
        yield self._schedule_a_change_of_the_notice
        yield lambda: desk_of("emergency").post(
            reverse("publishing_take_down_now", args=["banners.notice", self.notice.pk]),
            {"reason": "It is over."},
        )

    def decline_what_was_asked(self):
        yield from self.ask_to_move()
        yield lambda: self._answer(desk_of("approver"), "decline")

    def take_back_what_was_asked(self):
        yield from self.ask_to_move()
        yield lambda: self._answer(desk_of("comms"), "withdraw")

    # --- On one person's word

    def publish_now(self):
        yield lambda: add(desk_of("comms"))
        yield lambda: self._at_once("publishing_publish_now", desk_of("manager"), self.article)

    def publish_now_what_waits(self):
        yield from self.submit()
        yield lambda: self._at_once("publishing_publish_now", desk_of("manager"), self.article)

    def publish_a_notice_now(self):
        yield self._draft_of_a_notice
        yield lambda: self._at_once("publishing_publish_now", desk_of("emergency"), self.notice)

    def make_an_account(self):
        yield lambda: self._person(None, "new@example.org", "comms")

    def change_an_account(self):
        yield lambda: self._person(person("approver2"), "approver2@example.org", "comms")

    def change_three_things_in_one_request(self):
        yield lambda: [Redirect.add_redirect(f"/old-{each}/") for each in range(3)]
        yield self._delete_redirects

    # --- Fact checks

    def send_a_fact_check(self):
        yield lambda: add(desk_of("comms"))
        yield self._send

    def answer_correct(self):
        yield from self.send_a_fact_check()
        yield lambda: self._check("correct")

    def ask_for_a_change_of_a_draft(self):
        yield from self.send_a_fact_check()
        yield lambda: self._check("change")

    def ask_for_a_change_of_what_waits(self):
        yield from self.submit()
        yield self._send
        yield lambda: self._check("change")

    def ask_for_a_change_of_what_is_scheduled(self):
        yield from self.approve_for_a_time()
        yield self._send
        yield lambda: self._check("change")

    # --- What they do it with

    @property
    def article(self) -> ArticlePage:
        return ArticlePage.objects.get(slug="a-new-tram")

    def _publish(self):
        publish(desk_of("comms"), desk_of("approver"))

    def _time_comes(self):
        version = self.article.scheduled_revision
        now = timezone.now()
        version.content["go_live_at"] = now.isoformat()
        version.approved_go_live_at = now
        version.save()
        assert scheduler.sweep().done == 1

    def _time_comes_and_the_address_is_taken(self):
        version = self.article.scheduled_revision
        version.content["slug"] = "a-new-tram-2"
        version.approved_go_live_at = timezone.now()
        version.save()
        assert scheduler.sweep().failed == 1

    def _draft_of_a_notice(self, **fields):
        fields |= {"expire_at": timezone.now() + timedelta(days=9)}
        self.notice = builders.add_notice(live=False, **fields)
        self.notice.save_revision(user=person("comms"))

    def _notice(self, **fields):
        yield lambda: self._draft_of_a_notice(**fields)
        yield lambda: self.notice.get_workflow().start(self.notice, person("comms"))
        yield lambda: decide(desk_of("approver"))

    def _end_comes(self):
        rows = type(self.notice).objects.filter(pk=self.notice.pk)
        rows.update(expire_at=timezone.now())
        assert scheduler.sweep().done == 1

    def _changing(self, **fields):
        """A live article, and a change of it that is approved for a time."""
        slug = fields.get("slug", "a-new-tram")
        found = lambda: ArticlePage.objects.get(slug=slug)  # noqa: E731
        yield lambda: publish(desk_of("comms"), desk_of("approver"), **fields)
        changed = {"summary": "Other.", "change_size": "small", **TOMORROW, **SUBMIT}
        yield lambda: edit(desk_of("comms"), found(), **fields, **changed)
        yield lambda: decide(desk_of("approver"), found())

    def _schedule_a_change_of_the_notice(self):
        self.notice.refresh_from_db()
        self.notice.lead = "It is shut."
        self.notice.go_live_at = timezone.now() + timedelta(days=1)
        self.notice.save_revision(user=person("comms"))
        self.notice.get_workflow().start(self.notice, person("comms2"))
        decide(desk_of("approver"))

    def _ask(self, kind, asker="comms", **details):
        article = self.article
        self.proposal = Proposal.ask(kind, article, person(asker), "It is better.", **details)

    def _answer(self, client, decision):
        address = reverse("publishing_proposal", args=[self.proposal.pk])
        assert (
            client.post(address, {"decision": decision, "why_declined": "It is right."}).status_code
            == 302
        )

    def _at_once(self, name, client, thing):
        address = reverse(name, args=[thing._meta.label_lower, thing.pk])
        client.post(address, {"reason": "The bridge is shut."})
        assert type(thing)._base_manager.get(pk=thing.pk).live

    def _person(self, user, email, team):
        data = {"email": email, "first_name": "Pat", "last_name": "Lee", "is_active": "on"}
        data["groups"] = [find_team(team).pk]
        if user is None:
            data |= {"password1": "Correct-horse-9", "password2": "Correct-horse-9"}
            address = reverse("wagtailusers_users:add")
        else:
            address = reverse("wagtailusers_users:edit", args=[user.pk])
        answer = desk_of("manager").post(address, data)
        assert answer.status_code == 302, answer.content.decode()

    def _delete_redirects(self):
        with LogContext(user=person("manager")):
            Redirect.objects.filter(old_path__startswith="/old-").delete()

    def _send(self):
        self.grant = Grant.objects.create(
            for_whom="Sam Lee",
            made_by=person("comms2"),
            expires_at=timezone.now() + timedelta(days=3),
            revision=self.article.latest_revision,
        )

    def _check(self, verdict):
        part = {"part": "Text 1", "verdict": verdict, "text": "Three are done."}
        assert FactCheckAnswer.objects.take(self.grant, "Sam Lee", [part])


APPROVERS = ("approver", "approver2", "admin")


def all_of(subject: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, subject)


TABLE = {
    "submit": all_of("To approve: A new tram", *APPROVERS),
    "submit_for_a_time": all_of("To approve: A new tram", *APPROVERS),
    "submit_again": all_of("To approve: A tram", *APPROVERS),
    "approve": all_of("Approved: A new tram", "comms"),
    "approve_for_a_time": all_of("Approved: A new tram", "comms"),
    "ask_for_changes": all_of("Changes asked for: A new tram", "comms"),
    "withdraw": all_of("Withdrawn: A new tram", *APPROVERS),
    "withdraw_after_changes_were_asked_for": {},
    "end_the_wait_of_another": all_of("Withdrawn: A new tram", "comms", "approver2", "admin"),
    "cancel_a_schedule": all_of("Schedule cancelled: A new tram", "comms", "approver"),
    "cancel_the_schedule_of_a_notice": all_of(
        "Schedule cancelled: The office is shut.", "comms", "approver"
    ),
    "go_live_at_its_time": all_of("Live: A new tram", "comms"),
    "miss_its_time": all_of("Missed: A new tram", "comms", *APPROVERS),
    "end": all_of("Ended: The office is shut.", "comms"),
    "ask_to_move": all_of("To decide: Move: A new tram, to below About us", *APPROVERS),
    "ask_to_retire": all_of("To decide: Retire (no longer current): A new tram", *APPROVERS),
    "grant_what_was_asked": all_of("Done: Retire (no longer current): A new tram", "comms"),
    "retire_with_a_schedule": {
        "comms": "Done: Retire (published in error): A new tram",
        "approver": "Schedule cancelled: A new tram",
    },
    "retire_with_several_schedules": {
        "admin": "Done: Retire (published in error): A new tram",
        "comms": "Schedule cancelled: A new tram, and 1 more",
        "approver": "Schedule cancelled: A new tram, and 1 more",
    },
    "take_down_now_with_a_schedule": {
        **all_of("To look back at: Taken down with a reason: The office is shut.", *APPROVERS),
        **all_of("Taken down with a reason: The office is shut.", "comms", "comms2"),
    },
    "decline_what_was_asked": all_of("Declined: Move: A new tram, to below About us", "comms"),
    "take_back_what_was_asked": all_of(
        "Withdrawn: Move: A new tram, to below About us", *APPROVERS
    ),
    "publish_now": {
        **all_of("To look back at: Published with a reason: A new tram", *APPROVERS),
        "comms": "Published with a reason: A new tram",
    },
    "publish_now_what_waits": {
        **all_of("To look back at: Published with a reason: A new tram", *APPROVERS),
        "comms": "Published with a reason: A new tram",
    },
    "publish_a_notice_now": {
        **all_of("To look back at: Published with a reason: The office is shut.", *APPROVERS),
        "comms": "Published with a reason: The office is shut.",
    },
    "make_an_account": all_of("To look back at: Made at once: Pat Lee", *APPROVERS),
    # Of the two who approve one is no approver any more.
    "change_an_account": all_of("To look back at: Changed at once: Pat Lee", "approver", "admin"),
    "change_three_things_in_one_request": all_of(
        "To look back at: 3 changes by manager@example.org", *APPROVERS
    ),
    "send_a_fact_check": {},
    "answer_correct": all_of("Fact-checked by Sam Lee: correct: A new tram", "comms", "comms2"),
    **dict.fromkeys(
        (
            "ask_for_a_change_of_a_draft",
            "ask_for_a_change_of_what_waits",
            "ask_for_a_change_of_what_is_scheduled",
        ),
        all_of("Sam Lee asks for 1 change: A new tram", "comms", "comms2", *APPROVERS),
    ),
}

SAID = {  # in the mail of everybody who gets one
    "submit": [
        "comms@example.org submitted “A new tram” for approval.",
        "as soon as it is approved",
    ],
    "submit_for_a_time": [f"If it is approved before then, it goes live on {AT}, UK time."],
    "submit_again": ["submitted “A tram” for approval again."],
    "approve": ["approver@example.org approved “A new tram”.", "Well done.", "It is live now:"],
    "approve_for_a_time": [f"It goes live on {AT}, UK time. Until then readers do not see it:"],
    "ask_for_changes": ["asks for changes.", "Which tram?"],
    "withdraw": ["comms@example.org withdrew “A new tram”"],
    "cancel_a_schedule": [
        f"approver2@example.org cancelled it: “A new tram” does not go live on {AT}"
    ],
    "miss_its_time": ["could not go live"],
    "grant_what_was_asked": ["approver@example.org decided on it. Done."],
    "decline_what_was_asked": [
        "approver@example.org decided on it. Declined.",
        "The reason given: It is right.",
    ],
    "publish_now": ["The bridge is shut."],
    "ask_for_a_change_of_what_waits": ["Text 1: Three are done.", "It waits for approval."],
    "ask_for_a_change_of_what_is_scheduled": [f"It is approved to go live on {AT}, UK time."],
}


@pytest.mark.parametrize("event", TABLE)
def test_each_event_is_one_mail_to_those_whom_it_concerns(events, event):
    found = events.mails(event)
    assert {name: [each.subject for each in each] for name, each in found.items()} == {
        name: [subject] for name, subject in TABLE[event].items()
    }
    for name, (message,) in found.items():
        said = f"{message.subject}\n{message.body}"
        assert not FORBIDDEN.search(said), said
        for words in SAID.get(event, []):
            assert words in said
        assert_links_open(message, name)


def assert_links_open(message, name: str) -> None:
    links = re.findall(r"https?://\S+", message.body)
    assert links, message.body
    for link in links:
        address = urlsplit(link)
        assert link.startswith(settings.WAGTAILADMIN_BASE_URL)
        answer = desk_of(name).get(address.path)
        assert answer.status_code == 200, (name, link)
        if not address.path.startswith("/admin/"):  # for readers
            assert Client().get(address.path).status_code == 200


def test_the_mail_of_something_approved_leads_to_it_once_readers_can_open_it(events):
    (now,) = events.mails("approve")["comms"]
    assert now.body.endswith("/news/a-new-tram/")
    ArticlePage.objects.get(slug="a-new-tram").delete()
    (later,) = events.mails("approve_for_a_time")["comms"]
    assert "/news/" not in later.body


def test_nobody_who_left_their_team_hears_what_became_of_it(events):
    def leave():
        person("comms").groups.set([find_team("transport")])

    events.leave = lambda: [*events.submit(), leave, lambda: decide(desk_of("approver"))]
    assert events.mails("leave") == {}


def test_somebody_who_cannot_decide_is_not_asked_to(events):
    """An approver whose account an administrator changed approves nothing until it is signed."""
    events.changed = lambda: [
        lambda: events._person(person("approver2"), "approver2@example.org", "approvers"),
        lambda: desk_of("manager").post(
            reverse("wagtailusers_users:edit", args=[person("approver2").pk]),
            {
                "email": "approver2@example.org",
                "is_active": "on",
                "first_name": "Pat",
                "last_name": "Lee",
                "groups": [find_team("approvers").pk],
                "password1": "Correct-horse-9",
                "password2": "Correct-horse-9",
            },
        ),
        *events.submit(),
    ]
    assert set(events.mails("changed")) == {"approver", "admin"}


def test_whoever_asked_reads_in_the_same_mail_which_schedules_went(events):
    found = events.mails("retire_with_a_schedule")
    gone = f"“A new tram” does not go live on {AT}, UK time."
    assert f"Its schedule went with that: {gone}" in found["comms"][0].body
    assert gone in found["approver"][0].body
    (told,) = events.mails("take_down_now_with_a_schedule")["comms2"]
    assert "Its schedule went with that: “It is shut.” does not go live on" in told.body


@pytest.mark.parametrize("error", [KeyError("slug"), RuntimeError("no space"), OSError()])
def test_an_error_that_nobody_foresaw_is_told_in_words(error, caplog):
    article = builders.add_article(page("/news/"), "Due")
    item = scheduler.DueItem("go-live", ArticlePage, article.pk, timezone.now())
    scheduler.keep_failure(item, error)
    said = ScheduleFailure.objects.get().reason
    assert "nobody foresaw" in said
    assert type(error).__name__ not in said


# --- Wagtail's own mail


def test_wagtails_notices_are_switched_off_and_these_are_all_of_them():
    for signal, *_ in wagtail_mail.WAGTAILS:
        refs = [receiver for _, receiver, *_ in signal.receivers]
        connected = [each() if isinstance(each, weakref.ref) else each for each in refs]
        assert not [each for each in connected if isinstance(each, Notifier)]
    notifiers = {name for name in vars(signal_handlers) if name.endswith("_email_notifier")}
    assert len(notifiers) == len(wagtail_mail.WAGTAILS), "Wagtail mails about something new"


def test_the_account_screen_offers_no_switch_that_does_nothing(comms):
    html = comms.get(reverse("wagtailadmin_account")).content.decode()
    assert "updated_comments_notifications" in html
    for name in ("submitted", "approved", "rejected"):
        assert f"{name}_notifications" not in html
    assert "moderation" not in html


# --- Comments


def comment_form(article, text: str) -> dict:
    comment = {
        "text": text,
        "contentpath": "title",
        "position": "",
        "resolved": "",
        "DELETE": "",
        "id": "",
        "replies-TOTAL_FORMS": "0",
        "replies-INITIAL_FORMS": "0",
        "replies-MIN_NUM_FORMS": "0",
        "replies-MAX_NUM_FORMS": "",
    }
    comments = {f"comments-0-{name}": value for name, value in comment.items()}
    form = {**article_form(), **loaded(article), **nested_form_data(comments)}
    return form | {"comments-TOTAL_FORMS": "1"}


@pytest.mark.parametrize(
    ("follower", "wants", "told"),
    [("comms2", True, True), ("comms2", False, False), ("transport", True, False)],
)
def test_a_comment_is_one_mail_to_those_who_follow_and_may_know(
    follower, wants, told, django_capture_on_commit_callbacks
):
    article = add(desk_of("comms"))
    user = person(follower)
    PageSubscription.objects.create(user=user, page=article, comment_notifications=True)
    UserProfile.objects.update_or_create(
        user=user, defaults={"updated_comments_notifications": wants}
    )
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("wagtailadmin_pages:edit", args=[article.pk])
        desk_of("comms").post(address, comment_form(article, "Which tram?"))
    assert [message.to for message in mail.outbox] == ([[user.email]] if told else [])
    for message in mail.outbox:
        assert message.subject == "Comments: A new tram"
        assert "New: “Which tram?”" in message.body
        assert_links_open(message, follower)


# --- The scheduler and a slow mail server


def test_mail_of_a_sweep_leaves_when_all_is_done_and_at_once(
    monkeypatch, django_capture_on_commit_callbacks
):
    for number in range(3):
        article = builders.add_article(
            page("/news/"), f"Due {number}", live=False, go_live_at=timezone.now()
        )
        version = article.save_revision(user=person("comms"))
        version.approved_go_live_at = timezone.now()
        version.save()
    deliveries = []

    class Connection:
        def send_messages(self, messages):
            live = ArticlePage.objects.filter(title__startswith="Due", live=True).count()
            deliveries.append((live, sorted(message.subject for message in messages)))

    monkeypatch.setattr(telling, "mail_backend", lambda path: Connection())
    monkeypatch.setattr(scheduler, "_once_done", lambda tell, *about: tell(*about))
    assert scheduler.sweep().done == 3
    assert deliveries == [(3, ["Live: Due 0", "Live: Due 1", "Live: Due 2"])]


def test_a_mail_that_cannot_be_written_undoes_no_publication(
    monkeypatch, django_capture_on_commit_callbacks
):
    article = builders.add_article(page("/news/"), "Due", live=False, go_live_at=timezone.now())
    version = article.save_revision(user=person("comms"))
    version.approved_go_live_at = timezone.now()
    version.save()

    def broken(*args, **kwargs):
        raise ValueError("no words")

    monkeypatch.setattr(scheduling_mails, "tell_of", broken)
    with django_capture_on_commit_callbacks(execute=True):
        assert scheduler.sweep().done == 1
    assert ArticlePage.objects.get(pk=article.pk).live
