"""What is not public takes the same statements as what is not there, so its time tells nothing."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from emca_site.media.pictures import make_renditions
from emca_site.publishing.lifecycle.models.retirement import Retirement
from tests import builders
from tests.desk_site import desk_of, page
from tests.files import addresses_of, nonsense_like

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

VALUES = re.compile(r"'(?:[^']|'')*'|\b[0-9a-f]{32}\b|\b\d+(?:\.\d+)?\b")


def statements(client: Client, address: str, method: str = "get", **headers) -> list[str]:
    """The statements that a request takes, without the values in them."""
    with CaptureQueriesContext(connection) as captured:
        answer = getattr(client, method)(address, headers=headers)
    assert answer.status_code == 404, (address, answer.status_code)
    return [VALUES.sub("?", query["sql"]) for query in captured.captured_queries]


def warm(client: Client) -> None:
    """Ask once for what every later request finds kept."""
    for address in ("/", "/nothing/here/", "/news/nothing/"):
        client.get(address)


def a_draft():
    return builders.add_article(page("/news/"), "A kestrel", slug="kestrel", live=False)


def scheduled():
    draft = a_draft()
    draft.go_live_at = timezone.now() + timedelta(hours=3)
    draft.save_revision().publish()


def over():
    builders.add_article(
        page("/news/"), "Over", slug="kestrel", expire_at=timezone.now() - timedelta(minutes=1)
    )


def taken_down():
    builders.add_article(page("/news/"), "Was", slug="kestrel").unpublish()


def below_a_draft():
    above = builders.add_standard_page(page("/about/"), "Above", slug="above", live=False)
    builders.add_standard_page(above, "Below", slug="kestrel", live=False)


def a_draft_that_a_redirect_leads_to():
    Redirect.add_redirect("/kestrel", redirect_to=a_draft())


def a_draft_that_an_address_in_a_redirect_leads_to():
    a_draft()
    Redirect.objects.create(old_path="/kestrel", redirect_link="https://testserver/news/kestrel/")


SECRETS = {
    "a draft": (a_draft, "/news/kestrel/", "/news/merlin/"),
    "scheduled": (scheduled, "/news/kestrel/", "/news/merlin/"),
    "its end has passed": (over, "/news/kestrel/", "/news/merlin/"),
    "unpublished": (taken_down, "/news/kestrel/", "/news/merlin/"),
    "below a draft": (below_a_draft, "/about/above/kestrel/", "/about/nothing/merlin/"),
    "a draft with pages below": (below_a_draft, "/about/above/", "/about/nothing/"),
    "below a draft that is no parent": (a_draft, "/news/kestrel/x/", "/news/merlin/x/"),
    "led to": (a_draft_that_a_redirect_leads_to, "/kestrel/", "/merlin/"),
    "led to by its address": (
        a_draft_that_an_address_in_a_redirect_leads_to,
        "/kestrel/",
        "/merlin/",
    ),
    "led to, with a query": (a_draft_that_a_redirect_leads_to, "/kestrel/?a=b", "/merlin/?a=b"),
}


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(("make", "secret", "nonsense"), SECRETS.values(), ids=SECRETS)
def test_a_secret_page_takes_the_statements_of_a_nonsense_address(
    client, method, make, secret, nonsense
):
    make()
    warm(client)
    assert statements(client, secret, method) == statements(client, nonsense, method)


@pytest.mark.parametrize("who", ["transport", "emergency"])
def test_so_it_does_for_staff_who_may_not_know(who):
    scheduled()
    client = desk_of(who)
    warm(client)
    assert statements(client, "/news/kestrel/") == statements(client, "/news/merlin/")


@pytest.mark.parametrize("more", ["", "?grant=nothing", "?v=1"])
@pytest.mark.parametrize("who", [None, "a made-up session", "emergency"])
def test_a_secret_file_takes_the_statements_of_a_nonsense_address(who, more):
    picture = builders.add_image("Kestrel", file=builders.picture_file("kestrel.png", (900, 600)))
    make_renditions(picture)
    document = builders.add_document("Kestrel")
    headers = {"cookie": "sessionid=nonsense"} if who == "a made-up session" else {}
    client = desk_of(who) if who == "emergency" else Client()
    client.get(f"/files/{uuid.uuid4()}/x.png", headers=headers)
    for address in [*addresses_of(picture), *addresses_of(document)]:
        secret = statements(client, address + more, **headers)
        nonsense = statements(client, nonsense_like(address) + more, **headers)
        assert secret == nonsense, address


def test_what_has_an_answer_still_gives_it(client):
    gone = builders.add_article(page("/news/"), "Gone", slug="gone")
    Retirement.objects.start(gone, "error", reason="It was wrong.")
    Redirect.add_redirect("/old-gone", redirect_to=gone)
    live = builders.add_article(page("/news/"), "Live", slug="live")
    Redirect.add_redirect("/old-live", redirect_to=live)
    Redirect.add_redirect("/old-live?id=9", redirect_to="/about/", is_permanent=False)
    Redirect.add_redirect("/caf\u00e9", redirect_to=live)
    assert client.get("/news/gone/").status_code == 410
    assert client.get("/old-gone/").status_code == 410
    assert client.get("/old-live/").headers["Location"] == "/news/live/"
    assert client.get("/old-live/").status_code == 301
    assert client.get("/old-live/?utm=x").headers["Location"] == "/news/live/"
    assert client.get("/old-live/?id=9").headers["Location"] == "/about/"
    assert client.get("/old-live/?id=9").status_code == 302
    assert client.get("/caf%C3%A9").headers["Location"] == "/news/live/"
