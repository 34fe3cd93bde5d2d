"""A figure inside running text: stored by its key, drawn as it is when the page is asked for."""

from collections.abc import Sequence

from django.utils.html import escape, format_html
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.rewriters import EmbedRewriter

from emca_site.figures.models import Figure, shown
from emca_site.figures.prefetching import find_figures

NAME = "figure"

# The same for a draft, for what was taken down and for what never was: it tells nothing. Not
# nothing at all, as a sentence with a hole may say what is not so. Not the last words that were
# public either, as a figure is taken down because they are wrong.
NO_FIGURE = "(no figure published)"


class FigureHandler(EmbedHandler):
    """Draws the figures of a text, all in one statement. Only what visitors may know."""

    identifier = NAME

    @staticmethod
    def get_model():
        return Figure

    @classmethod
    def get_many(cls, attrs_list):
        keys = [key_of(attrs) for attrs in attrs_list]
        found = Figure.objects.in_bulk({key for key in keys if key})
        return [found.get(key) for key in keys]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [_as_html(figure) for figure in published_figures(attrs_list)]

    @classmethod
    def extract_references(cls, attrs):
        if key := key_of(attrs):
            yield Figure, str(key), "", ""


def published_figures(attrs_list: Sequence[dict]) -> list[Figure | None]:
    """The figures of some tags, in their order; none where visitors may not know it."""
    keys = [key_of(attrs) for attrs in attrs_list]
    found = find_figures(key for key in keys if key)
    public = {figure.pk: figure for figure in shown(found.values())}
    return [public.get(key) for key in keys]


def with_numbers(source: str) -> str:
    """A stored text with its figures as plain words, for the search index."""
    if f'embedtype="{NAME}"' not in source:
        return source
    return _to_words(source)


def _in_words(attrs_list):
    return [escape(figure.in_text) if figure else "" for figure in published_figures(attrs_list)]


_to_words = EmbedRewriter(bulk_rules={NAME: _in_words})


def key_of(attrs: dict) -> int:
    """The number in a tag; 0, which no row has, for what somebody wrote by hand."""
    text = str(attrs.get("id") or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _as_html(figure: Figure | None) -> str:
    if figure is None:
        return NO_FIGURE
    link = format_html('<a href="{}">{}</a>', figure.get_absolute_url(), figure.in_text)
    # Of one that nobody looked at in time the reader should see at once how old it is.
    is_old = figure.is_overdue and figure.as_at_known
    return format_html("{} (as at {})", link, figure.as_at_known) if is_old else link
