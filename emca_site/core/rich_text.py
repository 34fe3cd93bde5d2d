"""What rich text may hold, and how the texts of one page are turned into HTML."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.functional import cached_property
from wagtail.blocks import BoundBlock
from wagtail.rich_text import RichText, expand_db_html, get_text_for_indexing
from wagtail.search import index

from emca_site.figures.inline import with_numbers

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


class RichTexts:
    """All rich texts of one page, expanded together: one query for the links in all of them."""

    def __init__(self, *values):
        self._values = values

    def html_of(self, source: str) -> str:
        """The HTML of one text, as stored. One that the page does not hold is expanded alone."""
        html = self._html_by_source.get(source)
        return expand_db_html(source) if html is None else html

    @cached_property
    def _html_by_source(self) -> dict[str, str]:
        sources = list(dict.fromkeys(sources_in(self._values)))
        html = expand_db_html(_BETWEEN_TEXTS.join(sources)).split(_BETWEEN_TEXTS)
        return dict(zip(sources, html, strict=True)) if sources else {}
