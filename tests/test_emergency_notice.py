"""An emergency notice is put up, and taken down, from the first page of the desk."""

import re
from datetime import timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.utils import timezone

from emca_site.banners.models import Notice
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.permissions.visible_choices import NOT_YOURS_TO_CHOOSE
from tests import builders
from tests.desk_site import desk_of, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

ADDRESS = "/admin/emergency-notice/"
WORDS = {"lead": "Stay at home", "message": "The Trent has burst its banks at Newark."}


@pytest.fixture
def emergency():
    return desk_of("emergency")


def words_of(answer) -> str:
    return unescape(answer.content.decode())


def form_of(client, **fields) -> dict:
    html = client.get(ADDRESS).content.decode()
    key = re.search(r'name="creation_key" value="([^"]+)"', html)[1]
    until = timezone.localtime() + timedelta(hours=6)
    typed = until.strftime("%d/%m/%Y %H:%M")
    return {"creation_key": key, "section": "", "expire_at": typed, **WORDS, **fields}


def put_up(client, **fields):
    sent = form_of(client, **fields) | {"put-up": "1", "reason": "People are in danger."}
    return sent, client.post(ADDRESS, sent, follow=True)


def test_it_is_looked_at_and_confirmed_with_a_reason(
    emergency, client, django_capture_on_commit_callbacks
):
    form = form_of(emergency)
    html = emergency.post(ADDRESS, form).content.decode()
    (frame,) = BeautifulSoup(html, "html.parser").find_all("iframe")
    assert "Stay at home" in BeautifulSoup(frame["srcdoc"], "html.parser").find("strong").text
    looked_at = unescape(html)
    assert "This is how it looks" in looked_at
    assert "Where: Every page of the site." in looked_at
    assert not Notice.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = emergency.post(ADDRESS, form | {"put-up": "1", "reason": "A flood."}, follow=True)
    assert "“Stay at home” is up: Every page of the site, until" in words_of(done)
    public = words_of(client.get("/news/"))
    assert "Stay at home" in public
    assert "Put up on" in public
    item = LookBackItem.objects.get()
    assert (item.reason, item.done_by) == ("A flood.", person("emergency"))
    assert any("Stay at home" in message.subject + message.body for message in mail.outbox)


def test_it_is_not_put_up_without_a_reason(emergency):
    answer = emergency.post(ADDRESS, form_of(emergency) | {"put-up": "1", "reason": " "})
    assert "This field is required" in words_of(answer)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lead": ""}, "This field is required"),
        ({"expire_at": ""}, "This field is required"),
        ({"expire_at": "1 January 2020, 9am"}, "This has passed"),
        ({"expire_at": "soon"}, "soon"),
        ({"section": "99999"}, "valid choice"),
    ],
)
def test_what_cannot_be_put_up_is_said_at_its_field_and_nothing_is_lost(emergency, wrong, said):
    answer = words_of(emergency.post(ADDRESS, form_of(emergency, **wrong)))
    assert said in answer
    assert WORDS["message"] in answer
    assert "This is how it looks" not in answer


def test_what_the_checks_refuse_is_not_put_up(emergency):
    _, answer = put_up(emergency, lead="[insert headline]")
    assert "What the checks say" in words_of(answer)
    assert 'name="put-up"' not in words_of(answer)
    assert not Notice.objects.exists()


def test_it_can_be_changed_after_it_was_looked_at(emergency):
    answer = words_of(emergency.post(ADDRESS, form_of(emergency) | {"change": "1"}))
    assert "Look at it" in answer
    assert 'value="Stay at home"' in answer


def test_pressed_twice_it_is_up_once(emergency):
    sent, _ = put_up(emergency)
    again = emergency.post(ADDRESS, sent, follow=True)
    assert "You sent this twice, and it is up once." in words_of(again)
    assert Notice.objects.count() == 1


def test_it_stands_where_it_was_wanted(emergency, client):
    put_up(emergency, section=str(page("/what-we-do/").pk))
    assert "Stay at home" in words_of(client.get("/what-we-do/transport/"))
    assert "Stay at home" not in words_of(client.get("/news/"))


def test_the_first_page_shows_what_is_up_and_takes_it_down(emergency, client):
    put_up(emergency)
    first_page = words_of(emergency.get("/admin/"))
    assert "Every page of the site · until" in first_page
    (address,) = re.findall(r'href="(/admin/take-down-now/banners.notice/\d+/)"', first_page)
    emergency.post(address, {"reason": "The water has gone."}, follow=True)
    assert "Stay at home" not in words_of(client.get("/news/"))
    assert "No notice is up." in words_of(emergency.get("/admin/"))


@pytest.mark.parametrize("who", ["comms", "transport", "approver"])
def test_nobody_else_is_offered_it_or_may_do_it(who):
    client = desk_of(who)
    assert "emergency-notice" not in client.get("/admin/").content.decode()
    client.post(ADDRESS, WORDS | {"put-up": "1", "reason": "x"})
    assert not Notice.objects.exists()


@pytest.mark.parametrize("step", [{}, {"change": "1"}, {"put-up": "1", "reason": "A flood."}])
def test_a_draft_of_others_is_neither_chosen_nor_named(emergency, step):
    draft = builders.add_standard_page(page("/"), "Kestrel budget", slug="kestrel", live=False)
    sent = form_of(emergency, section=str(draft.pk)) | step
    answer = words_of(emergency.post(ADDRESS, sent, follow=True))
    assert NOT_YOURS_TO_CHOOSE in answer
    assert "Kestrel" not in answer
    assert not Notice.objects.exists()


@pytest.mark.parametrize("junk", ["x", "9" * 30, "\x00"])
@pytest.mark.parametrize("name", ["lead", "section", "expire_at", "creation_key"])
def test_no_part_of_its_form_trips_the_desk(emergency, name, junk):
    emergency.raise_request_exception = False
    sent = form_of(emergency) | {name: junk}
    assert emergency.post(ADDRESS, sent).status_code in (200, 400)
    assert not Notice.objects.exists()
