"""Search on SQLite, with FTS5 in Wagtail's own table."""

from collections.abc import Sequence

from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL
from wagtail.search import models

IndexEntry = models.IndexEntry
PREFIX = "index_entry__"
TEXT = "body"

TABLE = "wagtailsearch_indexentry_fts"
# The weights of its columns in order: autocomplete, the body, the title.
RANKING = "bm25(0.0, 1.0, 8.0)"


def entries() -> QuerySet:
    return models.SQLiteFTSIndexEntry.objects.all()


def best(entries: QuerySet, pieces: Sequence[str]) -> QuerySet:
    """Return the entries that hold every piece, best first.

    Ordered like this, FTS5 ranks each match once and returns rows until the caller has enough.
    """
    return entries.filter(
        RawSQL(f"{TABLE} MATCH %s", [_query(pieces)], BooleanField()),
        RawSQL(f"{TABLE}.rank MATCH %s", [RANKING], BooleanField()),
    ).order_by(RawSQL(f"{TABLE}.rank", [], FloatField()))


def _query(pieces: Sequence[str]) -> str:
    """Quote each word, so that FTS5 does not read an operator, column or star in it."""
    quoted = ('"{}"'.format(piece.replace('"', '""')) for piece in pieces)
    return f"{{title body}} : ({' AND '.join(quoted)})"
