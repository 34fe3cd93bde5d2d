"""Refuse form data that no form of the desk sends: truncated, mangled, or with impossible counts.

Such requests are answered with 400, and everything they wrote is rolled back.
"""

import json

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

TOO_LONG = (
    "This is too long to be saved in one piece, so nothing of it was saved. Make a table shorter, "
    "or move part of the text to another page, then save again."
)


def refuse_malformed(request: HttpRequest) -> None:
    """Raise `SuspiciousOperation` for counts beyond the data, which would cost much work to read.

    Also raise it for a workflow decision that is not a JSON object.
    """
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


def _parts(request: HttpRequest, table: str, kind: str) -> int:
    """Count the table's rows or columns that were not deleted: they are read cell by cell."""
    count = int(request.POST.get(f"{table}-{kind}-count", 0))
    return sum(not request.POST.get(f"{table}-{kind}-{n}-deleted") for n in range(count))
