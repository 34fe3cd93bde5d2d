"""Wagtail's search backend for the database in use; on PostgreSQL it fills `EntryWords` as well."""

from django.db import connection, transaction
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend
from modelsearch.utils import get_content_type_pk
from wagtail.search.backends import database

from emca_site.search.models import EntryWords


class IndexWithWords(PostgresIndex):
    """Wagtail's index, which on every write also writes `EntryWords`."""

    def add_items(self, model, objs):
        objs = list(objs)
        with transaction.atomic(using=self.write_connection.alias):
            super().add_items(model, objs)
            with self.write_connection.cursor() as cursor:
                EntryWords.fill(cursor, get_content_type_pk(model), [each.pk for each in objs])


class BackendWithWords(PostgresSearchBackend):
    index_class = IndexWithWords


def SearchBackend(params):  # noqa: N802 - Wagtail looks for this name
    """Return Wagtail's own backend on SQLite, and ours on PostgreSQL."""
    if connection.vendor == "postgresql":
        return BackendWithWords(params)
    return database.SearchBackend(params)
