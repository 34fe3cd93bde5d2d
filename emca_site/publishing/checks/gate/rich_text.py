"""Take rich text, as it is stored, apart into pieces."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
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
    reader = _Reader(spot, level_before)
    reader.read(BeautifulSoup(html or "", "html.parser"))
    reader.end_line()
    yield from reader.pieces
    yield from _shown(reader.embeds, spot)


def _shown(embeds: list[dict], spot: Spot) -> Iterator[Shown]:
    """Yield the embedded objects of the text, with one lookup for each kind."""
    for kind, handler in features.get_embed_types().items():
        if of_kind := [attributes for attributes in embeds if attributes["embedtype"] == kind]:
            for obj in handler.get_many(of_kind):
                yield Shown(spot, obj, str(handler.get_model()._meta.verbose_name))


class _Reader:
    def __init__(self, spot: Spot, level_before: int):
        self.spot = spot
        self.level_before = level_before
        self.pieces: list[Piece] = []
        self.embeds: list[dict] = []
        self._line: list[str] = []

    def read(self, parent: Tag):
        for child in parent.children:
            if isinstance(child, Tag):
                self._read_tag(child)
            elif not isinstance(child, PreformattedString):  # skips comments
                self._line.append(child)

    def _read_tag(self, tag: Tag):
        has_own_line = tag.name in _OWN_LINE or _HEADING.fullmatch(tag.name)
        if has_own_line:
            self.end_line()
        if tag.name == "embed":
            self._read_embed(tag)
        self.read(tag)
        if _HEADING.fullmatch(tag.name):
            level = int(tag.name[1])
            heading = Heading(self.spot, tidy(tag.get_text()), level, self.level_before)
            self.pieces.append(heading)
            self.level_before = level
        elif tag.name == "a":
            link = self._make_link(tag)
            self.pieces.append(link)
            if link.address:
                self.pieces.append(Address(self.spot, link.text, link.address))
        if has_own_line:
            self.end_line()

    def _read_embed(self, tag: Tag):
        if tag.get("embedtype") == "image":
            # In rich text the editor decides in the image dialogue: no text means decorative.
            alt = tag.get("alt", "").strip()
            self.pieces.append(Picture(self.spot, alt, is_decorative=not alt))
        elif tag.has_attr("embedtype"):
            self.embeds.append(tag.attrs)
            tag.append("…")  # stands for the text that will be rendered here

    def _make_link(self, tag: Tag) -> Link:
        text, number = tidy(tag.get_text()), tag.get("id", "")
        number = int(number) if number.isdecimal() else 0  # no row has id 0: it leads nowhere
        kind = tag.get("linktype")
        if kind == "page":
            return Link(self.spot, text, page_id=number)
        if kind == "document":
            return Link(self.spot, text, document_id=number)
        return Link(self.spot, text, address=tag.get("href", "").strip())

    def end_line(self):
        if text := tidy("".join(self._line)):
            self.pieces.append(Words(self.spot, text))
        self._line = []
