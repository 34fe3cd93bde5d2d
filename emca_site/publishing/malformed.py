"""Posts that no form of the desk sends: cut short, or with counts that are no numbers."""

import json

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

MOST_PARTS = 2_000  # of one list of blocks: nobody writes more, and each costs work to read


def refuse_malformed(request: HttpRequest) -> None:
    """Raise `SuspiciousOperation`, which is answered with 400, before a view trips over it."""
    for key, value in request.POST.items():
        is_count = key.endswith(("-count", "-column-count", "-row-count"))
        if is_count and not (value.isdecimal() and int(value[:9]) <= MOST_PARTS):
            raise SuspiciousOperation(f"{key} is not a number of parts.")
    extra = request.POST.get("workflow-action-extra-data")
    if extra:
        try:
            is_object = isinstance(json.loads(extra), dict)
        except ValueError:
            is_object = False
        if not is_object:
            raise SuspiciousOperation("The decision came without its words.")
