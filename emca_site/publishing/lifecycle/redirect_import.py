"""Guards that let Wagtail's import of redirects accept only lists that can be read."""

import csv
from io import StringIO
from pathlib import PurePosixPath

from django.http import HttpRequest
from wagtail.contrib.redirects.forms import ConfirmImportManagementForm
from wagtail.contrib.redirects.utils import get_file_storage

from emca_site.publishing.permissions.refusals import RefusedError

LARGEST = 1024 * 1024  # bytes: some ten thousand redirects
DELIMITERS = {".csv": ",", ".tsv": "\t"}

# A workbook is compressed: a small file may need more memory than the site has.
OTHER_KIND = "Nothing was imported. Save the list as a .csv file and choose that."
TOO_LARGE = "Nothing was imported: the list is larger than 1 MB. Divide it into several."
NOT_UTF8 = "Nothing was imported: the list cannot be read as text. Save it as “CSV UTF-8”."
UNEVEN = (
    "Nothing was imported: line {line} of the list has {found} columns, and its first line has "
    "{wanted}. Mend or take out that line, and choose the file again."
)
GONE = "Nothing was imported: the list is not kept any more. Choose the file again."


def list_that_can_be_read(request: HttpRequest, kwargs: dict) -> None:
    upload = request.FILES.get("import_file")
    if not upload:
        return  # Wagtail's own form reports this
    delimiter = DELIMITERS.get(PurePosixPath(upload.name).suffix.lower())
    if not delimiter:
        raise RefusedError(OTHER_KIND)
    if upload.size > LARGEST:
        raise RefusedError(TOO_LARGE)
    try:
        text = upload.read().decode()
        lines = csv.reader(StringIO(text), delimiter=delimiter)
        wanted = len(next(lines, []))
        for cells in lines:
            if len(cells) != wanted:
                raise RefusedError(
                    UNEVEN.format(line=lines.line_num, found=len(cells), wanted=wanted)
                )
    except (UnicodeDecodeError, csv.Error) as error:
        raise RefusedError(NOT_UTF8) from error
    upload.seek(0)


def list_that_was_sent_before(request: HttpRequest, kwargs: dict) -> None:
    """Refuse to import an uploaded list that is gone.

    Wagtail stores it on one machine only, and deletes it after the import.
    """
    if request.method != "POST":
        return
    if not (request.POST.get("import_file_name") and request.POST.get("input_format")):
        raise RefusedError(GONE)
    form = ConfirmImportManagementForm(request.POST)
    if not form.is_valid():
        return  # Wagtail refuses data that its own form did not send
    try:
        get_file_storage()(name=form.cleaned_data["import_file_name"]).read("rb")
    except OSError as error:
        raise RefusedError(GONE) from error
