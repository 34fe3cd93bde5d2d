"""Writes open data as CSV and JSON that spreadsheets, programs and other sites can read."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import NamedTuple

from django.http import HttpResponse
from django.utils.cache import set_response_etag
from django.views.decorators.http import conditional_page, require_safe

from emca_site.numbers.formatting import digits
from emca_site.publishing.visitors.spreadsheets import FORMULA_STARTS


class Licence(NamedTuple):
    name: str
    address: str


LICENCE = Licence(
    "Open Government Licence v3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)

CSV_TYPE = "text/csv; charset=utf-8; header=present"
JSON_TYPE = "application/json"

# Without it Excel reads “£” as two other characters.
BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | Decimal | date | None


def open_data(view):
    """Decorator for read-only data views: GET and HEAD, ETag, CORS (on “not modified” too).

    The view returns one of the responses below.
    """
    read = require_safe(conditional_page(view))

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = read(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return wrapped


def csv_response(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return a table as CSV (RFC 4180), which a browser saves as `name`."""
    response = _open(as_csv(columns, rows), CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def json_response(data: dict, content_type: str = JSON_TYPE) -> HttpResponse:
    """Return data as JSON: dates in ISO 8601, decimals as strings, so that they stay exact."""
    return _open(as_json(data), content_type)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return f"{BYTE_ORDER_MARK}{file.getvalue()}"


def as_json(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain)


def size_of(text: str) -> int:
    """Return how many bytes the text has in UTF-8."""
    return len(text.encode())


def _cell(value: Cell) -> str:
    """Return the text of a cell. Only strings are guarded: a negative number stays a number."""
    if isinstance(value, str):
        is_formula = value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS)
        return f"'{value}" if is_formula else value
    return "" if value is None else str(_plain(value))


def _plain(value):
    if isinstance(value, Decimal):
        return digits(value, grouped=False)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, int):
        return value
    raise TypeError(f"{type(value).__name__} is no value of open data.")


def _open(text: str, content_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    # Caches may store it but must revalidate, so that a correction shows in the next response.
    response["Cache-Control"] = "public, no-cache"
    set_response_etag(response)
    return response
