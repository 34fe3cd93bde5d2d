"""Finds the published pages and files that hold a term's words, in Wagtail's search index.

Wagtail's `.search()` is not used: on SQLite it ranks each match by finding all matches again, and
on PostgreSQL it ranks every match. Here the database ranks once, and only a limited number.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import Page

from emca_site.media.models import SiteDocument
from emca_site.media.use import public_uses
from emca_site.publishing.lifecycle.models.published import published_now
from emca_site.search import on_postgresql, on_sqlite
from emca_site.search.terms import SearchTerm

DEPTH_OF_HOME = 2
DEPTH_OF_SECTIONS = 3
FILES = "files"  # used as the path of files, which are not in the page tree


@dataclass(frozen=True)
class Match:
    """A page or file that was found, by its entry in the index."""

    entry_id: int
    content_type_id: int
    object_id: int
    path: str  # in the tree of pages; empty for a file

    @property
    def section(self) -> str:
        """The path of the section that the page is in, or `FILES`."""
        return self.path[: DEPTH_OF_SECTIONS * Page.steplen] or FILES


def best_matches(term: SearchTerm, most: int, sections: Collection[str] = ()) -> list[Match]:
    """Return the best matches, best first. `sections` limits them to these sections, by path."""
    database = on_postgresql if connection.vendor == "postgresql" else on_sqlite
    entries = database.entries()
    entries = _published(entries, database.PREFIX, sections)
    columns = ("pk", f"{database.PREFIX}content_type_id", f"{database.PREFIX}object_id", "path")
    rows = database.best(entries, term.pieces)[:most].values_list(*columns)
    return [
        Match(entry_id, content_type_id, int(object_id), path or "")
        for entry_id, content_type_id, object_id, path in rows
    ]


def text_of(matches: Collection[Match]) -> dict[int, str]:
    """Return the indexed text of each match, by the id of its entry."""
    database = on_postgresql if connection.vendor == "postgresql" else on_sqlite
    entries = database.IndexEntry.objects.filter(pk__in=[match.entry_id for match in matches])
    return dict(entries.values_list("pk", database.TEXT))


def _published(entries: QuerySet, prefix: str, sections: Collection[str]) -> QuerySet:
    """Limit index entries to what visitors may read, and annotate each with its page's path."""
    pages = Page.objects.filter(published_now(), depth__gte=DEPTH_OF_HOME)
    found = pages.filter(pk=OuterRef("page_id"), depth__gt=DEPTH_OF_HOME)
    if sections:
        paths = [path for path in sections if path != FILES]
        found = found.filter(Q(*(("path__startswith", path) for path in paths), _connector=Q.OR))
        found = found if paths else found.none()
    is_page = Q((f"{prefix}content_type__in", get_descendants_content_types_pks(Page)))
    # In a CASE, because the database may cast first, and other objects' ids may not be numbers.
    page_id = Case(When(is_page, then=Cast(f"{prefix}object_id", BigIntegerField())))
    entries = entries.annotate(page_id=page_id).annotate(
        path=Subquery(found.order_by().values("path"))
    )
    shown = Q(path__isnull=False)
    if not sections or FILES in sections:
        file_type = ContentType.objects.get_for_model(SiteDocument)
        uses = public_uses(SiteDocument, OuterRef(f"{prefix}object_id"))
        shown |= Q((f"{prefix}content_type", file_type)) & Q(Exists(uses))
    return entries.filter(shown)
