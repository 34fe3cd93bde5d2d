"""Posts that no form of the desk sends: cut short, mangled, or about what is not there.

They are answered with 400, and everything they wrote is undone.
"""

import json
import logging
import traceback

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.db import DataError, IntegrityError
from django.http import HttpRequest

logger = logging.getLogger(__name__)

MOST_PARTS = 2_000  # of one list of blocks: nobody writes more, and each costs work to read

# What libraries raise when they read a value that they cannot make sense of.
UNREADABLE = (
    AttributeError,
    DataError,
    IntegrityError,
    KeyError,
    ObjectDoesNotExist,
    OverflowError,
    TypeError,
    ValueError,
)


def refuse_malformed(request: HttpRequest) -> None:
    """Raise `SuspiciousOperation` for counts that no form sends: they would cost work to follow."""
    for key, value in request.POST.items():
        is_count = key.endswith("-count")
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


def refuse_unreadable(error: Exception) -> None:
    """Raise `SuspiciousOperation` for a value that a library could not read.

    Wagtail's forms trust their own script and trip over what it does not send. An error in this
    project's own code is ours, whatever was sent: of those this says nothing.
    """
    innermost = traceback.extract_tb(error.__traceback__)[-1].filename
    ours = str(settings.BASE_DIR)
    if innermost.startswith(ours) and "site-packages" not in innermost:
        return
    logger.warning("A form of the desk could not be read", exc_info=error)
    raise SuspiciousOperation("What the form sent could not be read.") from error
