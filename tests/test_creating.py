"""One create form makes one object, however many requests it sends."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder

from emca_site.banners.models import Banner, Notice
from emca_site.figures.models import Figure
from emca_site.publishing.saving.models import Creation
from news.models import ArticlePage
from tests import builders
from tests.desk_site import SUBMIT, article_form, desk_of, loaded, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

HTML, JSON = {"Accept": "text/html"}, {"Accept": "application/json"}
FORMS = {
    Notice: {"level": "warning", "message": "", "link_text": "", "external_url": ""},
    Banner: {"sentence": "", "link_text": "", "external_url": "", "position": "1"},
    Figure: {"key": "", "value": "", "unit": "plain", "confidence": "official"},
}
NAMED_BY = {ArticlePage: "title", Notice: "lead", Banner: "headline", Figure: "label"}
KINDS = list(NAMED_BY)


def add_address(kind) -> str:
    if kind is ArticlePage:
        return reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    return reverse(kind.snippet_viewset.get_url_name("add"))


def form(kind, name: str, key="", **fields) -> dict:
    fields = {NAMED_BY[kind]: name, "creation_key": str(key), **fields}
    return article_form(**fields) if kind is ArticlePage else FORMS[kind] | fields


def names(kind) -> list[str]:
    return sorted(kind._base_manager.values_list(NAMED_BY[kind], flat=True))


def send(client, kind, name, key="", accept=HTML, **fields):
    return client.post(add_address(kind), form(kind, name, key, **fields), headers=accept)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [HTML, JSON])
@pytest.mark.parametrize("second", [HTML, JSON])
def test_the_second_request_of_a_form_saves_what_the_first_made(comms, kind, first, second):
    key = uuid.uuid4()
    send(comms, kind, "One wo", key, first)
    answer = send(comms, kind, "One word", key, second)
    assert answer.status_code == (302 if second is HTML else 200), answer.content.decode()[:2000]
    assert names(kind) == ["One word"]
    assert kind._base_manager.get().latest_revision.object_str.startswith("One word")


@pytest.mark.parametrize("kind", KINDS)
def test_an_autosave_whose_answer_was_lost_gets_the_answer_of_a_creation(comms, kind):
    key = uuid.uuid4()
    lost = send(comms, kind, "One", key, JSON).json()
    answer = send(comms, kind, "One", key, JSON).json()
    assert answer["success"]
    assert {name: answer[name] for name in ("pk", "url", "hydrate_url")} == {
        name: lost[name] for name in ("pk", "url", "hydrate_url")
    }
    assert comms.get(answer["hydrate_url"]).status_code == 200


def test_lists_within_a_form_are_not_doubled(comms):
    other = builders.add_article(page("/news/"), "Another")
    key = uuid.uuid4()
    related = {
        "chosen_articles-TOTAL_FORMS": "1",
        "chosen_articles-0-id": "",
        "chosen_articles-0-ORDER": "1",
        "chosen_articles-0-DELETE": "",
        "chosen_articles-0-article": str(other.pk),
    }
    for accept in (JSON, JSON, HTML):
        send(comms, ArticlePage, "One", key, accept, **related)
    article = ArticlePage.objects.get(title="One")
    assert article.chosen_articles.count() == 1
    assert len(article.latest_revision.as_object().chosen_articles.all()) == 1


def test_saved_by_itself_and_then_submitted_is_one_article_that_waits(comms):
    key = uuid.uuid4()
    send(comms, ArticlePage, "One", key, JSON)
    answer = send(comms, ArticlePage, "One", key, **SUBMIT)
    assert answer.status_code == 302
    assert ArticlePage.objects.get().workflow_in_progress


@pytest.mark.parametrize("key", ["", "x", "0" * 31, "{}", "9" * 5000, "a\x00b", "-1", "null"])
def test_a_form_without_a_key_creates_as_it_always_did(comms, key):
    for name in ("One", "Two"):
        assert send(comms, Notice, name, key).status_code == 302
    assert send(comms, ArticlePage, "One", key, slug="one").status_code == 302
    again = send(comms, ArticlePage, "Two", key, slug="one")
    assert "slug 'one' is already in use" in again.content.decode().replace("&#x27;", "'")
    assert names(Notice) == ["One", "Two"]
    assert names(ArticlePage) == ["One"]


@pytest.mark.parametrize("accept", [HTML, JSON])
@pytest.mark.parametrize("kind", [ArticlePage, Notice])
def test_with_somebody_elses_key_one_creates_ones_own_and_touches_nothing(
    comms, administrator, kind, accept
):
    key = uuid.uuid4()
    send(comms, kind, "Theirs", key, slug="theirs")
    theirs = kind._base_manager.get()
    for name in ("Mine", "Mine too"):
        slug = name.replace(" ", "-").lower()
        answer = send(administrator, kind, name, key, accept, slug=slug)
        assert answer.status_code in {200, 302}
    assert names(kind) == ["Mine", "Mine too", "Theirs"]
    assert [each.user for each in theirs.revisions.all()] == [person("comms")]
    assert Creation.objects.get().user == person("comms")


def test_a_key_of_another_kind_of_form_creates(comms):
    key = uuid.uuid4()
    send(comms, ArticlePage, "One", key)
    assert send(comms, Notice, "Two", key).status_code == 302
    assert (names(ArticlePage), names(Notice)) == (["One"], ["Two"])


def test_what_was_deleted_in_between_is_made_again_and_then_saved(comms):
    key = uuid.uuid4()
    send(comms, Notice, "One", key)
    Notice.objects.all().delete()
    send(comms, Notice, "Two", key)
    send(comms, Notice, "Three", key)
    assert names(Notice) == ["Three"]


def test_nobody_saves_through_a_form_that_made_what_they_may_not_edit(comms):
    key = uuid.uuid4()
    send(comms, Notice, "One", key)
    person("comms").groups.clear()
    person("comms").groups.add(*person("transport").groups.all())
    assert send(desk_of("comms"), Notice, "Two", key).status_code == 302
    assert names(Notice) == ["One"]


@pytest.mark.parametrize("kind", [ArticlePage, Notice])
@pytest.mark.parametrize("accept", [HTML, JSON])
def test_what_somebody_else_saved_since_is_not_overwritten(comms, administrator, kind, accept):
    key = uuid.uuid4()
    send(comms, kind, "Mine", key)
    created = kind._base_manager.get()
    name = (
        "wagtailadmin_pages:edit"
        if kind is ArticlePage
        else kind.snippet_viewset.get_url_name("edit")
    )
    address = reverse(name, args=[created.pk])
    administrator.post(address, form(kind, "Theirs") | loaded(created))
    answer = send(comms, kind, "Mine again", key, accept)
    assert answer.status_code == (409 if accept is HTML else 400)
    created.refresh_from_db()
    assert created.latest_revision.user == person("admin")
    assert {each.user for each in created.revisions.all()} == {person("comms"), person("admin")}


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_was_refused_keeps_its_key(comms, kind):
    key_in = re.compile(r'name="creation_key" value="([^"]+)"')
    opened = key_in.search(comms.get(add_address(kind)).content.decode())[1]
    assert opened != key_in.search(comms.get(add_address(kind)).content.decode())[1]
    refused = send(comms, kind, "TBC " * 2000, opened, **SUBMIT)
    assert refused.status_code == 200
    assert key_in.search(refused.content.decode())[1] == opened
    foreign = send(desk_of("admin"), kind, "TBC " * 2000, opened, **SUBMIT)
    assert key_in.search(foreign.content.decode())[1] != opened
    assert names(kind) == []
    send(comms, kind, "One", opened)
    send(comms, kind, "Two", opened)
    assert names(kind) == ["Two"]


@pytest.mark.parametrize("kind", KINDS)
def test_who_comes_back_to_a_form_is_led_to_what_it_made(comms, approver, kind):
    key = uuid.uuid4()
    address = reverse("publishing_created", args=[key])
    assert comms.get(address).status_code == 404
    send(comms, kind, "Made", key)
    created = Creation.objects.get(key=key).find_created()
    edit_url = AdminURLFinder(person("comms")).get_edit_url(created)
    assert comms.get(address).json() == {"url": edit_url}
    assert approver.get(address).status_code == 404


def test_keys_are_forgotten_after_a_month(comms):
    key = uuid.uuid4()
    send(comms, Notice, "Long ago", key)
    Creation.objects.update(created_at=timezone.now() - timedelta(days=31))
    send(comms, Notice, "Today", uuid.uuid4())
    assert not Creation.objects.filter(key=key).exists()
