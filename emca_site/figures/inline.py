"""A figure inside running text: stored by its id, rendered with its current number."""

from collections.abc import Sequence

from django.utils.html import escape, format_html
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.rewriters import EmbedRewriter

from emca_site.figures.models import Figure, shown
from emca_site.figures.prefetching import find_figures

NAME = "figure"

# Shown for a draft, a withdrawn figure and one that never existed alike, so it reveals nothing.
# It is not empty, because a sentence with a gap may state something untrue. It is not the last
# public number either, because a figure is withdrawn when that is wrong.
NO_FIGURE = "(no figure published)"


class FigureHandler(EmbedHandler):
    """Renders the figures of a text, all in one statement, and only those visible to visitors."""

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
    """Return the figures of some tags, in their order; None for one not visible to visitors."""
    keys = [key_of(attrs) for attrs in attrs_list]
    found = find_figures(key for key in keys if key)
    public = {figure.pk: figure for figure in shown(found.values())}
    return [public.get(key) for key in keys]


def with_numbers(source: str) -> str:
    """Replace the figures in stored rich text with their numbers, for the search index."""
    if f'embedtype="{NAME}"' not in source:
        return source
    return _to_words(source)


def _in_words(attrs_list):
    return [escape(figure.in_text) if figure else "" for figure in published_figures(attrs_list)]


_to_words = EmbedRewriter(bulk_rules={NAME: _in_words})


def key_of(attrs: dict) -> int:
    """Return the id in a tag; 0, which no row has, if it is missing or malformed."""
    text = str(attrs.get("id") or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _as_html(figure: Figure | None) -> str:
    if figure is None:
        return NO_FIGURE
    link = format_html('<a href="{}">{}</a>', figure.get_absolute_url(), figure.in_text)
    # If its review is overdue, the reader should see at once how old the number is.
    is_old = figure.is_overdue and figure.as_at_known
    return format_html("{} (as at {})", link, figure.as_at_known) if is_old else link
