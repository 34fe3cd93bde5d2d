"""The words of an entry of Wagtail's search index, as PostgreSQL looks for them.

Wagtail asks for `title || body`, for which it has no index. Each row here holds the same, and the
words as they are written as well: they find what English leaves out (“who does what”) or takes for
an address (“housing/homes”).
"""

from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

# PostgreSQL has names of its own for addresses, numbers with a sign and words with a stroke
# between them. Words alone are the same on every database.
ONLY_WORDS = "regexp_replace(%(expressions)s, '[^[:alnum:]]+', ' ', 'g')"


class EntryWords(models.Model):
    """One row for each entry. The search backend fills it when it fills Wagtail's own table."""

    entry = models.OneToOneField(
        "wagtailsearch.IndexEntry",
        primary_key=True,
        related_name="words",
        # Wagtail deletes entries past Django, so the migration tells the database to cascade.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
    )
    vector = SearchVectorField()

    wagtail_reference_index_ignore = True  # the table is not there on SQLite

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
