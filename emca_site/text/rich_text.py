"""The features of rich text, and how the texts of one page are rendered as HTML."""

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

# For blocks that have a heading of their own.
SMALL_FEATURES = ["bold", "ol", "ul", "link", "document-link", "figure"]
BODY_FEATURES = ["h2", "h3", *SMALL_FEATURES]
LINE_FEATURES = ["bold", "link"]

# An editor cannot type it, because Wagtail escapes what looks like markup.
_BETWEEN_TEXTS = "<!-- between texts -->"


def words_for_search(source: str) -> str:
    """Return the words of a text with its figures, whose numbers Wagtail itself would leave out."""
    return get_text_for_indexing(with_numbers(source))


class RichTextSearchField(index.SearchField):
    """The search field for a rich text field of a model."""

    def get_value(self, obj):
        return words_for_search(getattr(obj, self.field_name))


def sources_in(value) -> Iterator[str]:
    """Yield all rich text in the value of a block, a list of blocks or a stream, as stored."""
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
    """Yield each object in the value of a block, a list or a stream that has typed addresses of its
    own, outside rich text."""
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
    """All rich texts and typed addresses of one page, looked up together in one query."""

    def __init__(self, *values):
        self._values = values

    def expand(self) -> None:
        """Look up now everything that the texts and their blocks refer to."""
        _ = self._html_by_source

    def html_of(self, source: str) -> str:
        """Return the HTML of a stored text. A text from outside the page is expanded alone."""
        html = self._html_by_source.get(source)
        return expand_db_html(with_typed_links(source)) if html is None else html

    def html_now(self, source: str) -> str:
        """Render cached rich text again, because a page that it links to may have ended."""
        with prefetched_targets(self.targets):
            return expand_db_html(with_typed_links(source))

    @cached_property
    def targets(self) -> Targets:
        """The targets of all links. They are also set on the objects that have typed addresses."""
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
