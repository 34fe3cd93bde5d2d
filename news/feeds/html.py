"""The HTML of an article for feeds: text and pictures, without the site's own markup."""

import re
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.element import PreformattedString
from bs4.formatter import HTMLFormatter

# Elements that a reader's own style sheet can show, and the attributes that carry meaning.
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
LEFT_OUT = {"button", "form", "script", "style", "svg", "template"}  # removed with their content
ADDRESSES = {"href", "src"}
SCHEMES = {"http", "https", "mailto", "tel"}

# HTML as browsers write it: `<br>`, and no entities for letters.
_AS_HTML = HTMLFormatter(EntitySubstitution.substitute_xml, void_element_close_prefix="")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE_WITH_LINE_END = re.compile(r"[ \t]*\n\s*")


def printable(text: str) -> str:
    """Return the text without the characters that XML 1.0 cannot contain."""
    return _NOT_IN_XML.sub("", text)


def feed_html(html: str, base: str) -> str:
    """Clean a part of a page at the address `base` for readers outside the site."""
    soup = BeautifulSoup(html, "html.parser", multi_valued_attributes=None)
    for comment in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        comment.extract()
    for tag in soup.find_all(_is_left_out):
        tag.extract()
    for tag in soup.find_all(True):
        tag.name = CALLED.get(tag.name, tag.name)
        tag.attrs = _kept_attributes(tag, base)
        # A link to a page that is not public has no address.
        if tag.name not in ALLOWED or (tag.name == "a" and not tag.attrs):
            tag.unwrap()
    return _SPACE_WITH_LINE_END.sub("\n", printable(soup.decode(formatter=_AS_HTML))).strip()


def _is_left_out(tag: Tag) -> bool:
    """Whether to remove a tag. Text for screen readers only repeats what feed readers announce."""
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
    except ValueError:  # an invalid address, such as http://[
        return None
