import uuid

import pytest
from django.urls import reverse

from emca_site.media.models import SiteImage
from emca_site.media.pictures import ALL_SPECS
from tests import builders


def address_of(image) -> str:
    return image.file.url


@pytest.fixture
def image(home):
    """A picture that visitors may have: something live uses it."""
    image = builders.add_image()
    builders.use_live(image)
    return image


def public_document(**fields):
    document = builders.add_document(**fields)
    builders.use_live(document)
    return document


def test_a_picture_is_served_below_its_own_folder(client, image):
    address = address_of(image)
    assert address == f"/files/{image.uuid}/picture.png"
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content) == image.file.open().read()


def test_a_rendition_is_served_beside_its_original(client, image):
    rendition = image.get_rendition("fill-20x20|format-avif")
    assert rendition.url.startswith(f"/files/{rendition.image.uuid}/")
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/avif"


def test_a_document_is_served_by_the_same_view(client, home):
    document = public_document(content=b"%PDF-1.7 words")
    assert document.url == f"/files/{document.uuid}/plan.pdf"
    answer = client.get(document.url)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" not in answer.headers.get("Content-Disposition", "")


def test_a_document_that_browsers_do_not_show_is_a_download(client, home):
    document = public_document(name="table.csv", content=b"a,b")
    answer = client.get(document.url)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="table.csv"'


def test_a_file_sets_no_cookie_and_is_the_same_for_everybody(desk, image):
    answer = desk.get(address_of(image))
    assert not answer.cookies
    assert "Vary" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    # Any cache may keep it, and asks before each use: so it can stop being public at once.
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_a_client_that_has_the_file_is_told_so(client, image):
    address = address_of(image)
    first = client.get(address)
    for header in (
        {"if-none-match": first.headers["ETag"]},
        {"if-modified-since": first.headers["Last-Modified"]},
    ):
        again = client.get(address, headers=header)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "body"),
    [
        ("bytes=0-3", 206, "bytes 0-3/10", b"0123"),
        ("bytes=7-", 206, "bytes 7-9/10", b"789"),
        ("bytes=-2", 206, "bytes 8-9/10", b"89"),
        ("bytes=-99", 206, "bytes 0-9/10", b"0123456789"),
        ("bytes=8-99", 206, "bytes 8-9/10", b"89"),
        ("bytes=10-", 416, "bytes */10", b""),
        ("bytes=-0", 416, "bytes */10", b""),
        ("bytes=5-2", 200, None, b"0123456789"),
        ("bytes=0-1,4-5", 200, None, b"0123456789"),
        ("bytes=-", 200, None, b"0123456789"),
        ("lines=1-2", 200, None, b"0123456789"),
        ("bytes=" + "9" * 400 + "-", 200, None, b"0123456789"),
    ],
)
def test_a_range_of_bytes(client, home, asked, status, content_range, body):
    document = public_document(name="ten.txt", content=b"0123456789")
    answer = client.get(document.url, headers={"range": asked})
    assert answer.status_code == status
    assert answer.headers.get("Content-Range") == content_range
    got = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert got == body
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_range_of_another_version_gets_the_whole_file(client, home):
    document = public_document(name="ten.txt", content=b"0123456789")
    answer = client.get(document.url, headers={"range": "bytes=0-1", "if-range": '"old"'})
    assert answer.status_code == 200


def test_head_says_the_size_and_sends_nothing(client, home):
    document = public_document(name="ten.txt", content=b"0123456789")
    answer = client.head(document.url)
    assert answer.headers["Content-Length"] == "10"
    assert b"".join(answer.streaming_content) == b""


@pytest.mark.parametrize("name", ["other.png", "..%2F..%2Fdb.sqlite3", "%2e%2e"])
def test_a_name_that_the_picture_does_not_have_is_not_found(client, image, name):
    assert client.get(f"/files/{image.uuid}/{name}").status_code == 404


def test_a_folder_that_nothing_has_is_not_found(client, home):
    assert client.get(f"/files/{uuid.uuid4()}/picture.png").status_code == 404
    assert client.get("/files/1/picture.png").status_code == 404


def test_a_file_that_vanished_from_the_disk_is_not_found(client, image):
    image.file.storage.delete(image.file.name)
    assert client.get(address_of(image)).status_code == 404


def test_a_page_is_there_without_a_picture_whose_file_vanished(client, home):
    image = builders.add_image()
    page = builders.use_live(image)
    image.file.storage.delete(image.file.name)
    assert client.get(page.url).status_code == 200


def test_files_are_only_read(client, image):
    assert client.post(address_of(image)).status_code == 405


def test_two_files_of_one_name_never_share_a_folder(db):
    first, second = builders.add_image(), builders.add_image()
    assert first.uuid != second.uuid
    assert first.file.name != second.file.name


def test_a_hostile_name_becomes_a_plain_one(db):
    image = builders.add_image(file=builders.picture_file("a b/../..\u202e" + "x" * 300 + ".png"))
    folder, name = image.file.name.split("/")
    assert folder == str(image.uuid)
    assert len(image.file.name) <= 100
    assert ".." not in name
    assert name.endswith(".png")


def test_an_upload_makes_every_size_once_it_is_committed(
    desk, db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            reverse("wagtailimages:add"),
            {"title": "New", "file": builders.picture_file(), "collection": 1},
        )
    image = SiteImage.objects.get(title="New")
    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(ALL_SPECS)
