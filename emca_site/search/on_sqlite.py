"""How SQLite finds words: with FTS5, in the table that Wagtail keeps for it."""

from collections.abc import Sequence

from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL
from wagtail.search import models

IndexEntry = models.IndexEntry
PREFIX = "index_entry__"
TEXT = "body"

TABLE = "wagtailsearch_indexentry_fts"
# In the order of its columns: what is for suggestions on the desk, the body, the title.
RANKING = "bm25(0.0, 1.0, 8.0)"


def entries() -> QuerySet:
    return models.SQLiteFTSIndexEntry.objects.all()


def best(entries: QuerySet, pieces: Sequence[str]) -> QuerySet:
    """The entries that hold every piece, best first.

    In this order FTS5 ranks each match once and hands them over until the caller has enough.
    """
    return entries.filter(
        RawSQL(f"{TABLE} MATCH %s", [_query(pieces)], BooleanField()),
        RawSQL(f"{TABLE}.rank MATCH %s", [RANKING], BooleanField()),
    ).order_by(RawSQL(f"{TABLE}.rank", [], FloatField()))


def _query(pieces: Sequence[str]) -> str:
    """Quote each word, so that FTS5 reads no operator, column or star in it."""
    quoted = ('"{}"'.format(piece.replace('"', '""')) for piece in pieces)
    return f"{{title body}} : ({' AND '.join(quoted)})"
