"""The one way round two people leaves a reason, a record and a second pair of eyes afterwards."""

import pytest
from django.urls import reverse
from wagtail.log_actions import registry

from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.permissions.refusals import BY_HAND
from tests import builders
from tests.desk_site import desk_of, is_live, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


def draft(**fields):
    article = builders.add_article(
        page("/news/"), "Flood", slug="flood", live=False, first_published_at=None, **fields
    )
    article.save_revision(user=person("comms"))
    return article


def notice(**fields):
    notice = builders.add_notice(lead="The river is high", live=False, **fields)
    notice.save_revision(user=person("emergency"))
    return notice


def publish_now(name, thing, **data):
    address = reverse("publishing_publish_now", args=[thing._meta.label_lower, thing.pk])
    client = desk_of(name)
    return client, client.post(address, {"reason": "People must know today"} | data)


def test_an_administrator_publishes_a_page_with_a_reason(
    mailoutbox, django_capture_on_commit_callbacks
):
    article = draft()
    with django_capture_on_commit_callbacks(execute=True):
        publish_now("admin", article)
    assert is_live(article)
    item = LookBackItem.objects.unsigned().get()
    assert (item.reason, item.done_by) == ("People must know today", person("admin"))
    entry = registry.get_logs_for_instance(article).get(action="publishing.publish_now")
    assert entry.data["reason"] == "People must know today"
    told = {address: mail.body for mail in mailoutbox for address in mail.to}
    assert set(told) == {"approver@example.org", "comms@example.org"}  # comms wrote it
    assert all("People must know today" in body for body in told.values())


def test_without_a_reason_nothing_happens():
    article = draft()
    _, answer = publish_now("admin", article, reason="  ")
    assert "This field is required" in answer.content.decode()
    assert not is_live(article)


@pytest.mark.parametrize("name", ["comms", "approver", "emergency", "transport"])
def test_nobody_else_publishes_a_page_so(name):
    article = draft()
    client, _ = publish_now(name, article)
    assert not is_live(article)
    assert not LookBackItem.objects.exists()
    if name == "comms":
        assert BY_HAND in said_to(client)


@pytest.mark.parametrize(("name", "may"), [("emergency", True), ("comms", False)])
def test_emergency_publishers_put_up_and_take_down_a_notice(client, name, may):
    thing = notice()
    publish_now(name, thing)
    assert is_live(thing) == may
    assert ("The river is high" in client.get("/").content.decode()) == may
    thing.refresh_from_db()
    thing.live = True
    thing.save()
    address = reverse("publishing_take_down_now", args=["banners.notice", thing.pk])
    desk_of(name).post(address, {"reason": "It is over"})
    assert is_live(thing) != may
    assert LookBackItem.objects.count() == (2 if may else 0)


def test_no_one_takes_down_a_page_at_once():
    article = draft()
    publish_now("admin", article)
    address = reverse("publishing_take_down_now", args=["news.articlepage", article.pk])
    desk_of("admin").post(address, {"reason": "It is over"})
    assert is_live(article)


def test_the_gate_is_not_passed_by():
    article = draft(summary="TBC")
    client, _ = publish_now("admin", article)
    assert not is_live(article)
    assert "must be mended" in said_to(client)


def test_what_has_a_date_to_come_is_not_published_early():
    article = draft(go_live_at="2030-01-01T09:00Z")
    client, _ = publish_now("admin", article)
    assert not is_live(article)
    assert "still to come" in said_to(client)


def test_it_stands_on_the_list_until_somebody_else_signs(client):
    article = draft()
    publish_now("admin", article)
    item = LookBackItem.objects.get()
    sign = reverse("look_back_sign", args=[item.pk])
    desk_of("admin").post(sign)
    item.refresh_from_db()
    assert item.signed_at is None
    desk_of("approver").post(sign)
    item.refresh_from_db()
    assert item.signed_by == person("approver")
