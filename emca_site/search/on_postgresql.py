"""How PostgreSQL finds words: in a column of our own beside Wagtail's, with an index."""

from collections.abc import Sequence
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from wagtail.search import models

IndexEntry = models.IndexEntry
PREFIX = ""
TEXT = "body_text"

COLUMN = "words_and_stems"  # filled by the database: see the migration

# Ranking is what costs, so no more than these are ranked.
MOST_RANKED = 1_000

# PostgreSQL has names of its own for addresses, numbers with a sign and words with a stroke
# between them. Words alone are the same on every database, and how the column was filled.
ONLY_WORDS = "regexp_replace(%(expressions)s, '[^[:alnum:]]+', ' ', 'g')"


def entries() -> QuerySet:
    return IndexEntry.objects.all()


def best(entries: QuerySet, pieces: Sequence[str]) -> QuerySet:
    """The entries that hold every piece, as written or by its stem, best first.

    Those with the words in their title are ranked before any others fill the places.
    """
    query = _query(pieces)
    words = RawSQL(COLUMN, [], SearchVectorField())
    in_title = entries.filter(title=query).values("pk")[:MOST_RANKED]
    anywhere = entries.annotate(words=words).filter(words=query).values("pk")[:MOST_RANKED]
    rank = F("title_norm") * SearchRank(F("title"), query) * 8 + SearchRank(F("body"), query)
    return entries.filter(pk__in=in_title.union(anywhere)).order_by(rank.desc(), "-pk")


def _query(pieces: Sequence[str]) -> SearchQuery:
    return reduce(and_, map(_piece_query, pieces))


def _piece_query(piece: str) -> SearchQuery:
    """A piece as it is written, or in English by its stem. One with several words keeps them so."""
    words = Func(Value(piece), template=ONLY_WORDS, output_field=TextField())
    as_written = SearchQuery(words, config="simple", search_type="phrase")
    return as_written | SearchQuery(piece, config="english", search_type="phrase")
