"""Make the table with the words of each entry of Wagtail's search index, on PostgreSQL only."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Wagtail deletes entries with raw SQL of its own, which Django's cascade does not see.
ADD_CASCADE = """
ALTER TABLE search_entrywords ADD CONSTRAINT words_go_with_their_entry
FOREIGN KEY (entry_id) REFERENCES wagtailsearch_indexentry (id) ON DELETE CASCADE
"""
REMOVE_CASCADE = "ALTER TABLE search_entrywords DROP CONSTRAINT words_go_with_their_entry"


def add_cascade(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD_CASCADE)


def remove_cascade(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE_CASCADE)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_searches_that_found_nothing"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [
        migrations.CreateModel(
            name="EntryWords",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="wagtailsearch.indexentry",
                    ),
                ),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name": "words of an index entry",
                "verbose_name_plural": "words of index entries",
                "default_permissions": [],
                "required_db_vendor": "postgresql",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["vector"], name="search_entry_words"
                    )
                ],
            },
        ),
        migrations.RunPython(add_cascade, remove_cascade),
    ]
