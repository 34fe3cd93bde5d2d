"""Converts simple Markdown to rich text as Wagtail stores it."""

import re
from html import escape, unescape
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from markdown import markdown
from wagtail.models import Page

from emca_site.figures.models import Figure
from home.models import LoadedItem

_LINK = re.compile(r'<a href="(?P<address>[^"]*)">(?P<words>.*?)</a>', re.DOTALL)
_FIGURE = re.compile(r"\[(?P<words>[^\]]*)\]\(figure:(?P<key>[\w-]+)\)")
_STRONG = re.compile(r"(</?)strong>")
_BETWEEN_TAGS = re.compile(r">\n+<")


def rich_text(text: str) -> str:
    """Return the HTML of a text. A link to an unknown address of this site becomes plain text."""
    html = _STRONG.sub(r"\1b>", markdown(text.strip()))
    return _BETWEEN_TAGS.sub("><", _LINK.sub(_link, html))


def find_figure(key: str) -> Figure | None:
    """Return the figure that was made under this key."""
    return LoadedItem.objects.find(f"figure:{key}", Figure)


def figure_in(text: str) -> str:
    """Return the key of the figure if the text is one figure and nothing else; else empty."""
    match = _FIGURE.fullmatch(text)
    return match["key"] if match else ""


def page_at(address: str) -> Page | None:
    """Return the page that was made for an address, even if it moved."""
    return LoadedItem.objects.find(f"page:{address}", Page)


def has_view(path: str) -> bool:
    """Whether a view of the site serves an address, without a page."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def _link(match: re.Match) -> str:
    url = urlsplit(unescape(match["address"]))
    if url.scheme == "figure":
        figure = find_figure(url.path)
        return f'<embed embedtype="figure" id="{figure.pk}"/>' if figure else match["words"]
    attributes = _attributes(unescape(match["address"]))
    return f"<a {attributes}>{match['words']}</a>" if attributes else match["words"]


def _attributes(address: str) -> str:
    """Return how the link is stored; empty for an address that does not exist."""
    url = urlsplit(address)
    if url.scheme:
        return f'href="{escape(address)}"'
    page = page_at(url.path)
    if page and not url.query:
        return f'linktype="page" id="{page.pk}"'
    return f'href="{escape(address)}"' if page or has_view(url.path) else ""
