"""Files of what is not public yet: for those at the desk who may know of it, until approval."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from emca_site.media.models import SiteDocument
from site_setup.rights import find_collection
from tests import builders, desk_site
from tests.files import HOW, address_of, assert_alike, status

LATER = timezone.now() + timedelta(days=1)
PAST = timezone.now() - timedelta(minutes=1)


def test_it_is_public_in_the_moment_of_approval_although_tasks_never_run(
    storage, settings, comms, approver
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    image = builders.add_image(collection=find_collection("comms"))
    article = desk_site.add(comms, lead_picture=image.pk, **desk_site.SUBMIT)
    assert status(image) == 404
    desk_site.decide(approver, article)
    assert desk_site.is_live(article)
    assert status(image) == 200


def test_a_schedule_makes_nothing_public_before_its_time(comms, approver):
    image = builders.add_image(collection=find_collection("comms"))
    article = desk_site.add(
        comms,
        lead_picture=image.pk,
        go_live_at=timezone.localtime(LATER).strftime("%Y-%m-%d %H:%M"),
        **desk_site.SUBMIT,
    )
    desk_site.decide(approver, article)
    article.refresh_from_db()
    assert article.approved_schedule
    assert status(image) == 404
    revision = article.scheduled_revision
    revision.content["go_live_at"] = PAST.isoformat()  # its time comes
    revision.save()
    revision.publish()
    assert status(image) == 200


# --- Staff -------------------------------------------------------------------------------------


@pytest.fixture
def of_comms(set_up_site, db):
    """A picture and a file that comms keep to themselves, used by nothing yet."""
    collection = find_collection("comms")
    image = builders.add_image(collection=collection)
    document = SiteDocument.objects.create(
        title="Plan", file=ContentFile(b"%PDF", name="plan.pdf"), collection=collection
    )
    return [image, document]


@pytest.mark.parametrize("name", ["comms", "approver", "admin"])
def test_who_may_know_of_it_sees_it_and_no_cache_keeps_it(storage, of_comms, name):
    client = desk_site.desk_of(name)
    for thing in of_comms:
        answer = client.get(address_of(thing))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert b"".join(answer.streaming_content)
        part = client.get(address_of(thing), headers={"range": "bytes=0-1"})
        assert part.status_code == 206
        assert part.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["transport", "emergency"])
@pytest.mark.parametrize("how", HOW.values(), ids=HOW)
def test_to_staff_of_another_team_it_is_like_an_address_that_never_was(of_comms, name, how):
    client = desk_site.desk_of(name)
    for thing in of_comms:
        assert assert_alike(client, address_of(thing), **how).status_code == 404


def test_what_all_share_is_seen_by_every_team(set_up_site, db):
    image = builders.add_image(collection=find_collection("shared"))
    assert status(image, desk_site.desk_of("transport")) == 200
    assert status(image) == 404


def test_the_screen_on_which_an_approver_decides_shows_its_pictures(comms, approver):
    image = builders.add_image(
        collection=find_collection("comms"), file=builders.picture_file(size=(300, 200))
    )
    article = desk_site.add(comms, lead_picture=image.pk, **desk_site.SUBMIT)
    preview = reverse("wagtailadmin_pages:view_draft", args=[article.pk])
    for desk in (comms, approver):
        page = desk.get(preview).content.decode()
        shown = {part.split('"')[0].split()[0] for part in page.split('srcset="')[1:]}
        shown |= {part.split('"')[0] for part in page.split(' src="')[1:]}
        pictures = [address for address in shown if str(image.uuid) in address]
        assert pictures
        assert {desk.get(address).status_code for address in pictures} == {200}
        assert {Client().get(address).status_code for address in pictures} == {404}
