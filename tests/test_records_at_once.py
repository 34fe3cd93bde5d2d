"""Two people, or two windows, and one record without versions: no words are overwritten unseen."""

import uuid
from html import unescape

import pytest
from django.urls import reverse

from emca_site.core.models import Contact, SiteSettings
from emca_site.councils.models import Topic
from emca_site.publishing.saving.changed_meanwhile import CHANGED_MEANWHILE
from tests import builders
from tests.test_records import document_form, settings_form, snippet_form

pytestmark = pytest.mark.django_db

RECORDS = {
    "document": (builders.add_document, document_form, "title"),
    "picture": (builders.add_image, document_form, "description"),
    "contact": (builders.add_contact, snippet_form, "note"),
    "city": (builders.add_city, snippet_form, "place"),
    "county": (builders.add_county, snippet_form, "county"),
    "topic": (builders.add_topic, snippet_form, "note"),
    "settings": (SiteSettings.load, settings_form, "strapline"),
}


def opened(desk, address: str) -> dict:
    html = desk.get(address).content.decode()
    assert 'name="opened_as"' in html
    return {"opened_as": html.split('name="opened_as" value="')[1].split('"')[0]}


@pytest.mark.parametrize(("make", "form_for", "field"), RECORDS.values(), ids=RECORDS)
def test_what_another_window_saved_is_not_overwritten_unseen(desk, home, make, form_for, field):
    record = make()
    address, form = form_for(record)
    first, second = opened(desk, address), opened(desk, address)
    assert first == second
    assert desk.post(address, form | first | {field: "Theirs entirely"}).status_code == 302
    mine = form | second | {field: "Mine & only mine"}
    answer = desk.post(address, mine)
    assert answer.status_code == 200
    said = unescape(answer.content.decode())
    assert CHANGED_MEANWHILE in said
    assert "Mine & only mine" in said
    record.refresh_from_db()
    assert getattr(record, field) == "Theirs entirely"
    again = form | opened_in(answer) | {field: "Mine & only mine"}
    assert desk.post(address, again).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == "Mine & only mine"


def opened_in(answer) -> dict:
    html = answer.content.decode()
    return {"opened_as": html.split('name="opened_as" value="')[1].split('"')[0]}


@pytest.mark.parametrize(("make", "form_for", "field"), RECORDS.values(), ids=RECORDS)
def test_the_same_words_sent_twice_are_no_conflict(desk, home, make, form_for, field):
    address, form = form_for(make())
    form |= opened(desk, address) | {field: "The same words"}
    for _ in range(2):
        assert desk.post(address, form).status_code == 302


def test_settings_that_nobody_changed_are_as_they_were_opened(desk, home):
    settings = SiteSettings.load()
    settings.social_links = [("link", {"name": "Videos", "url": "https://example.org/"})]
    settings.save()
    address, _ = settings_form(settings)
    assert opened(desk, address) == opened(desk, address)


NEW = {
    Contact: (builders.add_contact, {"name": "A new desk"}),
    Topic: (builders.add_topic, {"name": "A new topic", "slug": "a-new-topic"}),
}


@pytest.mark.parametrize("model", NEW, ids=lambda model: model.__name__)
def test_a_create_form_that_is_sent_again_makes_no_second_record(desk, home, model):
    make, names = NEW[model]
    _, form = snippet_form(make(), **names)
    before = model.objects.count()
    address = reverse(model.snippet_viewset.get_url_name("add"))
    assert 'name="creation_key"' in desk.get(address).content.decode()
    form |= {"creation_key": str(uuid.uuid4())}
    for note in ("First.", "Second."):
        assert desk.post(address, form | {"note": note}).status_code == 302
    assert model.objects.count() == before + 1
    assert model.objects.get(name=names["name"]).note == "Second."
