"""Checks uploaded files other than pictures: the content must match the name."""

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from zipfile import ZipFile

import filetype
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile

from emca_site.uploads.content import replace_content

OFFICE_FOLDERS = {".docx": "word/", ".pptx": "ppt/", ".xlsx": "xl/"}
OPEN_DOCUMENTS = {
    ".odp": b"application/vnd.oasis.opendocument.presentation",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odt": b"application/vnd.oasis.opendocument.text",
}
TEXTS = {".csv", ".ics", ".txt"}
MOST_PARTS = 20_000  # of a ZIP-based document: no real one has more
LARGEST_LIST_OF_PARTS = 1024 * 1024  # bytes

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
OTHER_TEXT = re.compile(r"\s*(<[!?a-z]|%pdf-|%!ps|\{\\rtf)", re.IGNORECASE)
# Found in the trailer of a PDF, which is never compressed.
LOCKED = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")

WRONG = (
    "This file is named {ending}, but what is in it is {what}. Nothing was saved. Save it again "
    "as {ending} in the program that it comes from, or give it the ending that it should have."
)
DAMAGED = (
    "This {ending} file is damaged, or only a part of it arrived. Nothing was saved. Open it in "
    "the program that it comes from, save it again and upload that."
)
MACROS = (
    "There are macros in this file, which are programs. Nothing was saved. Save it without them "
    "and upload that."
)


def check_upload(upload: UploadedFile) -> None:
    """Raise ValidationError when the content does not match the extension.

    Text is converted to UTF-8, the encoding in which all text is served.
    """
    ending = PurePosixPath(upload.name).suffix.lower()
    if ending == ".pdf":
        _check_pdf(upload, ending)
    elif ending in OFFICE_FOLDERS or ending in OPEN_DOCUMENTS:
        _check_packed(upload, ending)
    elif ending in TEXTS:
        _check_text(upload, ending)
    upload.seek(0)


def is_locked_pdf(file: File) -> bool:
    """Whether a file is a PDF that needs a password to be opened or copied from."""
    if not file.name.lower().endswith(".pdf"):
        return False
    before = b""
    for chunk in file.chunks():
        if LOCKED.search(before + chunk):
            return True
        before = chunk[-64:]
    return False


def _check_pdf(upload: UploadedFile, ending: str) -> None:
    upload.seek(0)
    if not upload.read(1024).lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        raise _wrong(upload, ending)


def _check_packed(upload: UploadedFile, ending: str) -> None:
    """Read only the directory of a ZIP and one small member; nothing is unpacked."""
    upload.seek(0)
    if upload.read(4) != b"PK\x03\x04":
        raise _wrong(upload, ending)
    # The signature of a directory entry. Counted first, as `ZipFile` makes an object of each.
    if sum(chunk.count(b"PK\x01\x02") for chunk in upload.chunks()) > MOST_PARTS:
        raise ValidationError(DAMAGED.format(ending=ending))
    kind = "mimetype" if ending in OPEN_DOCUMENTS else "[Content_Types].xml"
    try:
        with ZipFile(upload) as packed:
            names = packed.namelist()
            content = b""
            if kind in names:
                with packed.open(kind) as part:
                    content = part.read(LARGEST_LIST_OF_PARTS)
    except Exception as error:  # each kind of compression has errors of its own
        raise ValidationError(DAMAGED.format(ending=ending)) from error
    if ending in OPEN_DOCUMENTS:
        fits = content.strip() == OPEN_DOCUMENTS[ending]
    else:
        fits = content and any(name.startswith(OFFICE_FOLDERS[ending]) for name in names)
    if not fits:
        raise _wrong(upload, ending)
    if b"macroEnabled" in content or any("vbaProject" in name for name in names):
        raise ValidationError(MACROS)


def _check_text(upload: UploadedFile, ending: str) -> None:
    upload.seek(0)
    start = upload.read(1024)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif start.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8"]
    else:
        encodings = ["utf-8", "cp1252"]  # the second is the Windows default in the UK
    encoding = next((each for each in encodings if _is_text(upload, each)), None)
    if not encoding or (ending == ".ics" and b"BEGIN:VCALENDAR" not in start.upper()):
        raise _wrong(upload, ending)
    if encoding == "utf-8":
        return
    with TemporaryFile() as converted:
        if ending == ".csv":
            converted.write(codecs.BOM_UTF8)  # spreadsheet programs need it to recognise UTF-8
        for text in _decoded(upload, encoding):
            converted.write(text.encode())
        converted.seek(0)
        replace_content(upload, File(converted))


def _is_text(upload: UploadedFile, encoding: str) -> bool:
    is_first = True
    try:
        for text in _decoded(upload, encoding):
            if CONTROL.search(text) or (is_first and OTHER_TEXT.match(text.lstrip("\ufeff"))):
                return False
            is_first = False
    except UnicodeDecodeError:
        return False
    return True


def _decoded(upload: UploadedFile, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in upload.chunks():
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _wrong(upload: UploadedFile, ending: str) -> ValidationError:
    upload.seek(0)
    start = upload.read(8192)
    known = filetype.guess(start)
    if known:
        what = f"of another kind (.{known.extension})"
    elif re.match(rb"\s*<[!?a-z]", start, re.IGNORECASE):
        what = "a web page or its like"
    else:
        what = "something else"
    return ValidationError(WRONG.format(ending=ending, what=what))
