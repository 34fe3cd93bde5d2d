"""One screen on the desk has everything that is due, and in red what was missed."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from emca_site.publishing.scheduling import whats_coming
from emca_site.publishing.scheduling.scheduler import sweep
from emca_site.publishing.scheduling.whats_coming import WhatsComing
from emca_site.publishing.uk_time.times import in_words
from tests import builders
from tests.desk_site import SUBMIT, add, decide, desk_of, page, person, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

ADDRESS = "/admin/coming/"
EVERYBODY = ["comms", "transport", "approver", "emergency", "admin"]


def at_nine(days: int) -> datetime:
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def scheduled(comms, approver, **fields):
    article = add(comms, go_live_at=typed(fields.pop("at", at_nine(3))), **fields, **SUBMIT)
    decide(approver, article)
    assert article.scheduled_revision
    return article


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def screen(client) -> str:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    html = answer.content.decode()
    return words_of(html[html.index('<div class="publishing-coming">') :])


def rows(client) -> list[str]:
    html = client.get(ADDRESS).content.decode()
    return [words_of(row) for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL) if "<td" in row]


def overdue(thing, minutes: int) -> None:
    """Its time came some minutes ago, and nothing happened."""
    at = timezone.now() - timedelta(minutes=minutes)
    revision = thing.scheduled_revision
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)


def test_nothing_due_is_said_in_words(approver):
    assert "Nothing is due." in screen(approver)


def test_a_scheduled_page_says_when_what_and_who_approved_it(comms, approver):
    scheduled(comms, approver)
    said = screen(approver)
    day, _, clock = in_words(at_nine(3)).rpartition(", ")
    assert day in said
    row = rows(approver)[0]
    assert row.startswith(f"{clock} Goes live A new tram Article Approved by ")
    assert f"{person('approver')}, {in_words(timezone.now())[:12]}" in row


@pytest.mark.parametrize("name", ["comms", "approver", "admin"])
def test_each_line_leads_to_where_that_person_finds_it(comms, approver, name):
    article = scheduled(comms, approver)
    view = "history" if name == "approver" else "edit"
    address = reverse(f"wagtailadmin_pages:{view}", args=[article.pk])
    assert f'href="{address}"' in desk_of(name).get(ADDRESS).content.decode()
    assert desk_of(name).get(address).status_code == 200


@pytest.mark.parametrize("name", ["transport", "emergency"])
def test_what_is_not_public_yet_is_told_to_nobody_else(comms, approver, name):
    scheduled(comms, approver, expire_at=typed(at_nine(5)))
    assert "A new tram" not in desk_of(name).get(ADDRESS).content.decode()
    assert "Nothing is due." in screen(desk_of(name))


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_end_of_what_is_live_is_known_to_everybody(comms, approver, name):
    publish(comms, approver, expire_at=typed(at_nine(5)))
    builders.add_notice(lead="A shut road", expire_at=at_nine(2))
    builders.add_banner(page("/"), headline="A poster", expire_at=at_nine(1))
    builders.add_figure(label="homes", expire_at=at_nine(4))
    found = rows(desk_of(name))
    assert [row.split(" Approved")[0].split(" No approval")[0] for row in found] == [
        "9am Ends A poster Banner",
        "9am Ends A shut road Notice",
        found[2].split(" No approval")[0],
        "9am Ends A new tram Article",
    ]
    assert "homes" in found[2]
    assert found[3].count("Approved by") == 1
    assert found[0].endswith("No approval on record")


def test_a_scheduled_thing_stands_there_twice_if_it_has_an_end(comms, approver):
    scheduled(comms, approver, expire_at=typed(at_nine(5)))
    found = rows(approver)
    assert [("Goes live" in row, "Ends" in row) for row in found] == [(True, False), (False, True)]


def test_an_update_that_comes_before_the_end_brings_its_own_end(comms, approver):
    article = publish(comms, approver, expire_at=typed(at_nine(5)))
    article.go_live_at, article.expire_at = at_nine(2), at_nine(9)
    revision = article.save_revision(user=person("comms"))
    article.publish(revision, user=person("approver"), skip_permission_checks=True)
    said = rows(approver)
    assert len(said) == 2
    assert "Goes live" in said[0]
    due = WhatsComing(person("approver")).lines
    assert [timezone.localtime(line.due.at) for line in due] == [at_nine(2), at_nine(9)]
    # Who may not know of the update is told the end that the public version has.
    due = WhatsComing(person("transport")).lines
    assert [timezone.localtime(line.due.at) for line in due] == [at_nine(5)]


def test_one_who_published_with_a_reason_is_named_as_such(comms):
    notice = builders.add_notice(live=False, expire_at=at_nine(2))
    notice.save_revision(user=person("emergency"))
    address = reverse("publishing_publish_now", args=["banners.notice", notice.pk])
    desk_of("emergency").post(address, {"reason": "A flood"})
    assert f"Published with a reason by {person('emergency')}, " in rows(comms)[0]


def test_days_come_in_order_and_what_is_far_away_stands_last(comms, approver):
    for days in (90, 3, 59, 4):
        builders.add_notice(lead=f"In {days} days", expire_at=at_nine(days))
    said = screen(approver)
    places = [said.index(f"In {days} days") for days in (3, 4, 59, 90)]
    assert places == sorted(places)
    assert said.index("In 59 days") < said.index("More than 60 days from now")
    assert f"{in_words(at_nine(90))} Ends In 90 days" in said


@pytest.mark.parametrize(("minutes", "is_missed"), [(1, False), (3, True)])
def test_what_did_not_go_live_at_its_time_is_missed(comms, approver, minutes, is_missed):
    overdue(scheduled(comms, approver), minutes)
    said = screen(approver)
    assert ("Missed. Should have gone live A new tram" in said) == is_missed
    assert ('<section class="publishing-missed"' in approver.get(ADDRESS).content.decode()) == (
        is_missed
    )
    first_page = words_of(approver.get("/admin/").content.decode())
    assert ("Missed: 1 thing should have gone live or ended by now." in first_page) == is_missed
    assert "All that is coming" in first_page


def test_what_was_missed_is_gone_once_it_is_live(comms, approver):
    article = scheduled(comms, approver)
    overdue(article, 9)
    revision = article.scheduled_revision
    content = {**revision.content, "go_live_at": timezone.now().isoformat()}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    article.scheduled_revision.publish(log_action="wagtail.publish.scheduled")
    assert "Missed" not in screen(approver)
    assert "Missed" not in words_of(approver.get("/admin/").content.decode())


def test_what_was_missed_is_gone_once_its_schedule_is_cancelled(comms, approver):
    article = scheduled(comms, approver)
    overdue(article, 9)
    revision = article.scheduled_revision
    approver.post(
        reverse("wagtailadmin_pages:revisions_unschedule", args=[article.pk, revision.pk])
    )
    assert "Nothing is due." in screen(approver)


def test_what_did_not_end_at_its_time_is_missed_by_everybody():
    builders.add_notice(lead="A shut road", expire_at=timezone.now() - timedelta(minutes=3))
    for name in EVERYBODY:
        assert "Missed. Should have ended A shut road" in screen(desk_of(name))


def test_the_reason_stands_beside_what_failed_from_the_first_try_on(comms, approver):
    article = scheduled(comms, approver)
    builders.bring_forward()
    taking = builders.add_article(page("/news/"), "In its place", slug="in-its-place")
    Page.objects.filter(pk=taking.pk).update(slug=article.slug)
    sweep()
    said = screen(approver)
    assert "Missed. Should have gone live" in said
    assert "is already in use within the parent page" in said
    first_page = words_of(approver.get("/admin/").content.decode())
    assert "Missed: 1 thing should have gone live or ended by now." in first_page


def test_there_is_a_most_and_the_screen_says_so(approver, monkeypatch):
    monkeypatch.setattr(whats_coming, "MOST", 3)
    for days in range(2, 7):
        builders.add_notice(lead=f"In {days} days", expire_at=at_nine(days))
    assert [f"In {days} days" in row for row, days in zip(rows(approver), (2, 3, 4), strict=True)]
    assert "There is more than this" in screen(approver)


def add_many(start: int, stop: int) -> None:
    """Live and scheduled things of each kind, each with a day of its own."""
    for count in range(start, stop):
        notice = builders.add_notice(lead=f"Due {count}", live=False, go_live_at=at_nine(count))
        revision = notice.save_revision(user=person("comms"))
        notice.publish(revision, user=person("approver"), skip_permission_checks=True)
        builders.add_notice(lead=f"Notice {count}", expire_at=at_nine(count))
        article = builders.add_article(
            page("/news/"), slug=f"article-{count}", expire_at=at_nine(count)
        )
        article.save_revision(user=person("comms")).publish()


@pytest.mark.parametrize("name", ["comms", "approver", "transport"])
def test_many_things_take_no_more_queries_than_a_few(name):
    client = desk_of(name)
    add_many(2, 4)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    add_many(10, 20)
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    print("QUERIES", name, len(few), len(many))
    assert len(many) <= len(few)


def test_the_menu_leads_there(comms):
    assert ADDRESS in comms.get("/admin/").content.decode()
