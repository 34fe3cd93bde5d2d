"""Takes rich text, as it is stored, into pieces."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from wagtail.rich_text import features

from emca_site.publishing.checks.gate.pieces import (
    Address,
    Heading,
    Link,
    Picture,
    Piece,
    Shown,
    Spot,
    Words,
)

_HEADING = re.compile(r"h[1-6]")
_OWN_LINE = {"p", "li", "ul", "ol", "div", "blockquote", "td", "th", "tr", "hr", "br"}
_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def pieces_of(html: str, spot: Spot, level_before: int = 1) -> Iterator[Piece]:
    parser = _Parser(spot, level_before)
    parser.feed(html or "")
    parser.close()
    parser.end_line()
    yield from parser.pieces
    yield from _shown(parser.embeds, spot)


def _shown(embeds: list[dict], spot: Spot) -> Iterator[Shown]:
    """What stands in the text by reference, looked up for each kind at once."""
    for kind, handler in features.get_embed_types().items():
        if of_kind := [attributes for attributes in embeds if attributes["embedtype"] == kind]:
            for thing in handler.get_many(of_kind):
                yield Shown(spot, thing, str(handler.get_model()._meta.verbose_name))


class _Parser(HTMLParser):
    def __init__(self, spot: Spot, level_before: int):
        super().__init__()
        self.spot = spot
        self.level_before = level_before
        self.pieces: list[Piece] = []
        self.embeds: list[dict] = []
        self._line: list[str] = []
        self._heading: list[str] = []
        self._link: list[str] = []
        self._link_attributes: dict | None = None

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if _HEADING.fullmatch(tag):
            self.end_line()
            self._heading = []
        elif tag in _OWN_LINE:
            self.end_line()
        elif tag == "a":
            self._link_attributes, self._link = attributes, []
        elif tag == "embed" and attributes.get("embedtype") == "image":
            # In rich text the editor decides in the dialogue: no words means decoration.
            alt = attributes.get("alt", "").strip()
            self.pieces.append(Picture(self.spot, alt, is_decorative=not alt))
        elif tag == "embed" and "embedtype" in attributes:
            self.embeds.append(attributes)
            self.handle_data("…")  # there will be words

    def handle_data(self, data):
        for words in (self._line, self._heading, self._link):
            words.append(data)

    def handle_endtag(self, tag):
        if _HEADING.fullmatch(tag):
            text, level = tidy("".join(self._heading)), int(tag[1])
            self.pieces.append(Heading(self.spot, text, level, self.level_before))
            self.level_before = level
            self.end_line()
        elif tag in _OWN_LINE:
            self.end_line()
        elif tag == "a" and self._link_attributes is not None:
            link = self._make_link(self._link_attributes)
            self.pieces.append(link)
            if link.address:
                self.pieces.append(Address(self.spot, link.text, link.address))
            self._link_attributes = None

    def _make_link(self, attributes: dict) -> Link:
        text, number = tidy("".join(self._link)), attributes.get("id", "")
        number = int(number) if number.isdecimal() else 0  # no row has it, so it leads nowhere
        kind = attributes.get("linktype")
        if kind == "page":
            return Link(self.spot, text, page_id=number)
        if kind == "document":
            return Link(self.spot, text, document_id=number)
        return Link(self.spot, text, address=attributes.get("href", "").strip())

    def end_line(self):
        if text := tidy("".join(self._line)):
            self.pieces.append(Words(self.spot, text))
        self._line = []
