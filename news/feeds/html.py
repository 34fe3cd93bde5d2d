"""The HTML of an article as a feed carries it: words and pictures, and nothing of our pages."""

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# What a reader's own style sheet knows how to show, and the attributes that carry meaning.
KEPT = {
    "a": {"href"},
    "b": set(),
    "blockquote": set(),
    "br": set(),
    "caption": set(),
    "em": set(),
    "figcaption": set(),
    "figure": set(),
    "h2": set(),
    "h3": set(),
    "i": set(),
    "img": {"src", "alt", "width", "height"},
    "li": set(),
    "ol": set(),
    "p": set(),
    "strong": set(),
    "table": set(),
    "tbody": set(),
    "td": {"colspan", "rowspan"},
    "th": {"scope", "colspan", "rowspan"},
    "thead": set(),
    "time": {"datetime"},
    "tr": set(),
    "ul": set(),
}
CALLED = {"summary": "h3", "footer": "p"}  # a question, and who is quoted
LEFT_OUT = {"button", "form", "script", "style", "svg", "template"}  # with all that is in them
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ADDRESSES = {"href", "src"}
SCHEMES = {"http", "https", "mailto", "tel"}

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE_WITH_LINE_END = re.compile(r"[ \t]*\n\s*")


def printable(text: str) -> str:
    """The text without the characters that XML 1.0 has no way to write."""
    return _NOT_IN_XML.sub("", text)


def feed_html(html: str, base: str) -> str:
    """A part of a page at the address `base`, for readers that know nothing but the feed."""
    cleaner = _Cleaner(base)
    cleaner.feed(html)
    cleaner.close()
    return _SPACE_WITH_LINE_END.sub("\n", printable("".join(cleaner.parts))).strip()


class _Cleaner(HTMLParser):
    def __init__(self, base: str):
        super().__init__()
        self.base = base
        self.parts: list[str] = []
        self.left_out = 0  # how deep inside something left out
        self.open_links: list[bool] = []  # whether each was kept

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        # Words for screen readers alone repeat what feed readers say by themselves.
        if self.left_out or tag in LEFT_OUT or "vh" in attributes.get("class", "").split():
            self.left_out += tag not in VOID
            return
        tag = CALLED.get(tag, tag)
        if tag not in KEPT:
            return
        kept = [
            f'{name}="{escape(value)}"'
            for name in sorted(KEPT[tag])
            if name in attributes and (value := self._value(name, attributes[name])) is not None
        ]
        if tag == "a":  # what links to something that is not public has no address
            self.open_links.append(bool(kept))
            if not kept:
                return
        self.parts.append(f"<{' '.join([tag, *kept])}>")

    def handle_endtag(self, tag):
        if self.left_out:
            self.left_out -= tag not in VOID
            return
        tag = CALLED.get(tag, tag)
        if tag not in KEPT or tag in VOID or (tag == "a" and not self.open_links.pop()):
            return
        self.parts.append(f"</{tag}>")

    def handle_data(self, data):
        if not self.left_out:
            self.parts.append(escape(data, quote=False))

    def _value(self, name: str, value: str) -> str | None:
        if name not in ADDRESSES:
            return value
        try:
            address = urljoin(self.base, value)
            return address if urlsplit(address).scheme in SCHEMES else None
        except ValueError:  # an address that nobody can read, such as http://[
            return None
