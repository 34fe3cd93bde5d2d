"""The results that the search page shows for one term."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from django.contrib.contenttypes.models import ContentType
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.models import Page

from emca_site.media.models import SiteDocument
from emca_site.search.matching import Match, best_matches, text_of
from emca_site.search.passages import passage
from emca_site.search.sections import Section
from emca_site.search.terms import SearchTerm


@dataclass(frozen=True)
class Hit:
    """One result, as it is rendered."""

    title: str
    url: str
    kind: str
    place: str = ""
    date: datetime | None = None
    passage: SafeString | str = ""
    file: SiteDocument | None = None


@dataclass(frozen=True)
class Choice:
    """A section that the results can be narrowed to."""

    section: Section
    count: int
    is_chosen: bool


@dataclass
class Results:
    """The results for a term, best first, up to a limit."""

    MOST: ClassVar[int] = 200  # to find more, the visitor narrows the search

    term: SearchTerm
    sections: list[Section]
    chosen: list[Section] = field(default_factory=list)

    @cached_property
    def _everywhere(self) -> list[Match]:
        return best_matches(self.term, self.MOST + 1)

    @cached_property
    def _found(self) -> list[Match]:
        paths = [section.path for section in self.chosen]
        if not paths:
            return self._everywhere
        if len(self._everywhere) > self.MOST:  # each section may have more than these
            return best_matches(self.term, self.MOST + 1, paths)
        return [match for match in self._everywhere if match.section in paths]

    @property
    def matches(self) -> list[Match]:
        return self._found[: self.MOST]

    @property
    def count(self) -> int:
        return len(self.matches)

    @property
    def is_capped(self) -> bool:
        """Whether there are more matches than are shown."""
        return len(self._found) > self.MOST

    @property
    def is_capped_everywhere(self) -> bool:
        return len(self._everywhere) > self.MOST

    @cached_property
    def choices(self) -> list[Choice]:
        """The sections that have matches, and those that were chosen."""
        counts = Counter(match.section for match in self._everywhere[: self.MOST])
        return [
            Choice(section, counts[section.path], section in self.chosen)
            for section in self.sections
            if counts[section.path] or section in self.chosen
        ]

    def hits(self, matches: Sequence[Match]) -> list[Hit]:
        """Return these matches as results, with their type, place and passage."""
        texts = text_of(matches)
        file_type = ContentType.objects.get_for_model(SiteDocument).pk
        file_ids = [match.object_id for match in matches if match.content_type_id == file_type]
        files = SiteDocument.objects.in_bulk(file_ids)
        page_ids = [match.object_id for match in matches if match.path]
        pages = Page.objects.in_bulk(page_ids)
        kinds = _kinds(matches)
        hits = []
        for match in matches:
            if match.path and (page := pages.get(match.object_id)):
                words = passage(texts.get(match.entry_id, ""), self.term.pieces)
                hits.append(self._page_hit(match, page, kinds, words))
            elif not match.path and (document := files.get(match.object_id)):
                hits.append(Hit(document.title, document.url, "File", file=document))
        return hits

    def _page_hit(self, match: Match, page: Page, kinds: dict[int, str], words: str) -> Hit:
        kind = kinds.get(page.pk, "")  # the page may have been deleted since the search
        if getattr(page.specific_class, "is_listed_by_date", False):
            return Hit(page.title, page.url, kind, date=page.first_published_at, passage=words)
        titles = {section.path: section.title for section in self.sections}
        place = titles.get(match.section, "") if match.section != page.path else ""
        return Hit(page.title, page.url, kind, place=place, passage=words)


def _kinds(matches: Iterable[Match]) -> dict[int, str]:
    """Return the type name of each page by id, found for all pages of a type together."""
    ids_by_type: dict[int, list[int]] = {}
    for match in matches:
        if match.path:
            ids_by_type.setdefault(match.content_type_id, []).append(match.object_id)
    kinds: dict[int, str] = {}
    for type_id, ids in ids_by_type.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        kinds_of = getattr(model, "kinds_of", None)
        plain = capfirst(model._meta.verbose_name)
        kinds |= kinds_of(ids) if kinds_of else dict.fromkeys(ids, plain)
    return kinds
