"""Every form of the desk for records, which have no versions: no words are overwritten unseen.

And one form makes one record. The forms come from the URL resolver, so that a new kind of record
is tried on the day it arrives.
"""

import json
import uuid
from datetime import timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views import generic
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from emca_site.core.models import Contact, SiteSettings
from emca_site.councils.models import Council, CountyCouncil, Topic
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.publishing.checks.models import AvoidedPhrase
from emca_site.publishing.desk.guarded import guards_of
from emca_site.publishing.desk.guards import unused
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin
from emca_site.publishing.saving.changed_meanwhile import CHANGED_MEANWHILE
from tests import builders
from tests.admin_addresses import Address, admin_addresses

pytestmark = pytest.mark.django_db

PASSWORD = {"password1": "quite-a-long-word", "password2": "quite-a-long-word"}


def add_user(email: str = "new@example.org"):
    return get_user_model().objects.create_user(email, first_name="New", last_name="Person")


def add_group():
    return Group.objects.create(name="A team")


def add_redirect():
    return Redirect.add_redirect("/old", "https://example.org/new")


def add_term():
    return builders.add_promotion("trams", external_link_url="https://example.org/").query


def add_phrase():
    return AvoidedPhrase.objects.create(phrase="leverage", use_instead="use")


# What has versions; and a collection, which holds a name.
HAS_OTHER_RULES = Page | TwoPeopleMixin | Collection
PARTS = {"app_name": "core", "model_name": "sitesettings"}
FILES = {
    SiteImage: lambda: {"file": builders.picture_file()},
    SiteDocument: lambda: {"file": ContentFile(b"%PDF-1.7 ...", "plan.pdf")},
}
# How to make one, the field of its form to write in, and what the form of a new one says besides.
RECORDS = {
    Contact: (builders.add_contact, "name", {}),
    Topic: (
        builders.add_topic,
        "name",
        {"slug": "another", "city_who": "city", "city_sentence": "Yes.", "district_who": "county"}
        | {"district_sentence": "Yes.", "our_part": "No.", "link_text": "Report it"}
        | {"link_url": "https://example.org/"},
    ),
    Council: (
        builders.add_city,
        "name",
        {"place": "Elsewhere", "slug": "elsewhere", "kind": "city"},
    ),
    CountyCouncil: (builders.add_county, "name", {"county": "Elsewhere"}),
    AvoidedPhrase: (add_phrase, "phrase", {"use_instead": "use"}),
    Redirect: (add_redirect, "old_path", {"redirect_link": "https://example.org/"}),
    Query: (
        add_term,
        "editors_picks-0-external_link_text",
        {
            "query_string": "buses",
            "editors_picks-TOTAL_FORMS": "1",
            "editors_picks-0-external_link_url": "https://example.org/buses",
            "editors_picks-0-description": "",
            "editors_picks-0-ORDER": "1",
            "editors_picks-0-page": "",
        },
    ),
    Group: (add_group, "name", {}),
    get_user_model(): (
        add_user,
        "first_name",
        {"email": "another@example.org", "last_name": "Person", **PASSWORD},
    ),
    SiteImage: (builders.add_image, "title", {}),
    SiteDocument: (builders.add_document, "title", {}),
    SiteSettings: (
        SiteSettings.load,
        "strapline",
        nested_form_data({"social_links": streamfield([])}),
    ),
}


def view_at(address: Address):
    """The view of a form that answers at an address, and the model of which it shows one."""
    if unused in guards_of(address.name):
        return None, None
    parts = dict.fromkeys(address.parts, 1) | PARTS
    try:
        view = resolve(address.filled(parts)).func
    except Resolver404:
        return None, None
    kind = getattr(view, "view_class", object)
    if not issubclass(kind, generic.EditView | generic.CreateView):
        return None, None
    model = kind(**view.view_initkwargs).model
    return kind, SiteSettings if address.name == "wagtailsettings:edit" else model


def forms_of(kind: type) -> list:
    """Each form of this kind as a test's parameters: the model, and its address."""
    found = {}
    for address in admin_addresses():
        view, model = view_at(address)
        if model and issubclass(view, kind) and not issubclass(model, HAS_OTHER_RULES):
            found[address.pattern] = pytest.param(model, address, id=address.pattern)
    return list(found.values())


def fields_in(answer) -> dict[str, str | list[str]]:
    """What a browser would send of the edit form in an answer, if nothing was changed."""
    form = BeautifulSoup(answer.content, "html.parser").select_one("form[data-edit-form]")
    sent: dict = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type", field.name)
        if kind in ("file", "submit") or (
            kind in ("checkbox", "radio") and not field.has_attr("checked")
        ):
            continue
        if kind == "select":
            values = [each["value"] for each in field.select("option[selected]")]
        elif kind == "textarea":
            values = [(field.string or "").removeprefix("\n")]
        else:
            values = [field.get("value", "on" if kind == "checkbox" else "")]
        if "__prefix__" not in field["name"]:
            sent[field["name"]] = sent.get(field["name"], []) + values
    return sent


def edit_path(record) -> str:
    return AdminURLFinder().get_edit_url(record)


def value_of(record, field: str) -> str:
    record = type(record)._base_manager.get(pk=record.pk)
    if isinstance(record, Query):
        return record.editors_picks.get().external_link_text
    return getattr(record, field)


@pytest.fixture(autouse=True)
def set_up(home):
    return home


@pytest.mark.parametrize(("model", "address"), forms_of(generic.EditView))
def test_what_another_window_saved_is_not_overwritten_unseen(desk, model, address):
    make, field, besides = RECORDS[model]
    record = make()
    path = address.filled(dict.fromkeys(address.parts, record.pk) | PARTS)
    first, second = (fields_in(desk.get(path)) for _ in range(2))
    if model is SiteSettings:
        first, second = first | besides, second | besides
    assert desk.post(path, first | {field: "/theirs-entirely"}).status_code == 302
    assert desk.post(path, first | {field: "/theirs-entirely"}).status_code == 302, "a second press"
    answer = desk.post(path, second | {field: "/mine-alone"})
    assert answer.status_code == 200
    assert CHANGED_MEANWHILE in unescape(answer.content.decode())
    again = second | fields_in(answer)
    assert again[field] == ["/mine-alone"]
    assert "theirs" in value_of(record, field)
    assert desk.post(path, again).status_code == 302
    assert "mine" in value_of(record, field)


@pytest.mark.parametrize(("model", "address"), forms_of(generic.CreateView))
def test_a_form_that_is_sent_again_makes_no_second_record(desk, model, address):
    make, field, besides = RECORDS[model]
    path = address.filled(dict.fromkeys(address.parts, address.parts and make().pk))
    opened = desk.get(path)
    form = fields_in(opened) | besides | {field: "/first-words"}
    assert form["creation_key"]
    posted_to = BeautifulSoup(opened.content, "html.parser").select_one("form[data-edit-form]")
    before = model.objects.count()
    for words in ("/first-words", "/second-words"):
        files = FILES[model]() if model in FILES else {}
        desk.post(posted_to["action"], form | files | {field: words})
        assert model.objects.count() == before + 1
    made = model.objects.latest("pk")
    assert value_of(made, field) == ("/first-words" if model is Query else "/second-words")
    assert getattr(made, "is_active", True)
    led_to = desk.get(reverse("publishing_created", args=form["creation_key"])).json()["url"]
    assert desk.get(led_to).status_code == 200


def test_what_somebody_else_changed_is_not_overwritten_by_going_back(desk, django_user_model):
    form = {"name": "Press desk", "creation_key": str(uuid.uuid4())}
    add = reverse(Contact.snippet_viewset.get_url_name("add"))
    desk.post(add, form)
    other = Client()
    other.force_login(django_user_model.objects.create_superuser("other@example.org"))
    contact = Contact.objects.get()
    path = edit_path(contact)
    other.post(path, fields_in(other.get(path)) | {"note": "Theirs."})
    answer = desk.post(add, form | {"note": "Mine."})
    assert CHANGED_MEANWHILE in unescape(answer.content.decode())
    contact.refresh_from_db()
    assert contact.note == "Theirs."


def test_rights_that_another_window_gave_are_not_taken_back_unseen(desk):
    group = add_group()
    path = edit_path(group)
    first, second = (fields_in(desk.get(path)) for _ in range(2))
    page = {
        "page_permissions-TOTAL_FORMS": "1",
        "page_permissions-0-page": str(Page.objects.last().pk),
    }
    answer = desk.post(path, first | page | {"page_permissions-0-permissions": ["lock_page"]})
    assert answer.status_code == 302
    assert group.page_permissions.count() == 1
    answer = desk.post(path, second | {"name": "Another name"})
    assert CHANGED_MEANWHILE in unescape(answer.content.decode())
    assert group.page_permissions.count() == 1


def test_a_result_is_promoted_once_for_a_term(desk):
    term = add_term()
    _, _, form = RECORDS[Query]
    form = form | {"query_string": "trams", "editors_picks-INITIAL_FORMS": "0"}
    form |= {"editors_picks-0-external_link_url": "https://example.org/"}
    answer = desk.post(
        "/admin/searchpicks/add/", form | {"editors_picks-0-external_link_text": "Trams"}
    )
    assert "“Trams” is promoted for this term already" in unescape(answer.content.decode())
    assert term.editors_picks.count() == 1


FILES_IN_LISTS = [
    (builders.add_image, "images", "image"),
    (builders.add_document, "documents", "doc"),
]


@pytest.mark.parametrize(("make", "app", "prefix"), FILES_IN_LISTS)
def test_a_form_of_several_uploads_overwrites_nothing_unseen(desk, make, app, prefix):
    thing = make()
    opened = {
        "opened_as": "another",
        "title": "Mine.",
        "tags": "",
        "collection": thing.collection_id,
    }
    path = f"/admin/{app}/multiple/{thing.pk}/"
    form = {f"{prefix}-{thing.pk}-{name}": value for name, value in opened.items()}
    answer = desk.post(path, form).json()
    assert not answer["success"]
    shown = BeautifulSoup(answer["form"], "html.parser")
    assert CHANGED_MEANWHILE in shown.text
    again = shown.select_one(f"[name={prefix}-{thing.pk}-opened_as]")["value"]
    assert desk.post(path, form | {f"{prefix}-{thing.pk}-opened_as": again}).json()["success"]


def test_settings_that_nobody_changed_are_as_they_were_opened(desk):
    settings = SiteSettings.load()
    stored = [{"type": "link", "value": {"name": "Videos", "url": "https://example.org/"}}]
    with connection.cursor() as cursor:  # as code stores a block, without an id
        sql = f"UPDATE {SiteSettings._meta.db_table} SET social_links = %s"
        cursor.execute(sql, [json.dumps(stored)])
    path = reverse("wagtailsettings:edit", args=["core", "sitesettings", settings.pk])
    first, second = (fields_in(desk.get(path))["opened_as"] for _ in range(2))
    assert first == second


WAYS = ["documents/multiple/add/", "documents/add/", "documents/chooser/create/"]


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_the_same_person_just_uploaded_is_not_stored_again(desk, admin, way):
    first = builders.add_document("Our plan")
    first.uploaded_by_user = admin
    first._set_document_file_metadata()
    first.save()

    def upload(content: bytes):
        name = next(name for name in ("files[]", "file") if ("multiple" in way) == ("[" in name))
        file = SimpleUploadedFile("again.pdf", content)
        prefix = "document-chooser-upload-" if "chooser" in way else ""
        form = {f"{prefix}title": "Again", f"{prefix}collection": first.collection_id}
        return desk.post(f"/admin/{way}", form | {f"{prefix}{name}": file})

    answer = upload(b"%PDF-1.7 ...")
    said = answer.json() if "json" in answer["Content-Type"] else answer.content.decode()
    assert "You uploaded this very file as “Our plan”" in unescape(str(said))
    assert SiteDocument.objects.get() == first
    upload(b"%PDF-1.7 another")
    assert SiteDocument.objects.count() == 2
    SiteDocument.objects.update(created_at=timezone.now() - timedelta(hours=1))
    upload(b"%PDF-1.7 ...")
    assert SiteDocument.objects.count() == 3
