"""The data sets that the site publishes as open data, with their columns defined once.

The files, their JSON Schema and the page about the data are all made from the same columns, so that
they cannot differ. Another app publishes its own data set in `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from emca_site.open_data.responses import LICENCE, Cell, as_csv, as_json, size_of
from emca_site.site_version.models import cached

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# The types of values, as JSON Schema. A missing value is null.
TEXT = {"type": "string"}
NUMBER = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
DATE = {"type": "string", "format": "date"}
# ISO 8601, with as much of the date as is known.
PART_OF_A_DATE = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
ADDRESS = {"type": "string", "format": "uri"}
YES_OR_NO = {"type": "string", "enum": ["yes", "no"]}


def one_of(values: Iterable[str]) -> dict:
    return {"type": "string", "enum": list(values)}


@dataclass(frozen=True)
class Column:
    name: str  # never changes: other people's programs rely on it
    meaning: str
    kind: dict
    value: Callable[[Any], Cell]
    may_be_empty: bool = False

    @property
    def in_words(self) -> str:
        """The kind of values in the column, in words for people."""
        if "enum" in self.kind:
            words = f"One of: {', '.join(value or '(empty)' for value in self.kind['enum'])}"
        elif self.kind == NUMBER:
            words = "An exact number"
        elif self.kind == PART_OF_A_DATE:
            words = "A date, a month or a year, such as 2026-11-24, 2026-11 or 2026"
        else:
            words = {"date": "A date, such as 2026-11-24", "uri": "An address"}.get(
                self.kind.get("format"), "Words"
            )
        return f"{words}, or nothing" if self.may_be_empty else words

    @property
    def schema(self) -> dict:
        kind = self.kind
        if self.may_be_empty:
            kind = {"anyOf": [kind, {"type": "null"}]}
        return {"description": self.meaning, **kind}


@dataclass(frozen=True)
class DataSet:
    name: str  # used as the key of the list in the JSON, and in file names
    title: str
    about: str
    columns: Sequence[Column]
    # The rows that visitors may see now. It takes the request, on which lookups are cached.
    rows: Callable[[HttpRequest | None], Iterable]
    page_url: str  # names of URL patterns
    csv_url: str
    json_url: str
    schema_url: str

    def table(self, rows: Iterable) -> tuple[list[str], list[list[Cell]]]:
        """Return the names of the columns, and the cells of each row."""
        names = [column.name for column in self.columns]
        return names, [[column.value(row) for column in self.columns] for row in rows]

    def document(self, rows: Iterable) -> dict:
        """Return the rows as one document, with its source and its licence."""
        names, table = self.table(rows)
        return {
            "title": self.title,
            "about": self.about,
            "page": self.address_of(self.page_url),
            "schema": self.address_of(self.schema_url),
            "dictionary": self.address_of("about_the_data"),
            "licence": LICENCE._asdict(),
            self.name: [
                dict(zip(names, (cell if cell != "" else None for cell in row), strict=True))
                for row in table
            ],
        }

    def schema(self) -> dict:
        """Return the JSON Schema of the document."""
        words = dict.fromkeys(("title", "about", "page", "schema", "dictionary"), TEXT)
        licence = {"type": "object", "required": ["name", "address"]}
        row = {
            "type": "object",
            "required": [column.name for column in self.columns],
            "properties": {column.name: column.schema for column in self.columns},
        }
        properties = {**words, "licence": licence, self.name: {"type": "array", "items": row}}
        return {
            "$schema": DIALECT,
            "$id": self.address_of(self.schema_url),
            "title": self.title,
            "description": self.about,
            "type": "object",
            "required": list(properties),
            "properties": properties,
        }

    def address_of(self, url_name: str) -> str:
        return f"{settings.SITE_URL}{reverse(url_name)}"

    def sizes(self, request: HttpRequest | None, rows: Sequence | None = None) -> dict[str, int]:
        """Return how many bytes each file has, cached until the site changes.

        The files hold every row. A caller that has all rows may pass them.
        """

        def make() -> dict[str, int]:
            every = list(self.rows(request)) if rows is None else rows
            return {"csv": self.csv_size(every), "json": size_of(as_json(self.document(every)))}

        return cached(f"sizes of {self.name}", request, make)

    def csv_size(self, rows: Iterable) -> int:
        """Return how many bytes the CSV of these rows has."""
        return size_of(as_csv(*self.table(rows)))


_published: dict[str, DataSet] = {}


def publish(data_set: DataSet) -> None:
    """List a data set on the page about the data."""
    _published[data_set.name] = data_set


def published() -> list[DataSet]:
    return list(_published.values())
