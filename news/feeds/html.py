"""The HTML of an article as a feed carries it: words and pictures, and nothing of our pages."""

import re
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.element import PreformattedString
from bs4.formatter import HTMLFormatter

# What a reader's own style sheet knows how to show, and the attributes that carry meaning.
ALLOWED = {
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
ADDRESSES = {"href", "src"}
SCHEMES = {"http", "https", "mailto", "tel"}

# As browsers write HTML: `<br>`, and letters as they are.
_AS_HTML = HTMLFormatter(EntitySubstitution.substitute_xml, void_element_close_prefix="")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE_WITH_LINE_END = re.compile(r"[ \t]*\n\s*")


def printable(text: str) -> str:
    """The text without the characters that XML 1.0 has no way to write."""
    return _NOT_IN_XML.sub("", text)


def feed_html(html: str, base: str) -> str:
    """A part of a page at the address `base`, for readers that know nothing but the feed."""
    soup = BeautifulSoup(html, "html.parser", multi_valued_attributes=None)
    for comment in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        comment.extract()
    for tag in soup.find_all(_is_left_out):
        tag.extract()
    for tag in soup.find_all(True):
        tag.name = CALLED.get(tag.name, tag.name)
        tag.attrs = _kept_attributes(tag, base)
        # What links to something that is not public has no address.
        if tag.name not in ALLOWED or (tag.name == "a" and not tag.attrs):
            tag.unwrap()
    return _SPACE_WITH_LINE_END.sub("\n", printable(soup.decode(formatter=_AS_HTML))).strip()


def _is_left_out(tag: Tag) -> bool:
    """Words for screen readers alone repeat what feed readers say by themselves."""
    return tag.name in LEFT_OUT or "vh" in tag.get("class", "").split()


def _kept_attributes(tag: Tag, base: str) -> dict[str, str]:
    allowed = {name: tag[name] for name in ALLOWED.get(tag.name, ()) if name in tag.attrs}
    for name in ADDRESSES & allowed.keys():
        if (address := _full_address(base, allowed[name])) is None:
            del allowed[name]
        else:
            allowed[name] = address
    return allowed


def _full_address(base: str, value: str) -> str | None:
    try:
        address = urljoin(base, value)
        return address if urlsplit(address).scheme in SCHEMES else None
    except ValueError:  # an address that nobody can read, such as http://[
        return None
