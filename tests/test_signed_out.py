"""A session that ends while somebody writes takes no word with it."""

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from emca_site.banners.models import Notice
from news.models import ArticlePage
from tests import builders
from tests.desk_site import article_form, desk_of, loaded, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

OURS = {"Sec-Fetch-Site": "same-origin"}
JSON = {"Accept": "application/json"}
WORDS = 'Every <word>, "quoted" & kept.\r\nOn two lines, and £ too.'
ASK = "/admin/who-is-signed-in/"


@pytest.fixture
def article():
    article = builders.add_article(page("/news/"), "First words", slug="a-new-tram", live=False)
    article.save_revision(user=person("comms"))
    return article


def edit_address(article) -> str:
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def fields_of(answer) -> dict[str, list[str]]:
    """What the form of an answer sends."""
    found: dict[str, list[str]] = {}
    hidden = r'<input type="hidden" name="([^"]*)" value="([^"]*)">'
    for name, value in re.findall(hidden, answer.content.decode()):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def strict(client: Client | None = None) -> Client:
    """A browser of which the site wants the token of its form, as of every real one."""
    strict = Client(enforce_csrf_checks=True)
    if client:
        strict.cookies = client.cookies
    return strict


def test_an_open_form_learns_who_is_signed_in_and_prolongs_nothing(comms):
    expiry = Session.objects.get().expire_date
    answer = comms.get(ASK)
    assert answer.json()["user"] == person("comms").pk
    assert answer.json()["token"]
    assert "no-store" in answer["Cache-Control"]
    assert "sessionid" not in answer.cookies
    assert Session.objects.get().expire_date == expiry
    comms.session.flush()
    assert comms.get(ASK).json() == {"user": None}


@pytest.mark.parametrize("who", [None, "inactive", "no desk"])
def test_nobody_else_gets_a_token(who, django_user_model):
    client = Client()
    if who:
        user = django_user_model.objects.create_user("x@example.org", "a-pass-phrase")
        client.force_login(user)
        django_user_model.objects.filter(pk=user.pk).update(is_active=who != "inactive")
    answer = client.get(ASK)
    assert answer.json() == {"user": None}
    assert not answer.cookies
    assert client.post(ASK).status_code == 405


def test_a_form_sent_while_signed_out_comes_back_whole_and_is_saved_after_signing_in(article):
    form = {**article_form(title="Typed", summary=WORDS), **loaded(article)}
    sent = Client().post(edit_address(article), form, headers=OURS)
    assert sent.status_code == 403
    assert "Not saved yet: you are signed out" in sent.content.decode()
    kept = fields_of(sent)
    assert {name: [str(value)] for name, value in form.items()} == {
        name: value for name, value in kept.items() if name != "csrfmiddlewaretoken"
    }
    assert f'action="{edit_address(article)}"' in sent.content.decode()
    desk_of("comms").post(edit_address(article), kept, headers=OURS)
    article.refresh_from_db()
    assert article.latest_revision.object_str == "Typed"
    assert article.latest_revision.as_object().summary.split() == WORDS.split()


def test_with_the_token_from_before_signing_in_again_it_comes_back_with_a_new_one(comms, article):
    browser = strict(comms)
    form = {**article_form(title="Typed", summary=WORDS), **loaded(article)}
    form["csrfmiddlewaretoken"] = "a" * 64
    sent = browser.post(edit_address(article), form, headers=OURS)
    assert sent.status_code == 403
    assert "you signed in again" in sent.content.decode()
    kept = fields_of(sent)
    assert kept["summary"] == [WORDS]
    assert browser.post(edit_address(article), kept, headers=OURS).status_code == 302
    article.refresh_from_db()
    assert article.latest_revision.object_str == "Typed"


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sends_is_never_held_up_to_be_confirmed(
    comms, article, headers, signed_in
):
    browser = strict(comms if signed_in else None)
    answer = browser.post(edit_address(article), article_form(title="Evil"), headers=headers)
    assert answer.status_code in {302, 403}
    assert "Evil" not in answer.content.decode()


@pytest.mark.parametrize("address", ["wagtailadmin_login", "wagtailusers_users:add"])
def test_a_password_is_never_handed_back(comms, address):
    form = {"username": "x", "password": "secret-words", "password1": "secret-words"}
    for browser in (strict(), strict(comms), Client()):
        answer = browser.post(reverse(address), form, headers=OURS)
        assert "secret-words" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["new page", "page", "new notice"])
def test_an_autosave_while_signed_out_says_so_in_words(article, kind):
    address = {
        "page": edit_address(article),
        "new page": reverse(
            "wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk]
        ),
        "new notice": reverse(Notice.snippet_viewset.get_url_name("add")),
    }[kind]
    before = ArticlePage.objects.count(), Notice.objects.count()
    for browser in (Client(), strict()):
        answer = browser.post(address, article_form(), headers=JSON)
        assert answer.status_code == 403
        assert answer.json()["error_message"].startswith("You are signed out.")
        assert answer.json()["is_signed_out"]
    assert (ArticlePage.objects.count(), Notice.objects.count()) == before


def test_an_autosave_with_the_token_from_before_says_that_one_signed_in_again(comms, article):
    answer = strict(comms).post(edit_address(article), article_form(), headers=JSON)
    assert answer.status_code == 403
    assert answer.json()["error_message"].startswith("You signed in again")


def test_the_sign_in_page_is_not_put_into_an_open_form(comms, article):
    address = f"{edit_address(article)}?_w_hydrate_create_view=1"
    assert Client().get(address).status_code == 403
    assert comms.get(address).status_code == 200
    assert Client().get(edit_address(article)).status_code == 302


def test_signing_out_and_what_needs_no_account_stay_as_they_are(comms):
    assert comms.post(reverse("wagtailadmin_logout"), headers=OURS).status_code == 302
    form = {"email": "x@example.org"}
    answer = Client().post(reverse("wagtailadmin_password_reset"), form, headers=OURS)
    assert answer.status_code == 302


@pytest.mark.parametrize("kind", ["page", "new page", "notice", "contact"])
def test_every_form_of_the_desk_asks_who_is_signed_in(administrator, article, kind):
    address = {
        "page": edit_address(article),
        "new page": reverse(
            "wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk]
        ),
        "notice": reverse(Notice.snippet_viewset.get_url_name("add")),
        "contact": reverse("wagtailsnippets_core_contact:add"),
    }[kind]
    form = administrator.get(address).content.decode()
    assert f'data-saving="{ASK}" data-user="{person("admin").pk}"' in form
    assert "js/desk-saving.js" in form
