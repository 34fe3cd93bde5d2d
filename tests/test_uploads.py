"""What is sent to the desk is what its name says, or it is refused in words and nowhere kept."""

import codecs
import os

import pytest

from emca_site.media import pictures
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.pictures import FORMATS
from tests import builders, hostile_files
from tests.hostile_files import DOCUMENTS, ODD_PICTURES, PICTURES, sample
from tests.sending import WAYS, errors_in, replace, send, stored_files

HOSTILE = [
    *(pytest.param("picture", *each, id=name) for name, each in PICTURES.items()),
    *(pytest.param("file", *each, id=name) for name, each in DOCUMENTS.items()),
]
GOOD_FILES = {
    "PDF": ("a.pdf", hostile_files.PDF),
    "Word": ("a.docx", hostile_files.office("word")),
    "Excel": ("a.xlsx", hostile_files.office("xl")),
    "PowerPoint": ("a.pptx", hostile_files.office("ppt")),
    "text of OpenDocument": ("a.odt", hostile_files.open_document("text")),
    "table of OpenDocument": ("a.ods", hostile_files.open_document("spreadsheet")),
    "slides of OpenDocument": ("a.odp", hostile_files.open_document("presentation")),
    "CSV": ("a.csv", "Name,Sum\r\nCafé,£1,000\r\n".encode()),
    "CSV that begins as a program does": ("a.csv", b"MZ,BM\r\n1,2\r\n"),
    "text": ("a.TXT", b"Hello <there>"),
    "a calendar": ("a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
}


def test_there_are_forty_of_them():
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize(("kind", "name", "make"), HOSTILE)
def test_a_hostile_file_is_refused_in_words(desk, kind, name, make):
    before = stored_files()
    answer = send(desk, kind, name, make())
    assert answer.status_code == 200
    (said,) = errors_in(answer)
    assert said.endswith(".")
    assert "Traceback" not in said
    assert not SiteImage.objects.exists()
    assert not SiteDocument.objects.exists()
    assert stored_files() == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("kind", "name", "make"),
    [("picture", *PICTURES["half a JPEG"]), ("file", *DOCUMENTS["macros"])],
)
def test_it_is_refused_on_every_way_in(desk, way, kind, name, make):
    before = stored_files()
    answer = send(desk, kind, name, make(), way)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert ("only a part of it arrived" if kind == "picture" else "There are macros") in text
    assert not (SiteImage.objects.exists() or SiteDocument.objects.exists())
    assert stored_files() == before


# “several” keeps what it could not add for its next form: Wagtail's own table of uploads.
@pytest.mark.parametrize("way", ["one at a time", "in a chooser"])
@pytest.mark.parametrize("kind", ["picture", "file"])
def test_a_good_file_is_not_stored_by_a_form_that_is_refused_for_something_else(desk, way, kind):
    before = stored_files()
    content = builders.picture_file().read() if kind == "picture" else hostile_files.PDF
    name = "a.png" if kind == "picture" else "a.pdf"
    answer = send(desk, kind, name, content, way, title="x" * 300)
    assert answer.status_code == 200
    assert "at most 255 characters" in answer.content.decode()
    assert not (SiteImage.objects.exists() or SiteDocument.objects.exists())
    assert stored_files() == before


@pytest.mark.parametrize(
    ("kind", "name", "make"),
    [("picture", *PICTURES["half a GIF"]), ("file", *DOCUMENTS["a program"])],
)
def test_nor_does_it_replace_what_is_there(desk, kind, name, make):
    thing = builders.add_image() if kind == "picture" else builders.add_document()
    before = thing.file.name
    answer = replace(desk, thing, kind, name, make())
    assert answer.status_code == 200
    assert errors_in(answer)
    thing.refresh_from_db()
    assert thing.file.name == before
    # The form shows a picture in sizes of its own.
    kept = {path.name.split(".")[0] for path in stored_files() if str(thing.uuid) in str(path)}
    assert kept == {"picture" if kind == "picture" else "plan"}


@pytest.mark.parametrize(("name", "content"), GOOD_FILES.values(), ids=GOOD_FILES)
def test_a_file_that_is_what_it_says_is_kept_as_it_is(desk, name, content):
    assert send(desk, "file", name, content).status_code == 302
    assert SiteDocument.objects.get().file.open().read() == content


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        (
            "windows-1252.csv",
            sample("windows-1252.csv"),
            codecs.BOM_UTF8 + "Name,Sum\r\nCafé \u2013 bus stop,£1,000\r\n".encode(),
        ),
        ("a.txt", "It\u2019s £5".encode("cp1252"), "It\u2019s £5".encode()),
        ("a.csv", "Café".encode("utf-16"), "\ufeffCafé".encode()),
    ],
    ids=["CSV of Windows", "text of Windows", "CSV in UTF-16"],
)
@pytest.mark.parametrize("way", WAYS)
def test_text_is_kept_and_sent_in_one_way_of_writing(desk, home, way, name, content, kept):
    send(desk, "file", name, content, way)
    document = SiteDocument.objects.get()
    builders.use_live(document)
    answer = desk.get(document.url)
    assert answer.headers["Content-Type"].endswith("; charset=utf-8")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == kept
    assert document.get_file_size() == len(kept)


def test_a_pdf_with_a_password_is_taken_and_warned_of(desk):
    answer = send(desk, "file", "a.pdf", hostile_files.LOCKED_PDF)
    assert answer.status_code == 302
    document = SiteDocument.objects.get()
    (warning,) = document.warnings()
    assert "has a password" in warning
    assert warning in desk.get(answer.url).content.decode()
    assert warning in desk.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    replace(desk, document, "file", "a.pdf", hostile_files.PDF)
    document.refresh_from_db()
    assert not document.warnings()


def test_a_large_file_is_taken_and_warned_of(desk):
    content = hostile_files.PDF + os.urandom(31 << 20)
    answer = send(desk, "file", "a.pdf", content, "several").json()
    assert answer["success"]
    document = SiteDocument.objects.get()
    assert document.get_file_size() == len(content)
    (warning,) = document.warnings()
    assert "large (31" in warning
    assert "file is large" in answer["form"]


# --- Pictures that are odd ---------------------------------------------------------------------


@pytest.mark.parametrize(("name", "make"), ODD_PICTURES.values(), ids=ODD_PICTURES)
def test_an_odd_picture_is_taken_and_has_its_sizes(
    desk, name, make, monkeypatch, django_capture_on_commit_callbacks
):
    specs = [f"{rule}|format-{each}" for rule in ("fill-720x900", "width-480") for each in FORMATS]
    monkeypatch.setattr(pictures, "ALL_SPECS", specs)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(desk, "picture", name, make()).status_code == 302
    image = SiteImage.objects.get()
    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(specs)
    assert hostile_files.HTML not in image.file.open().read()


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_makes_every_size(desk, way, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(desk, "picture", "phone.heic", sample("phone.heic"), way)
    image = SiteImage.objects.get()
    assert image.file.name.endswith("/phone.jpg")
    assert (image.width, image.height) == (1000, 1600)
    assert image.get_file_size() == image.file.size
    assert set(image.renditions.values_list("filter_spec", flat=True)) >= set(pictures.ALL_SPECS)
