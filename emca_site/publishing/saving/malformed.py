"""Refuse form data that no form of the desk sends: truncated, mangled, or with impossible counts.

Such requests are answered with 400, and everything they wrote is rolled back.
"""

import json
import traceback
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from emca_site.publishing.publishable.submitted import UNREADABLE, refused

TOO_LONG = (
    "This is too long to be saved in one piece, so nothing of it was saved. Make a table shorter, "
    "or move part of the text to another page, then save again."
)

# The functions of Django in which the data of any form are read, Wagtail's forms and filters
# included. A form that is rendered again looks up what was chosen in it.
READERS = {
    BaseForm.full_clean.__code__,
    BaseFormSet.full_clean.__code__,
    BoundField.as_widget.__code__,
    MultiValueDict.__getitem__.__code__,
}


def unreadable_is_refused(view):
    """Wrap a view of the desk: raise `SuspiciousOperation` for data that a library cannot read.

    An error in code of this project, or outside the functions that read data, is a bug and stays a
    server error. So does any error of a request that sent nothing.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except UNREADABLE as error:
            has_data = request.GET or request.POST or request.method == "POST"
            if has_data and _was_reading(error):
                raise refused(request.path, error) from error
            raise

    return wrapped


def _was_reading(error: Exception) -> bool:
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    readers = [number for number, frame in enumerate(frames) if frame.f_code in READERS]
    return bool(readers) and not any(map(_is_of_this_project, frames[readers[0] :]))


def _is_of_this_project(frame) -> bool:
    path = Path(frame.f_code.co_filename)
    return path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts


def refuse_malformed(request: HttpRequest) -> None:
    """Raise `SuspiciousOperation` for counts beyond the data, which would cost much work to read.

    Also raise it for a workflow decision that is not a JSON object, and for a next address that is
    none.
    """
    refuse_next_without_address(request.POST)
    most = len(request.POST)  # a form sends at least one field for each block and each cell
    for key, value in request.POST.items():
        if key.endswith("-count") and not (value.isdecimal() and int(value[:9]) <= most):
            raise SuspiciousOperation(f"{key} is not a number of parts.")
    for key in request.POST:
        if key.endswith("-row-count"):
            table = key.removesuffix("-row-count")
            if _parts(request, table, "row") * _parts(request, table, "column") > most:
                raise SuspiciousOperation(f"{key} is more rows than came.")
    extra = request.POST.get("workflow-action-extra-data")
    if extra:
        try:
            is_object = isinstance(json.loads(extra), dict)
        except ValueError:
            is_object = False
        if not is_object:
            raise SuspiciousOperation("The decision came without its words.")


def refuse_next_without_address(data: QueryDict) -> None:
    """Raise `SuspiciousOperation` for a next address that Django would take for a view's name."""
    if (following := data.get("next")) and "/" not in following:
        raise SuspiciousOperation("The address to go on to is none.")


def _parts(request: HttpRequest, table: str, kind: str) -> int:
    """Count the table's rows or columns that were not deleted: they are read cell by cell."""
    count = int(request.POST.get(f"{table}-{kind}-count", 0))
    return sum(not request.POST.get(f"{table}-{kind}-{n}-deleted") for n in range(count))
