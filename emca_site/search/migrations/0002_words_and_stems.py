"""On PostgreSQL: a column and an index to find words by, beside Wagtail's own.

Wagtail asks for `title || body`, for which it has no index. This holds the same, and the words as
they are written as well: they find what English leaves out (“who does what”) or takes for an
address (“housing/homes”). The database fills it; Wagtail need not know.
"""

from django.db import migrations

ADD = """
ALTER TABLE wagtailsearch_indexentry
ADD COLUMN words_and_stems tsvector GENERATED ALWAYS AS (
    title || body || to_tsvector(
        'simple', regexp_replace(title_text || ' ' || body_text, '[^[:alnum:]]+', ' ', 'g')
    )
) STORED
"""
ADD_INDEX = """
CREATE INDEX search_words_and_stems ON wagtailsearch_indexentry USING gin (words_and_stems)
"""
# Its index goes with it.
REMOVE = "ALTER TABLE wagtailsearch_indexentry DROP COLUMN words_and_stems"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)
        schema_editor.execute(ADD_INDEX)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_searches_that_found_nothing"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [migrations.RunPython(add, remove)]
