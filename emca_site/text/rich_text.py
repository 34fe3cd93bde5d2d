"""What rich text may hold, and how the texts of one page are turned into HTML."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import models
from django.utils.functional import cached_property
from wagtail.blocks import BoundBlock
from wagtail.rich_text import RichText, expand_db_html, get_text_for_indexing
from wagtail.search import index

from emca_site.figures.inline import with_numbers
from emca_site.publishing.lifecycle.addresses import Targets, find_targets
from emca_site.publishing.lifecycle.addresses.shown import addresses_of, hold
from emca_site.text.links import links_in, prefetched_targets, with_typed_links

# Inside something that has a heading of its own.
SMALL_FEATURES = ["bold", "ol", "ul", "link", "document-link", "figure"]
BODY_FEATURES = ["h2", "h3", *SMALL_FEATURES]
LINE_FEATURES = ["bold", "link"]

# Nobody can type it: the editor escapes what looks like markup.
_BETWEEN_TEXTS = "<!-- between texts -->"


def words_for_search(source: str) -> str:
    """What a text says, with the figures in it: Wagtail itself would leave out every number."""
    return get_text_for_indexing(with_numbers(source))


class RichTextSearchField(index.SearchField):
    """For a field of rich text on a model."""

    def get_value(self, obj):
        return words_for_search(getattr(obj, self.field_name))


def sources_in(value) -> Iterator[str]:
    """Every rich text in the value of a block, a list of blocks or a whole stream, as stored."""
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(value, BoundBlock):
        yield from sources_in(value.value)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from sources_in(part)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for part in value:
            yield from sources_in(part)


def links_beside(value) -> Iterator:
    """Every object in the value of a block, a list or a stream that has typed addresses of its
    own: links that are no part of a text."""
    if isinstance(value, BoundBlock):
        yield from links_beside(value.value)
    elif isinstance(value, models.Model) or hasattr(value, "typed_addresses"):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from links_beside(part)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes | RichText):
        for part in value:
            yield from links_beside(part)


class RichTexts:
    """All rich texts and typed addresses of one page, looked up together: one query for all."""

    def __init__(self, *values):
        self._values = values

    def expand(self) -> None:
        """Look up everything now that the texts, and the blocks they stand in, refer to."""
        _ = self._html_by_source

    def html_of(self, source: str) -> str:
        """The HTML of one text, as stored. One that the page does not hold is expanded alone."""
        html = self._html_by_source.get(source)
        return expand_db_html(with_typed_links(source)) if html is None else html

    def html_now(self, source: str) -> str:
        """Render cached rich text again, because a page that it links to may have ended."""
        with prefetched_targets(self.targets):
            return expand_db_html(with_typed_links(source))

    @cached_property
    def targets(self) -> Targets:
        """What the links lead to. The objects that have typed addresses get it too."""
        beside = list(links_beside(self._values))
        typed, keys = {each for link in beside for each in addresses_of(link)}, set()
        for source in self._sources:
            typed_in_it, keys_in_it = links_in(source)
            typed, keys = typed | typed_in_it, keys | keys_in_it
        targets = find_targets(typed, keys)
        hold(beside, targets)
        return targets

    @cached_property
    def _sources(self) -> list[str]:
        return list(dict.fromkeys(sources_in(self._values)))

    @cached_property
    def _html_by_source(self) -> dict[str, str]:
        html = self.html_now(_BETWEEN_TEXTS.join(self._sources)).split(_BETWEEN_TEXTS)
        return dict(zip(self._sources, html, strict=True)) if self._sources else {}
