"""Fetches all figures of a page in one statement, from its text, its bands and its tables.

Each of these would otherwise run a query of its own. Wagtail's reference index knows what a page
uses, so the first lookup fetches the figures of the whole page. A figure that is not in the index
yet is looked up when it is needed.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from wagtail.models import Page, ReferenceIndex

from emca_site.figures.models import Figure


class FiguresOf:
    def __init__(self, *pages: Page):
        self._keys = [str(page.pk) for page in pages]

    @cached_property
    def known(self) -> dict[int, Figure]:
        uses = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id__in=self._keys,
            to_content_type=ContentType.objects.get_for_model(Figure),
        ).order_by()
        keys = uses.annotate(key=Cast("to_object_id", models.BigIntegerField()))
        return {each.pk: each for each in Figure.objects.filter(pk__in=keys.values("key"))}


_prefetched: ContextVar[FiguresOf | None] = ContextVar("prefetched figures", default=None)


@contextmanager
def figures_of(*pages: Page):
    """Context manager: lookups inside it fetch the figures of all these pages in one statement."""
    token = _prefetched.set(FiguresOf(*pages))
    try:
        yield
    finally:
        _prefetched.reset(token)


def find_figures(keys: Iterable[int]) -> dict[int, Figure]:
    """Return the figures with these ids, public or not, by id."""
    keys, prefetched = set(keys), _prefetched.get()
    known = prefetched.known if prefetched and keys else {}
    found = {key: known[key] for key in keys & known.keys()}
    missing = keys - found.keys()
    return {**found, **Figure.objects.in_bulk(missing)} if missing else found
