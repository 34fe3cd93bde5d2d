"""The words of an entry of Wagtail's search index, as PostgreSQL searches them.

Wagtail searches `title || body`, for which it has no database index. Each row here holds the same,
and the words as they are written as well: they find what the English configuration leaves out (“who
does what”) or parses as an address (“housing/homes”).
"""

from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

# PostgreSQL parses addresses, signed numbers and words joined by a slash as tokens of their own.
# Words alone give the same result on both databases.
ONLY_WORDS = "regexp_replace(%(expressions)s, '[^[:alnum:]]+', ' ', 'g')"


class EntryWords(models.Model):
    """One row for each index entry. The search backend fills it together with Wagtail's table."""

    entry = models.OneToOneField(
        "wagtailsearch.IndexEntry",
        primary_key=True,
        related_name="words",
        # Wagtail deletes entries with raw SQL, so the migration makes the database cascade.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
    )
    vector = SearchVectorField()

    wagtail_reference_index_ignore = True  # the table does not exist on SQLite

    class Meta:
        required_db_vendor = "postgresql"
        default_permissions = []
        verbose_name = "words of an index entry"
        verbose_name_plural = "words of index entries"
        indexes = [GinIndex(fields=["vector"], name="search_entry_words")]

    def __str__(self):
        return f"Words of {self.entry}"

    @classmethod
    def fill(cls, cursor, content_type_id: int, object_ids: Iterable) -> None:
        """Copy the words of these objects from their entries in Wagtail's index."""
        entries = cls._meta.get_field("entry").related_model._meta.db_table
        words = ONLY_WORDS % {"expressions": "title_text || ' ' || body_text"}
        cursor.execute(
            f"""
            INSERT INTO {cls._meta.db_table} (entry_id, vector)
            SELECT id, title || body || to_tsvector('simple', {words})
            FROM {entries}
            WHERE content_type_id = %s AND object_id = ANY(%s)
            ON CONFLICT (entry_id) DO UPDATE SET vector = EXCLUDED.vector
            """,
            [content_type_id, [str(object_id) for object_id in object_ids]],
        )
