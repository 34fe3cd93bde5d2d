"""Banners and notices come, go and are corrected on time, in every process and on every page."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from emca_site.banners.models import Banner, Notice
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.scheduling.scheduler import sweep
from emca_site.site_version import models as site_version
from site_setup.rights import find_collection
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
    publish,
    said_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

SECOND = timedelta(seconds=1)
NOTICES = "/admin/snippets/banners/notice/"
BANNERS = "/admin/snippets/banners/banner/"


@pytest.fixture
def clock(monkeypatch):
    """Sets the time of day for everybody."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


@pytest.fixture
def moment():
    """A round time to come."""
    return timezone.now().replace(second=0, microsecond=0) + timedelta(hours=2)


@pytest.fixture
def elsewhere(monkeypatch):
    """Asks another process of the site: one that keeps what it has drawn from before."""
    cached_there = {}

    def ask(address):
        with monkeypatch.context() as patch:
            patch.setattr(site_version, "_cached", cached_there)
            return Client().get(address)

    return ask


def typed(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def notice_form(**fields) -> dict:
    defaults = {"level": "warning", "lead": "The office is shut.", "message": "", "section": ""}
    link = {"link_text": "", "link_page": "", "link_url": ""}
    times = {"go_live_at": "", "expire_at": typed(timezone.now() + timedelta(days=3))}
    return defaults | link | times | fields


def banner_form(**fields) -> dict:
    picture = builders.add_image(collection=find_collection("comms")).pk
    defaults = {"headline": "A poster", "sentence": "", "picture": picture, "position": "1"}
    link = {"link_text": "", "link_page": "", "link_url": "", "pages": [page("/").pk]}
    times = {"go_live_at": "", "expire_at": typed(timezone.now() + timedelta(days=3))}
    return defaults | link | times | fields


def put_up(comms, approver, form, address=NOTICES):
    """Written by one person and approved by another: live, or waiting for its time."""
    answer = comms.post(f"{address}add/", form | SUBMIT)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert decide(approver).status_code == 302
    return (Notice if address == NOTICES else Banner).objects.latest("pk")


def change(client, thing, form):
    address = reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    return client.post(address, form | loaded(thing))


def words_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def shows(answer, *words: str) -> list[bool]:
    html = answer.content.decode()
    return [each in html for each in words]


KINDS = {"notice": (NOTICES, notice_form, "lead"), "banner": (BANNERS, banner_form, "headline")}


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


def test_it_ends_to_the_second_with_no_sweep_in_every_process(
    comms, approver, client, clock, moment, elsewhere, kind
):
    address, form, name = kind
    put_up(comms, approver, form(**{name: "Soon over", "expire_at": typed(moment)}), address)
    for ask in (client.get, elsewhere):
        assert shows(ask("/"), "Soon over") == [True]
    clock(moment - SECOND)
    for ask in (client.get, elsewhere):
        assert shows(ask("/"), "Soon over") == [True]
    clock(moment)
    for ask in (client.get, elsewhere):
        assert shows(ask("/"), "Soon over") == [False]
    clock(moment + SECOND)
    sweep()
    assert not (Notice if name == "lead" else Banner).objects.get().live
    assert shows(client.get("/"), "Soon over") == [False]


def test_one_takes_the_place_of_another_at_its_time_and_never_both(
    comms, approver, client, clock, moment, elsewhere, kind
):
    address, form, name = kind
    put_up(comms, approver, form(**{name: "The first", "expire_at": typed(moment)}), address)
    put_up(comms, approver, form(**{name: "The second", "go_live_at": typed(moment)}), address)
    both = ("The first", "The second")
    for at, swept in (
        (moment - timedelta(hours=1), [True, False]),
        (moment - SECOND, [True, False]),
        (moment, [False, True]),
        (moment + SECOND, [False, True]),
    ):
        clock(at)
        for ask in (client.get, elsewhere):  # whether or not a scheduler was there meanwhile
            assert shows(ask("/"), *both) != [True, True]
        sweep()
        for ask in (client.get, elsewhere):
            assert shows(ask("/"), *both) == swept, at


def test_a_new_text_takes_the_place_of_the_old_one_at_its_time(
    comms, approver, client, clock, moment, elsewhere
):
    notice = put_up(comms, approver, notice_form(lead="The old text"))
    form = notice_form(lead="The new text", go_live_at=typed(moment))
    assert change(comms, notice, form | SUBMIT).status_code == 302
    decide(approver)
    both = ("The old text", "The new text")
    clock(moment - SECOND)
    sweep()
    assert shows(elsewhere("/"), *both) == [True, False]
    clock(moment)
    sweep()
    for ask in (client.get, elsewhere):
        assert shows(ask("/"), *both) == [False, True]


def test_what_another_process_published_is_in_the_next_response(comms, approver, elsewhere, kind):
    address, form, name = kind
    assert shows(elsewhere("/"), "Just now") == [False]  # and keeps what it has drawn from
    put_up(comms, approver, form(**{name: "Just now"}), address)
    assert shows(elsewhere("/"), "Just now") == [True]


EVERY_PAGE = [
    "/",
    "/news/",
    "/what-we-do/",
    "/what-we-do/transport/",
    "/about/",
    "/search/",
    "/search/?q=tram",
    "/who-does-what/",
    "/figures/",
    "/accessibility-statement/",
    "/no-such-page/",
    "/news/no-such-article/",
    "/news/?page=999",
]


def test_a_notice_for_the_whole_site_stands_on_pages_of_every_kind(comms, approver, client):
    put_up(comms, approver, notice_form(lead="On all of them"))
    article = publish(comms, approver)
    for address in [*EVERY_PAGE, article.url]:
        assert shows(client.get(address), "On all of them") == [True], address


def test_a_notice_for_a_section_stands_there_and_below_and_nowhere_else(comms, approver, client):
    news = page("/news/")
    put_up(comms, approver, notice_form(lead="For news alone", section=news.pk))
    article = publish(comms, approver)
    for address in [*EVERY_PAGE, article.url]:
        # No page of the section answers where there is none.
        is_there = address in ("/news/", "/news/?page=999", article.url)
        assert shows(client.get(address), "For news alone") == [is_there], address


def test_a_banner_stands_on_its_page_alone(comms, approver, client):
    put_up(comms, approver, banner_form(headline="For the front"), BANNERS)
    for address in EVERY_PAGE:
        assert shows(client.get(address), "For the front") == [address == "/"], address


@pytest.mark.parametrize(
    "address", ["/news/feed/", "/news/feed.json", "/sitemap.xml", "/robots.txt", "/search/?q=moat"]
)
def test_neither_gets_into_feeds_and_results(comms, approver, client, address):
    publish(comms, approver)
    put_up(comms, approver, banner_form(headline="A moat poster"), BANNERS)
    put_up(comms, approver, notice_form(lead="A moat notice", section=page("/news/").pk))
    assert shows(client.get(address), "A moat poster", "A moat notice") == [False, False]


def test_a_running_one_is_corrected_and_keeps_its_place_and_its_end(
    comms, approver, client, clock, moment, kind
):
    address, form, name = kind
    end = moment + timedelta(days=2)
    times = {"go_live_at": typed(moment), "expire_at": typed(end)}
    thing = put_up(comms, approver, form(**{name: "A tipo", **times}), address)
    put_up(comms, approver, form(**{name: "Another"}), address)
    clock(moment)
    sweep()
    clock(moment + timedelta(hours=1))
    order = [each.pk for each in everything(thing)]
    first_at = type(thing).objects.get(pk=thing.pk).first_published_at
    # Its time to go live has passed, as its form still says.
    assert change(comms, thing, form(**{name: "A typo", **times}) | SUBMIT).status_code == 302
    assert shows(client.get("/"), "A tipo", "A typo") == [True, False]
    decide(approver)
    assert shows(client.get("/"), "A tipo", "A typo") == [False, True]
    thing.refresh_from_db()
    assert (thing.expire_at, thing.first_published_at) == (end, first_at)
    assert [each.pk for each in everything(thing)] == order


def everything(thing):
    if isinstance(thing, Notice):
        return Notice.objects.published().most_urgent_first()
    return Banner.objects.published().on(page("/"))


def cancel_the_schedule(approver, thing, namespace, *keys):
    """Cancel a schedule as an approver does it: in the history, by its button."""
    revision = type(thing).objects.get(pk=thing.pk).scheduled_revision
    history = approver.get(reverse(f"{namespace}:history", args=keys))
    address = reverse(f"{namespace}:revisions_unschedule", args=[*keys, revision.pk])
    assert address in history.content.decode()
    assert approver.get(address).status_code == 200
    assert approver.post(address).status_code == 302
    assert type(thing).objects.get(pk=thing.pk).scheduled_revision is None


def test_a_scheduled_notice_with_a_mistake_is_corrected_by_two_people(
    comms, approver, client, clock, moment
):
    notice = put_up(comms, approver, notice_form(lead="A tipo", go_live_at=typed(moment)))
    better = notice_form(lead="A typo", go_live_at=typed(moment))
    clock(moment - timedelta(minutes=1))
    refused = words_of(change(comms, notice, better))
    assert "so nobody can change it" in refused  # as it was approved
    edit_address = reverse(notice.snippet_viewset.get_url_name("edit"), args=[notice.pk])
    told = words_of(comms.get(edit_address))
    assert "ask an approver who did not change it to cancel the schedule" in told
    namespace = notice.snippet_viewset.get_url_name("edit").rpartition(":")[0]
    cancel_the_schedule(approver, notice, namespace, notice.pk)
    meant = {"goes_live_soon": "on"}  # it is a minute away
    assert change(comms, notice, better | meant | SUBMIT).status_code == 302
    decide(approver)
    assert not is_live(notice)
    clock(moment)
    sweep()
    assert shows(client.get("/"), "A tipo", "A typo") == [False, True]


def test_a_scheduled_page_with_a_mistake_is_corrected_by_two_people(
    comms, approver, client, clock, moment
):
    article = add(comms, title="A tipo", go_live_at=typed(moment), **SUBMIT)
    decide(approver, article)
    clock(moment - timedelta(minutes=1))
    edit(comms, article, title="A typo", go_live_at=typed(moment))
    article.refresh_from_db()
    assert article.latest_revision == article.scheduled_revision  # the words are kept beside it
    cancel_the_schedule(approver, article, "wagtailadmin_pages", article.pk)
    meant = {"goes_live_soon": "on"}  # it is a minute away
    edit(comms, article, title="A typo", go_live_at=typed(moment), **meant, **SUBMIT)
    decide(approver, article)
    assert client.get("/news/a-new-tram/").status_code == 404
    clock(moment)
    sweep()
    assert shows(client.get("/news/a-new-tram/"), "A tipo", "A typo") == [False, True]


def test_who_wrote_it_cannot_cancel_its_schedule_alone(comms, approver, moment):
    article = add(comms, go_live_at=typed(moment), **SUBMIT)
    decide(approver, article)
    revision = article.scheduled_revision
    address = reverse("wagtailadmin_pages:revisions_unschedule", args=[article.pk, revision.pk])
    comms.post(address)
    assert article.scheduled_revision
    assert "Cancelling a schedule needs an approver" in said_to(comms)


def revert_to(client, article, revision):
    """Opens an older version for editing, as the history offers it. What is posted becomes it."""
    address = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, revision.pk])
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context["form"]


BIG = {"change_size": "small", "change_note": ""}


def test_a_live_page_with_a_change_scheduled_is_corrected_before_it_comes(
    comms, approver, client, clock, moment
):
    article = publish(comms, approver, title="A tipo now")
    now = article.live_revision
    later = {"title": "A tipo later", "go_live_at": typed(moment), **BIG}
    edit(comms, article, **later, **SUBMIT)
    decide(approver, article)
    change_to_come = article.scheduled_revision
    assert change_to_come
    # The change is set aside first, and the public version mended.
    cancel_the_schedule(approver, article, "wagtailadmin_pages", article.pk)
    assert revert_to(comms, article, now)["title"].value() == "A tipo now"
    post = {"revision": now.pk, "title": "A typo now", "go_live_at": "", **BIG, **SUBMIT}
    assert edit(comms, article, **post).status_code == 302
    decide(approver, article)
    assert shows(client.get("/news/a-new-tram/"), "A typo now", "later") == [True, False]
    # Then the change is taken up again, for its time.
    assert revert_to(comms, article, change_to_come)["title"].value() == "A tipo later"
    edit(comms, article, revision=change_to_come.pk, **later | {"title": "A typo later"}, **SUBMIT)
    decide(approver, article)
    assert shows(client.get("/news/a-new-tram/"), "A typo now", "later") == [True, False]
    clock(moment)
    sweep()
    assert shows(client.get("/news/a-new-tram/"), "A typo now", "A typo later") == [False, True]


def test_an_emergency_is_on_every_page_of_every_process_in_the_next_response(client, elsewhere):
    emergency = desk_of("emergency")
    for address in EVERY_PAGE:
        for ask in (client.get, elsewhere):
            assert shows(ask(address), "Stay inside") == [False]
    # Four requests: the form, the draft, the question why, the answer.
    assert emergency.get(f"{NOTICES}add/").status_code == 200
    emergency.post(f"{NOTICES}add/", notice_form(lead="Stay inside", level="emergency"))
    notice = Notice.objects.latest("pk")
    address = reverse("publishing_publish_now", args=["banners.notice", notice.pk])
    edit_address = reverse(notice.snippet_viewset.get_url_name("edit"), args=[notice.pk])
    assert address in emergency.get(edit_address).content.decode()  # where the draft leads
    question = words_of(emergency.get(address))
    assert "Where it shows: Every page of the site." in question
    assert emergency.post(address, {"reason": "A gas leak"}).status_code == 302
    for page_address in EVERY_PAGE:
        for ask in (elsewhere, client.get):
            assert shows(ask(page_address), "Stay inside") == [True], page_address
    assert LookBackItem.objects.unsigned().count() == 1


def test_what_waits_for_its_time_is_not_put_up_now_past_its_approval(comms, approver, moment):
    notice = put_up(comms, approver, notice_form(go_live_at=typed(moment)))
    emergency = desk_of("emergency")
    address = reverse("publishing_publish_now", args=["banners.notice", notice.pk])
    emergency.post(address, {"reason": "A gas leak"})
    assert not is_live(notice)
    assert notice.scheduled_revision
    assert "ask an approver to cancel that in its history, or write another one" in said_to(
        emergency
    )


def test_an_approver_is_told_where_it_shows(comms, approver):
    for form, address, words in (
        (notice_form(), NOTICES, "Every page of the site"),
        (notice_form(section=page("/news/").pk), NOTICES, "“News” and every page below it"),
        (banner_form(), BANNERS, "“Home”"),
    ):
        comms.post(f"{address}add/", form | SUBMIT)
        waiting = re.search(r"/admin/decide/\d+/", approver.get("/admin/").content.decode())[0]
        assert f"Where it shows {words}" in words_of(approver.get(waiting))
        decide(approver)


def test_a_form_of_an_article_has_nothing_to_say_of_where(comms, approver):
    add(comms, **SUBMIT)
    waiting = re.search(r"/admin/decide/\d+/", approver.get("/admin/").content.decode())[0]
    assert "Where it shows" not in words_of(approver.get(waiting))
    assert article_form()["title"] in words_of(approver.get(waiting))
