"""Small Markdown, turned into rich text as Wagtail stores it."""

import re
from html import escape, unescape
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from markdown import markdown
from wagtail.models import Page

from home.models import LoadedItem

_LINK = re.compile(r'<a href="(?P<address>[^"]*)">(?P<words>.*?)</a>', re.DOTALL)
_STRONG = re.compile(r"(</?)strong>")
_BETWEEN_TAGS = re.compile(r">\n+<")


def rich_text(text: str) -> str:
    """The HTML of a text. A link that leads nowhere on this site keeps its words alone."""
    html = _STRONG.sub(r"\1b>", markdown(text.strip()))
    return _BETWEEN_TAGS.sub("><", _LINK.sub(_link, html))


def page_at(address: str) -> Page | None:
    """The page that was made for an address, wherever it is by now."""
    return LoadedItem.objects.find(f"page:{address}", Page)


def _link(match: re.Match) -> str:
    attributes = _attributes(unescape(match["address"]))
    return f"<a {attributes}>{match['words']}</a>" if attributes else match["words"]


def _attributes(address: str) -> str:
    """How the link is stored; empty for an address that does not exist, or that is a figure's."""
    url = urlsplit(address)
    if url.scheme == "figure":
        return ""
    if url.scheme:
        return f'href="{escape(address)}"'
    page = page_at(url.path)
    if page and not url.query:
        return f'linktype="page" id="{page.pk}"'
    return f'href="{escape(address)}"' if page or has_view(url.path) else ""


def has_view(path: str) -> bool:
    """Whether the site answers an address itself, without a page."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False
