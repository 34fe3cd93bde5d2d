"""A file is public while something that visitors may read uses it, and not a moment longer."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from emca_site.core.models import SiteSettings
from emca_site.media.models import SiteImage
from emca_site.media.use import is_public
from tests import builders
from tests.files import HOW, address_of, addresses_of, assert_alike, status
from tests.people import add_person

LATER = timezone.now() + timedelta(days=1)
PAST = timezone.now() - timedelta(minutes=1)


@pytest.fixture
def image(db):
    image = builders.add_image("The tram")
    image.get_rendition("width-10|format-webp")
    return image


@pytest.fixture
def document(db):
    return builders.add_document()


@pytest.fixture(params=["picture", "file"])
def thing(request, db):
    return request.getfixturevalue({"picture": "image", "file": "document"}[request.param])


# --- What makes it public ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "answers"),
    [
        ({}, 200),
        ({"expire_at": LATER}, 200),
        ({"live": False}, 404),
        ({"live": False, "go_live_at": LATER}, 404),
        ({"expire_at": PAST}, 404),
    ],
    ids=["live", "not at its end yet", "a draft", "scheduled", "past its end, with no sweep"],
)
def test_a_page_makes_it_public_while_visitors_may_read_it(storage, home, thing, fields, answers):
    builders.use_live(thing, **fields)
    assert status(thing) == answers
    assert is_public(thing) is (answers == 200)


def test_what_nothing_uses_is_private(home, thing):
    assert status(thing) == 404


def test_one_live_use_among_drafts_is_enough(home, thing):
    for number in range(3):
        builders.use_live(thing, title=f"Draft {number}", live=False)
    assert status(thing) == 404
    builders.use_live(thing)
    assert status(thing) == 200


def use_in_a_block(home, image):
    described = SiteImage.objects.get(pk=image.pk)
    described.contextual_alt_text, described.decorative = "A tram", False
    block = ("picture", {"image": described, "caption": ""})
    builders.add_standard_page(home, body=[block])


def use_in_a_banner(home, image):
    builders.add_banner(home, picture=image)


def use_in_settings(home, image):
    settings = SiteSettings.load()
    settings.share_picture = image
    settings.save()


def use_on_the_home_page(home, image):
    home.banner_image = image
    home.save()


@pytest.mark.parametrize(
    "use", [use_in_a_block, use_in_a_banner, use_in_settings, use_on_the_home_page]
)
def test_a_picture_is_public_wherever_it_is_used(home, image, use):
    assert status(image) == 404
    use(home, image)
    assert status(image) == 200


def test_a_banner_that_is_a_draft_or_over_makes_nothing_public(home, image):
    builders.add_banner(home, picture=image, live=False)
    builders.add_banner(home, picture=image, expire_at=PAST)
    assert status(image) == 404


def test_a_file_that_rich_text_links_to_is_public(home, document):
    link = f'<p><a linktype="document" id="{document.pk}">Times</a></p>'
    page = builders.add_standard_page(home, body=[("text", link)], live=False)
    assert status(document) == 404
    page.live = True
    page.save()
    assert status(document) == 200


def test_sizes_of_a_picture_follow_it_and_none_is_made_for_a_visitor(storage, home, image, client):
    builders.use_live(image)
    (size,) = image.renditions.all()
    assert client.get(size.url).headers["Content-Type"] == "image/webp"
    unmade = size.url.replace("width-10", "width-11")
    assert client.get(unmade).status_code == 404
    assert image.renditions.count() == 1


# --- Drafts of what is live --------------------------------------------------------------------


def test_a_picture_that_only_a_draft_of_a_live_page_adds_stays_private(home, thing):
    page = builders.add_standard_page(home)
    page.banner_image = thing if isinstance(thing, SiteImage) else None
    page.body = [] if page.banner_image else [("file", {"file": thing, "name": ""})]
    revision = page.save_revision()
    assert status(thing) == 404
    revision.publish()
    assert status(thing) == 200


def test_a_picture_that_a_draft_of_a_live_page_takes_out_stays_public_until_then(home, thing):
    page = builders.use_live(thing)
    page.banner_image, page.body = None, []
    revision = page.save_revision()
    assert status(thing) == 200
    revision.publish()
    assert status(thing) == 404


# --- What makes it stop ------------------------------------------------------------------------


def test_it_stops_when_its_page_is_taken_down(home, thing, admin):
    page = builders.use_live(thing)
    assert status(thing) == 200
    page.take_down(admin)
    assert status(thing) == 404


def test_it_goes_on_while_something_else_uses_it(home, thing, admin):
    first, second = (builders.use_live(thing, title=title) for title in ("A", "B"))
    first.take_down(admin)
    assert status(thing) == 200
    second.take_down(admin)
    assert status(thing) == 404


def test_it_stops_when_its_page_is_deleted(home, thing):
    page = builders.use_live(thing)
    page.delete()
    assert status(thing) == 404


def test_what_is_deleted_stops_at_once_and_leaves_nothing_behind(
    storage, home, thing, django_capture_on_commit_callbacks
):
    builders.use_live(thing)
    addresses = addresses_of(thing)
    names = [address.removeprefix("/files/") for address in addresses]
    with django_capture_on_commit_callbacks(execute=True):
        thing.delete()
        assert all(storage.exists(name) for name in names)  # it may yet be undone
        assert {Client().get(address).status_code for address in addresses} == {404}
    assert not any(storage.exists(name) for name in names)


def test_what_is_replaced_stops_at_once_and_leaves_nothing_behind(
    storage, home, thing, desk, django_capture_on_commit_callbacks
):
    before = addresses_of(thing)
    names = [address.removeprefix("/files/") for address in before]
    is_image = isinstance(thing, SiteImage)
    content = builders.picture_file(size=(9, 9)).read() if is_image else b"%PDF-1.7 new"
    new = SimpleUploadedFile(names[0].rsplit("/", 1)[1], content)
    name = "wagtailimages:edit" if is_image else "wagtaildocs:edit"
    focal = dict.fromkeys([f"focal_point_{part}" for part in ("x", "y", "width", "height")], "")
    form = {"title": "New", "tags": "", "description": "", "file": new, **focal}
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse(name, args=[thing.pk]), form)
        assert answer.status_code == 302
        assert storage.exists(names[0])  # it may yet be undone
    thing = type(thing).objects.get(pk=thing.pk)
    assert address_of(thing) not in before
    assert thing.file_size == len(content)
    builders.use_live(thing)
    assert {Client().get(address).status_code for address in before} == {404}
    assert not any(storage.exists(name) for name in names)
    answer = Client().get(address_of(thing))
    assert b"".join(answer.streaming_content) == content


# --- Nobody can tell ---------------------------------------------------------------------------


@pytest.mark.parametrize("how", HOW.values(), ids=HOW)
def test_to_a_visitor_it_is_like_an_address_that_never_was(home, thing, how):
    builders.use_live(thing, live=False)
    for address in addresses_of(thing):
        answer = assert_alike(Client(), address, **how)
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert not answer.cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_other_methods_tell_nothing(home, thing, method):
    answer = assert_alike(Client(), address_of(thing), method=method)
    assert answer.status_code == 405


def test_a_session_cookie_of_nobody_changes_nothing(home, thing):
    client = Client()
    client.cookies["sessionid"] = "nonsense"
    assert assert_alike(client, address_of(thing)).status_code == 404


def test_who_may_not_enter_the_desk_is_a_visitor(home, thing, django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create_user("r@example.org", "a-pass-phrase"))
    assert assert_alike(client, address_of(thing)).status_code == 404


def test_a_client_that_had_it_is_not_told_that_it_may_keep_it(storage, home, thing, admin):
    page = builders.use_live(thing)
    client = Client()
    tag = client.get(address_of(thing)).headers["ETag"]
    assert client.get(address_of(thing), headers={"if-none-match": tag}).status_code == 304
    page.take_down(admin)
    assert client.get(address_of(thing), headers={"if-none-match": tag}).status_code == 404


def test_a_public_file_is_the_same_for_staff(home, thing, desk):
    builders.use_live(thing)
    answer = desk.get(address_of(thing))
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Vary" not in answer.headers


# --- Cost, and other ways in -------------------------------------------------------------------


def test_a_visitor_costs_one_statement_however_much_uses_it(home, thing, client):
    builders.use_live(thing)
    client.get(address_of(thing))  # Django remembers types of content
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address_of(thing)).status_code == 200
        counts.append(len(captured.captured_queries))
        builders.use_live(thing, title=f"More {number}", live=False)
        builders.use_live(thing, title=f"Even more {number}")
    assert counts == [1, 1, 1]


def test_no_other_address_sends_files():
    def callbacks(patterns, so_far=""):
        for pattern in patterns:
            route = f"{so_far}{pattern.pattern}"
            if hasattr(pattern, "url_patterns"):
                yield from callbacks(pattern.url_patterns, route)
            else:
                yield route, pattern.callback

    found = dict(callbacks(get_resolver().url_patterns))
    outside = {route: view for route, view in found.items() if not route.startswith("admin/")}
    sends = {
        route
        for route, view in outside.items()
        if view.__module__.startswith(
            ("django.views.static", "wagtail.images", "wagtail.documents")
        )
    }
    assert not sends
    assert [route for route in outside if route.startswith("files/")] == [
        "files/<uuid:folder>/<str:name>"
    ]
    assert not [route for route in outside if route.startswith(("api", "documents", "images"))]


@pytest.mark.parametrize("debug", [False, True])
def test_a_private_file_is_not_served_by_its_name_in_the_folder(home, client, settings, debug):
    settings.DEBUG = debug
    image = builders.add_image()
    name = Path(image.file.path).relative_to(settings.MEDIA_ROOT)
    for prefix in ("/files/", "/media/", "/static/", "/documents/1/", "/", settings.MEDIA_URL):
        assert client.get(f"{prefix}{name}").status_code == 404


def test_the_desk_has_no_public_api_of_pictures_and_files(home, thing, client):
    for kind in ("images", "documents"):
        for address in (f"/admin/api/main/{kind}/", f"/admin/api/main/{kind}/{thing.pk}/"):
            answer = client.get(address)
            assert answer.status_code in (302, 401, 403, 404)
            assert str(thing.uuid) not in answer.content.decode()


# --- Search ------------------------------------------------------------------------------------


def found(client, **query) -> str:
    return client.get("/search/", {"q": "timetable"} | query).content.decode()


@pytest.mark.parametrize("fields", [{"live": False}, {"expire_at": PAST}])
def test_search_tells_nothing_of_a_private_file(home, client, fields):
    document = builders.add_document("Timetable of the tram")
    builders.use_live(document, **fields)
    for query in ({}, {"section": "files"}, {"q": "timetible"}):
        page = found(client, **query)
        assert "of the tram" not in page
        assert str(document.uuid) not in page
        assert "Files (" not in page
        assert "Did you mean" not in page


def test_search_finds_a_file_while_it_is_public(home, client, admin):
    document = builders.add_document("Timetable of the tram")
    page = builders.use_live(document)
    assert document.url in found(client)
    page.take_down(admin)
    assert document.url not in found(client)


def test_rows_of_the_index_that_lead_nowhere_make_nothing_public(home, thing):
    builders.use_live(thing, live=False)
    (row,) = ReferenceIndex.get_references_to(thing)
    row.base_content_type = ContentType.objects.create(app_label="gone", model="type")
    row.object_id = "no-number"
    row.save()
    assert status(thing) == 404


def test_a_person_without_rights_on_any_collection_sees_nothing(home):
    person = add_person("p@example.org")
    client = Client()
    client.force_login(person)
    assert status(builders.add_image(uploaded_by_user=person), client) == 404
