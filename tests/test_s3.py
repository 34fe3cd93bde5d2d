"""The site's files in a bucket of an object store, here an emulator that runs beside the tests."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from emca_site.media import s3
from emca_site.media.forms import NOT_STORED
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.stored import CHUNK
from tests import builders, object_store
from tests.environment import without_site_variables

TEN = b"0123456789"


def public_document(**fields) -> SiteDocument:
    document = builders.add_document(**{"name": "ten.txt", "content": TEN} | fields)
    builders.use_live(document)
    return document


def use_store(settings, url: str) -> None:
    """Point the site at a store there."""
    store = object_store.ObjectStore(url)
    for setting, value in object_store.settings_of(store, "files").items():
        setattr(settings, setting, value)


@pytest.fixture
def stopped(settings):
    """Return a function that points the settings at a port where no store listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return lambda: use_store(settings, f"http://127.0.0.1:{port}")


@pytest.fixture
def hanging(settings, monkeypatch):
    """The store takes the call and says nothing."""
    monkeypatch.setattr(s3, "READ_TIMEOUT", 0.2)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield lambda: use_store(settings, f"http://127.0.0.1:{listening.getsockname()[1]}")


@pytest.fixture
def refusing(settings, files_store):
    """The store is there and has no such bucket."""
    return lambda: use_store(settings, files_store.url)


@pytest.fixture(params=["stopped", "hanging"])
def fail(request):
    return request.getfixturevalue(request.param)


# --- It works ----------------------------------------------------------------------------------


def test_files_and_sizes_are_in_the_bucket_and_not_on_the_disk(bucket, files_store, db, settings):
    image = builders.add_image()
    size = image.get_rendition("width-10|format-webp")
    kept = files_store.client().list_objects_v2(Bucket=bucket)["Contents"]
    assert {each["Key"] for each in kept} == {image.file.name, size.file.name}
    assert not (Path(settings.MEDIA_ROOT) / str(image.uuid)).exists()


def test_addresses_are_the_sites_own(bucket, db):
    image = builders.add_image(file=builders.picture_file("a b.png"))
    assert image.file.url == f"/files/{image.uuid}/a_b.png"
    assert image.get_rendition("width-10|format-webp").url.startswith(f"/files/{image.uuid}/")


def test_nothing_in_the_bucket_is_given_away(bucket, files_store, db):
    document = builders.add_document()
    access = files_store.client().get_object_acl(Bucket=bucket, Key=document.file.name)
    assert all("URI" not in grant["Grantee"] for grant in access["Grants"])


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "body"),
    [
        ("bytes=0-3", 206, "bytes 0-3/10", b"0123"),
        ("bytes=-2", 206, "bytes 8-9/10", b"89"),
        ("bytes=8-99", 206, "bytes 8-9/10", b"89"),
        ("bytes=10-", 416, "bytes */10", b""),
        ("bytes=0-1,4-5", 200, None, TEN),
        ("", 200, None, TEN),
    ],
)
def test_a_range_of_bytes(bucket, client, home, asked, status, content_range, body):
    answer = client.get(public_document().url, headers={"range": asked})
    assert answer.status_code == status
    assert answer.headers.get("Content-Range") == content_range
    got = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert got == body
    assert status == 416 or answer.headers["Content-Length"] == str(len(body))
    assert "Location" not in answer.headers


def test_it_is_sent_on_in_pieces(bucket, client, home):
    content = os.urandom(3 * CHUNK + 5)
    answer = client.get(public_document(content=content).url)
    pieces = list(answer.streaming_content)
    assert max(map(len, pieces)) <= CHUNK
    assert b"".join(pieces) == content


def test_headers_are_those_of_a_file_on_the_disk(bucket, client, home):
    answer = client.get(public_document(name="plan.csv").url)
    answer.close()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.csv"'
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_client_that_has_it_is_told_so(bucket, client, home):
    address = public_document().url
    tag = client.head(address).headers["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304


def test_head_says_the_size_and_sends_nothing(bucket, client, home):
    answer = client.head(public_document().url)
    assert answer.headers["Content-Length"] == "10"
    assert b"".join(answer.streaming_content) == b""


def test_a_name_is_never_used_twice(bucket):
    first = default_storage.save("a/plan.pdf", ContentFile(b"1"))
    second = default_storage.save("a/plan.pdf", ContentFile(b"2"))
    assert first != second
    assert default_storage.open(first).read() == b"1"


def test_an_upload_at_the_desk_reaches_the_bucket(bucket, desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, "one at a time", "picture")
    assert answer.status_code == 302
    image = SiteImage.objects.get()
    assert (image.width, image.height) == (64, 40)
    assert image.file_size == default_storage.size(image.file.name)
    assert image.file_hash
    assert image.renditions.exists()


# --- It does not -------------------------------------------------------------------------------


def test_an_object_that_has_gone_is_not_found(bucket, client, home):
    document = public_document()
    default_storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


def test_what_visitors_may_have_is_said_to_come_later(bucket, client, home, fail):
    document = public_document()
    fail()
    for method in (client.get, client.head):
        answer = method(document.url)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert answer.headers["Cache-Control"] == "no-store"
    page = client.get(document.url).content.decode()
    assert "This file cannot be sent right now" in page
    assert document.title not in page


def test_a_private_file_is_not_found_whatever_the_store_does(bucket, client, home, stopped):
    document = builders.add_document()
    stopped()
    assert client.get(document.url).status_code == 404


def test_a_page_is_there_without_a_picture_that_cannot_be_fetched(bucket, client, home, fail):
    page = builders.use_live(builders.add_image())
    fail()
    for _ in range(2):
        answer = client.get(page.url)
        assert answer.status_code == 200
        assert "<picture" not in answer.content.decode()


def upload(desk, way: str, kind: str):
    """Send a new picture or file in one of the ways that the desk has."""
    app = {"picture": "wagtailimages", "file": "wagtaildocs"}[kind]
    if kind == "picture":
        file = SimpleUploadedFile("new.png", builders.picture_file().read(), "image/png")
    else:
        file = SimpleUploadedFile("new.pdf", b"%PDF-1.7 new", "application/pdf")
    form = {"title": "New", "collection": 1, "tags": "", "description": "", "file": file}
    form |= dict.fromkeys([f"focal_point_{part}" for part in ("x", "y", "width", "height")], "")
    if way == "one at a time":
        return desk.post(reverse(f"{app}:add"), form)
    if way == "several":
        return desk.post(
            reverse(f"{app}:add_multiple"), {"title": "New", "collection": 1, "files[]": file}
        )
    prefix = {"picture": "image", "file": "document"}[kind]
    form = {f"{prefix}-chooser-upload-{name}": value for name, value in form.items()}
    return desk.post(reverse(f"{app}_chooser:create"), form)


def said_in(answer) -> str:
    if answer.headers["Content-Type"] == "application/json":
        data = answer.json()
        return data.get("error_message") or data.get("htmlFragment", "")
    return answer.content.decode()


@pytest.mark.parametrize("kind", ["picture", "file"])
@pytest.mark.parametrize("way", ["one at a time", "several", "in a chooser"])
def test_an_upload_that_cannot_be_stored_is_said_and_leaves_no_row(desk, stopped, way, kind):
    stopped()
    answer = upload(desk, way, kind)
    assert answer.status_code == 200
    assert NOT_STORED in said_in(answer)
    assert not SiteImage.objects.exists()
    assert not SiteDocument.objects.exists()


def test_nor_when_the_store_hangs_or_refuses(desk, hanging, refusing):
    for fail in (hanging, refusing):
        fail()
        assert NOT_STORED in said_in(upload(desk, "one at a time", "file"))
        assert not SiteDocument.objects.exists()


def test_nor_when_the_disk_is_full(desk, settings, tmp_path):
    (tmp_path / "full").touch()
    settings.MEDIA_ROOT = tmp_path / "full"  # no folder can be made below it
    assert NOT_STORED in said_in(upload(desk, "one at a time", "picture"))
    assert not SiteImage.objects.exists()


def test_a_file_that_cannot_be_replaced_stays(bucket, desk, stopped):
    document = builders.add_document()
    before = document.file.name
    stopped()
    new = SimpleUploadedFile("new.pdf", b"%PDF-1.7 new", "application/pdf")
    form = {"title": "New", "tags": "", "file": new}
    answer = desk.post(reverse("wagtaildocs:edit", args=[document.pk]), form)
    assert NOT_STORED in answer.content.decode()
    document.refresh_from_db()
    assert (document.file.name, document.title) == (before, "A plan")


def test_the_desk_opens_while_the_store_is_gone(bucket, desk, stopped):
    image, document = builders.add_image(), builders.add_document()
    stopped()
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:edit", args=[document.pk]),
    ):
        assert desk.get(address).status_code == 200, address


def test_what_is_deleted_while_the_store_is_gone_is_gone_for_readers(
    bucket, desk, client, stopped, django_capture_on_commit_callbacks
):
    document = builders.add_document()
    stopped()
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert answer.status_code == 302
    assert Client().get(document.url).status_code == 404


# --- Settings ----------------------------------------------------------------------------------


def settings_say(expression: str, **variables) -> subprocess.CompletedProcess:
    code = f"from emca_site import settings; print({expression})"
    environment = without_site_variables(os.environ) | {"DEBUG": "1"} | variables
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )


def test_a_named_bucket_takes_the_place_of_the_folder(tmp_path):
    kept = "settings.STORAGES['default']['BACKEND']"
    where = {"DATA_DIR": str(tmp_path)}
    assert "FileSystemStorage" in settings_say(kept, **where).stdout
    named = settings_say(kept, **where, AWS_STORAGE_BUCKET_NAME="files")
    assert named.stdout.strip() == "emca_site.media.s3.PrivateS3Storage"


def test_an_address_of_the_store_that_is_none_is_said_in_one_line(tmp_path):
    answer = settings_say("1", DATA_DIR=str(tmp_path), AWS_S3_ENDPOINT_URL="s3.example.org")
    assert answer.returncode == 1
    assert "AWS_S3_ENDPOINT_URL is not a web address" in answer.stderr
    assert "Traceback" not in answer.stderr
