"""Records which search terms found nothing, and nothing about who searched for them."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from emca_site.publishing.uk_time.times import monday_of
from emca_site.search.terms import SearchTerm

MOST_TERMS = 500  # different ones in a week
MOST_WORDS = 5
MOST_DIGITS = 5  # longer numbers may be a telephone number or another number of a person
LONGEST = 100
WEEKS_KEPT = 52

_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}")


class FruitlessSearch(models.Model):
    """A term that found nothing in one week, and how often it was searched for."""

    week = models.DateField(help_text="Its Monday.")
    term = models.CharField(max_length=LONGEST)
    times = models.PositiveIntegerField(default=1)
    # The number of the term within its week. Its limit is the limit of terms in a week.
    place = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "search that found nothing"
        verbose_name_plural = "searches that found nothing"
        ordering = ["-week", "-times", "term"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["week", "term"], name="fruitless_term_once_a_week"),
            models.UniqueConstraint(fields=["week", "place"], name="fruitless_place_once_a_week"),
            models.CheckConstraint(
                condition=models.Q(place__range=(1, MOST_TERMS)), name="fruitless_terms_bounded"
            ),
        ]

    def __str__(self):
        return self.term

    @classmethod
    def count(cls, term: SearchTerm, using=connection) -> None:
        """Count one more search for a term, unless the database is busy.

        This is the only write by an anonymous search. The visitor never waits for it: if the
        database is busy or read-only, nothing is counted.
        """
        words = countable(term)
        if not words:
            return
        week = monday_of(timezone.localdate())
        try:
            with _without_waiting(using), using.cursor() as cursor:
                cursor.execute(_upsert(cls._meta.db_table), {"week": week, "term": words})
                rows = cursor.fetchall()
                if rows == [(1, 1)]:  # the first search of its week
                    oldest = week - timedelta(weeks=WEEKS_KEPT)
                    cursor.execute(f"DELETE FROM {cls._meta.db_table} WHERE week < %s", [oldest])
        except DatabaseError:
            pass


def _upsert(table: str) -> str:
    """Return SQL in which a known term keeps its place and a new one takes the next, if any."""
    return f"""
        INSERT INTO {table} (week, term, times, place)
        SELECT %(week)s, %(term)s, 1, place FROM (
            SELECT COALESCE(
                (SELECT place FROM {table} WHERE week = %(week)s AND term = %(term)s),
                (SELECT MAX(place) + 1 FROM {table} WHERE week = %(week)s),
                1
            ) AS place
        ) AS next
        WHERE place <= {MOST_TERMS}
        ON CONFLICT (week, term) DO UPDATE SET times = {table}.times + 1
        RETURNING place, times
    """


@contextmanager
def _without_waiting(database) -> Iterator[None]:
    """Context manager: fail immediately if another connection is writing."""
    if database.vendor == "postgresql":
        with transaction.atomic(using=database.alias), database.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            yield
        return
    with database.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            usual = database.settings_dict["OPTIONS"].get("timeout", 5)
            cursor.execute(f"PRAGMA busy_timeout = {int(usual * 1000)}")


def countable(term: SearchTerm) -> str:
    """Return the term as it is counted; empty if it may be personal or is a whole sentence."""
    words = unicodedata.normalize("NFKC", term.normal)
    squeezed = "".join(filter(str.isalnum, words))
    is_personal = (
        "@" in unicodedata.normalize("NFKC", term.text)
        or sum(map(str.isnumeric, squeezed)) > MOST_DIGITS
        or _POSTCODE.search(squeezed)
    )
    if is_personal or len(words.split()) > MOST_WORDS or len(words) > LONGEST:
        return ""
    return words
