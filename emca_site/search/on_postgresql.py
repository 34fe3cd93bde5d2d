"""Search on PostgreSQL, which uses `EntryWords`, an indexed table beside Wagtail's own."""

from collections.abc import Sequence
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Func, QuerySet, TextField, Value
from wagtail.search import models

from emca_site.search.models.entry_words import ONLY_WORDS

IndexEntry = models.IndexEntry
PREFIX = ""
TEXT = "body_text"

# Ranking is the expensive part, so at most this many are ranked.
MOST_RANKED = 1_000


def entries() -> QuerySet:
    return IndexEntry.objects.all()


def best(entries: QuerySet, pieces: Sequence[str]) -> QuerySet:
    """Return the entries that hold every piece, as written or by its stem, best first.

    Entries with the words in their title are taken first, before others use up the limit.
    """
    query = _query(pieces)
    in_title = entries.filter(title=query).values("pk")[:MOST_RANKED]
    anywhere = entries.filter(words__vector=query).values("pk")[:MOST_RANKED]
    rank = F("title_norm") * SearchRank(F("title"), query) * 8 + SearchRank(F("body"), query)
    return entries.filter(pk__in=in_title.union(anywhere)).order_by(rank.desc(), "-pk")


def _query(pieces: Sequence[str]) -> SearchQuery:
    return reduce(and_, map(_piece_query, pieces))


def _piece_query(piece: str) -> SearchQuery:
    """Match a piece as it is written, or by its English stem; several words match as a phrase."""
    words = Func(Value(piece), template=ONLY_WORDS, output_field=TextField())
    as_written = SearchQuery(words, config="simple", search_type="phrase")
    return as_written | SearchQuery(piece, config="english", search_type="phrase")
