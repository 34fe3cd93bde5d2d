"""The scheduler: what is due happens once, at its time, and nothing that fails is lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision

from emca_site.publishing.scheduling import scheduler
from emca_site.publishing.scheduling.management.commands import run_scheduler
from emca_site.publishing.scheduling.models.schedule_failure import Event, ScheduleFailure
from emca_site.publishing.scheduling.models.scheduler_beat import DailyCommand, SchedulerBeat
from news.models import ArticlePage
from site_setup.teams import find_team
from tests import builders
from tests.desk_site import desk_of, is_live, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

HOUR = timedelta(hours=1)


def article(title="A new tram", **fields) -> ArticlePage:
    return builders.add_article(
        page("/news/"), title, live=False, first_published_at=None, **fields
    )


def scheduled_article(title="A new tram", when=None, **fields) -> ArticlePage:
    draft = article(title, **fields)
    builders.schedule(draft, when or timezone.now() + HOUR)
    return ArticlePage.objects.get(pk=draft.pk)


def logs(thing, action=scheduler.PUBLISHED):
    return log_registry.get_logs_for_instance(thing).filter(action=action)


def make(kind: str):
    """A draft of each kind of thing that two people publish."""
    if kind == "article":
        return article()
    if kind == "banner":
        return builders.add_banner(page("/"), live=False)
    if kind == "notice":
        return builders.add_notice(live=False)
    return builders.add_figure(live=False)


KINDS = ["article", "banner", "notice", "figure"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_due_goes_live_once_with_one_entry_in_its_log(kind):
    thing = make(kind)
    revision = builders.schedule(thing, timezone.now() + HOUR)
    assert scheduler.sweep().done == 0
    assert not is_live(thing)
    builders.bring_forward()
    assert scheduler.sweep().done == 1
    assert is_live(thing)
    assert scheduler.sweep().done == 0
    assert logs(thing).count() == 1
    assert logs(thing).get().revision == revision
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_ended_is_taken_down_once(kind):
    if kind == "article":
        thing = builders.add_article(page("/news/"))
    elif kind == "banner":
        thing = builders.add_banner(page("/"))
    elif kind == "notice":
        thing = builders.add_notice()
    else:
        thing = builders.add_figure()
    type(thing).objects.filter(pk=thing.pk).update(expire_at=timezone.now())
    assert scheduler.sweep().done == 1
    assert not is_live(thing)
    assert type(thing).objects.get(pk=thing.pk).expired
    assert scheduler.sweep().done == 0
    assert logs(thing, scheduler.ENDED).count() == 1


def test_nothing_is_early_by_a_moment():
    scheduled_article(when=timezone.now() + timedelta(seconds=2))
    assert scheduler.sweep().done == 0


def test_an_expired_page_is_not_found_before_any_sweep(client):
    gone = builders.add_article(page("/news/"))
    ArticlePage.objects.filter(pk=gone.pk).update(expire_at=timezone.now())
    assert client.get(gone.url).status_code == 404


def test_what_became_public_is_in_the_very_next_response(client):
    scheduled_article()
    assert "A new tram" not in client.get("/news/").content.decode()
    builders.bring_forward()
    scheduler.sweep()
    assert "A new tram" in client.get("/news/").content.decode()


def test_a_version_scheduled_for_a_live_page_replaces_it_at_its_time(client):
    live = builders.add_article(page("/news/"), "Old words")
    live.save_revision().publish()
    live.refresh_from_db()
    replace_at_its_time(client, live)


def replace_at_its_time(client, live):
    live.title = "New words"
    builders.schedule(live, timezone.now() + HOUR)
    assert "Old words" in client.get(live.url).content.decode()
    builders.bring_forward()
    scheduler.sweep()
    assert "New words" in client.get(live.url).content.decode()
    assert logs(live).count() == 1


def test_a_change_scheduled_for_a_page_that_set_up_made_does_not_take_it_down(client):
    about = page("/about/")
    assert about.live_revision_id is None
    about.title = "Old words"
    about.save()
    replace_at_its_time(client, about)


def test_whoever_changed_a_page_that_set_up_made_before_it_was_scheduled_still_counts():
    about = page("/about/")
    about.save_revision(user=person("comms"))
    about = page("/about/").get_latest_revision_as_object()
    about.go_live_at = timezone.now() + HOUR
    about.save_revision(user=person("transport"))
    assert page("/about/").changed_by() >= {person("comms").pk, person("transport").pk}


def test_one_that_fails_keeps_its_schedule_and_holds_up_no_other(caplog):
    taken = scheduled_article("First")
    others = [scheduled_article(f"Other {number}") for number in range(3)]
    break_it(taken)
    builders.bring_forward()
    result = scheduler.sweep()
    assert (result.done, result.failed) == (3, 1)
    assert all(is_live(other) for other in others)
    assert not is_live(taken)
    assert taken.revisions.filter(approved_go_live_at__isnull=False).count() == 1
    failure = ScheduleFailure.objects.get()
    assert (failure.event, failure.tries, failure.publishable.pk) == (Event.GO_LIVE, 1, taken.pk)
    assert "slug" in failure.reason
    assert "Traceback" not in failure.reason


def break_it(thing) -> None:
    """Give another page its address, so that publishing it fails."""
    builders.add_article(page("/news/"), "In its place", slug="in-its-place")
    Page.objects.filter(title="In its place").update(slug=thing.slug)


def mend_it() -> None:
    Page.objects.filter(title="In its place").update(slug="in-its-place")


def let_it_be_tried_again() -> None:
    ScheduleFailure.objects.update(next_try_at=timezone.now())


def test_what_failed_rests_is_tried_again_and_goes_live_when_it_is_mended():
    thing = scheduled_article()
    break_it(thing)
    builders.bring_forward()
    scheduler.sweep()
    assert scheduler.sweep().failed == 0  # it rests
    let_it_be_tried_again()
    assert scheduler.sweep().failed == 1
    failure = ScheduleFailure.objects.get()
    assert failure.tries == 2
    assert failure.next_try_at - failure.last_failed_at > timedelta(seconds=9)
    mend_it()
    let_it_be_tried_again()
    assert scheduler.sweep().done == 1
    assert is_live(thing)
    assert not ScheduleFailure.objects.exists()


def test_waits_between_tries_never_grow_beyond_a_minute():
    thing = scheduled_article()
    break_it(thing)
    builders.bring_forward()
    scheduler.sweep()
    ScheduleFailure.objects.update(tries=400)
    let_it_be_tried_again()
    scheduler.sweep()
    failure = ScheduleFailure.objects.get()
    assert failure.next_try_at <= timezone.now() + timedelta(seconds=60)


def test_the_team_and_the_approvers_are_told_once_an_hour(django_capture_on_commit_callbacks):
    thing = scheduled_article(owned_by=find_team("comms"))
    break_it(thing)
    builders.bring_forward()
    with django_capture_on_commit_callbacks(execute=True):
        scheduler.sweep()
    told = {message.to[0] for message in mail.outbox}
    assert told >= {"comms@example.org", "approver@example.org"}
    assert mail.outbox[0].subject == "Missed: A new tram"
    assert "slug" in mail.outbox[0].body
    assert logs(thing, "publishing.missed").count() == 1
    mail.outbox.clear()
    let_it_be_tried_again()
    with django_capture_on_commit_callbacks(execute=True):
        scheduler.sweep()
    assert not mail.outbox
    ScheduleFailure.objects.update(mailed_at=timezone.now() - HOUR)
    let_it_be_tried_again()
    with django_capture_on_commit_callbacks(execute=True):
        scheduler.sweep()
    assert mail.outbox


def test_a_failure_is_forgotten_when_the_schedule_is_cancelled():
    thing = scheduled_article()
    break_it(thing)
    builders.bring_forward()
    scheduler.sweep()
    thing.revisions.update(approved_go_live_at=None)
    scheduler.sweep()
    assert not ScheduleFailure.objects.exists()


def test_the_history_says_how_late(comms):
    thing = scheduled_article()
    builders.bring_forward(timezone.now() - timedelta(minutes=12, seconds=30))
    scheduler.sweep()
    history = reverse("wagtailadmin_pages:history", args=[thing.pk])
    assert "Went live, late by 12 minutes" in comms.get(history).content.decode()


def test_the_history_does_not_call_a_few_seconds_late(comms):
    thing = scheduled_article()
    builders.bring_forward()
    scheduler.sweep()
    history = reverse("wagtailadmin_pages:history", args=[thing.pk])
    assert "Went live at its time" in comms.get(history).content.decode()


def test_what_ended_before_it_could_go_live_is_never_seen_and_not_tried_again(client):
    thing = article()
    builders.schedule(thing, timezone.now() + HOUR, expire_at=timezone.now() + 2 * HOUR)
    revision = thing.revisions.get(approved_go_live_at__isnull=False)
    ended = (timezone.now() - timedelta(seconds=30)).isoformat()
    revision.content = {**revision.content, "expire_at": ended}
    revision.save()
    builders.bring_forward(timezone.now() - timedelta(minutes=5))
    scheduler.sweep()
    assert client.get(thing.url).status_code == 404
    scheduler.sweep()
    assert not is_live(thing)
    assert scheduler.sweep().done == 0


def test_what_is_approved_for_later_survives_the_end_of_what_is_live():
    thing = builders.add_article(page("/news/"))
    thing.save_revision().publish()
    later = builders.schedule(thing, timezone.now() + 9 * HOUR)
    ArticlePage.objects.filter(pk=thing.pk).update(expire_at=timezone.now())
    scheduler.sweep()
    assert not is_live(thing)
    later.refresh_from_db()
    assert later.approved_go_live_at


def test_a_publication_cut_short_leaves_everything_as_it_was(monkeypatch):
    thing = scheduled_article()
    builders.bring_forward()

    class CutShort(BaseException):
        """Raised where the process would be killed."""

    def cut(*args, **kwargs):
        raise CutShort

    monkeypatch.setattr("wagtail.actions.publish_revision.log", cut)  # the last thing it writes
    with pytest.raises(CutShort):
        scheduler.sweep()
    monkeypatch.undo()
    assert not is_live(thing)
    assert not logs(thing).exists()
    assert scheduler.sweep().done == 1
    assert logs(thing).count() == 1


def test_a_sweep_asks_the_same_of_the_database_however_much_is_scheduled(
    django_assert_max_num_queries,
):
    for number in range(12):
        scheduled_article(f"Coming {number}")
    with django_assert_max_num_queries(12):
        scheduler.sweep()


# --- The process -------------------------------------------------------------------------------


def test_it_sleeps_until_the_next_moment_and_never_longer_than_five_seconds():
    assert run_scheduler.seconds_to_sleep() == 5
    scheduled_article(when=timezone.now() + HOUR)
    assert run_scheduler.seconds_to_sleep() == 5
    scheduled_article("Soon", when=timezone.now() + timedelta(seconds=3))
    assert 0 < run_scheduler.seconds_to_sleep() <= 3


def test_one_sweep_can_be_asked_for(capsys):
    thing = scheduled_article()
    builders.bring_forward()
    call_command("run_scheduler", "--once")
    assert is_live(thing)
    assert "Done: 1. Failed: 0." in capsys.readouterr().out


def test_daily_commands_run_once_a_day():
    assert DailyCommand.claim("remind_owners")
    assert not DailyCommand.claim("remind_owners")
    DailyCommand.objects.update(ran_on=timezone.localdate() - timedelta(days=1))
    assert DailyCommand.claim("remind_owners")


def test_a_daily_command_that_fails_stops_nothing(caplog):
    run_scheduler.run_daily("no_such_command")
    assert "The daily command no_such_command failed" in caplog.text


# --- What is said of it ------------------------------------------------------------------------


def test_ready_when_a_scheduler_has_just_run(client):
    SchedulerBeat.say()
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "database": "well",
        "cache": "well",
        "scheduler": "well",
    }
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_not_ready_when_no_scheduler_has_ever_run(client):
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["scheduler"] == "not well"


def test_not_ready_when_its_last_sweep_is_a_minute_old(client):
    SchedulerBeat.say()
    SchedulerBeat.objects.update(swept_at=timezone.now() - timedelta(seconds=61))
    assert client.get("/health/ready").status_code == 503
    SchedulerBeat.say()
    assert client.get("/health/ready").status_code == 200


def test_ready_says_the_same_whatever_is_due_and_overdue(client):
    SchedulerBeat.say()
    before = client.get("/health/ready").content
    scheduled_article("Secret", when=timezone.now() + HOUR)
    builders.add_notice(expire_at=timezone.now() - timedelta(minutes=3))
    assert client.get("/health/ready").content == before


@pytest.mark.parametrize("part", ["database", "cache"])
def test_not_ready_says_which_part_and_the_log_says_why(client, monkeypatch, caplog, part):
    SchedulerBeat.say()

    def broken():
        raise ConnectionError("to the host db.internal")

    monkeypatch.setattr(f"emca_site.core.views._ask_{part}", broken)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()[part] == "not well"
    assert "internal" not in answer.content.decode()
    assert f"check of the {part} failed: ConnectionError: to the host db.internal" in caplog.text


def test_a_beat_renews_nothing_that_pages_keep(client):
    from emca_site.site_version.models import SiteVersion

    client.get("/")
    before = SiteVersion.current()
    SchedulerBeat.say()
    SchedulerBeat.say()
    assert SiteVersion.current() == before


def test_the_desk_says_what_the_scheduler_does(approver):
    SchedulerBeat.say()
    scheduled_article()
    assert "1 to come, 0 overdue" in said_to(approver)
    assert "No scheduler has run" not in said_to(approver)


def test_whoever_has_something_scheduled_is_warned_when_none_runs(comms):
    assert "No scheduler has run" not in said_to(comms)
    scheduled_article()
    assert "No scheduler has run for a minute" in said_to(comms)
    assert "No scheduler has run" not in said_to(desk_of("transport"))
