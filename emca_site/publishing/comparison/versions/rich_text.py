"""Convert stored rich text to paragraphs of words, including the targets of its links."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import features

from emca_site.publishing.comparison.versions.names import name_of_choice
from emca_site.publishing.comparison.versions.said import Paragraph, Word, words_in

GONE = "something that is gone"
_BEFORE_LINE = {"h2": "Heading: ", "h3": "Smaller heading: ", "h4": "Smallest heading: "}
_OWN_LINE = {"p", "li", "ul", "ol", "div", "blockquote", "hr", "br", *_BEFORE_LINE}
_MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_SPACES = re.compile(r"\s+")


def paragraphs_of(html: str) -> tuple[Paragraph, ...]:
    reader = _Reader()
    reader.read(BeautifulSoup(html or "", "html.parser"))
    reader.end_line()
    return tuple(reader.paragraphs)


class _Reader:
    def __init__(self):
        self.paragraphs: list[Paragraph] = []
        self._line: list[Word] = []
        self._before_line = ""

    def read(self, parent: Tag, mark: str = ""):
        for child in parent.children:
            if isinstance(child, Tag):
                self._read_tag(child, mark)
            elif not isinstance(child, PreformattedString):  # an HTML comment
                self._line += words_in(_SPACES.sub(" ", child), mark)

    def _read_tag(self, tag: Tag, mark: str):
        if tag.name in _OWN_LINE:
            self.end_line()
            self._before_line = _BEFORE_LINE.get(tag.name, "")
        if tag.name == "li":
            around = tag.find_parent(["ol", "ul"])
            self._before_line = "1. " if around and around.name == "ol" else "• "
        elif tag.name == "embed":
            self._line += words_in(f"[{_embedded(tag.attrs)}]", mark)
        self.read(tag, _MARKS.get(tag.name, mark))
        if tag.name == "a":
            self._line.append(Word(f" (link to {_target(tag.attrs)})"))
        elif tag.name in _OWN_LINE:
            self.end_line()

    def end_line(self):
        if any(word.text.strip() for word in self._line):
            start = (Word(self._before_line),) if self._before_line else ()
            self.paragraphs.append((*start, *self._line))
        self._line, self._before_line = [], ""


def _target(attributes: dict) -> str:
    model = {"page": Page, "document": get_document_model()}.get(attributes.get("linktype"))
    if model is None:
        return attributes.get("href", "").strip() or "nothing"
    found = model._default_manager.filter(pk=_number(attributes)).first()
    return name_of_choice(found) if found else GONE


def _embedded(attributes: dict) -> str:
    handler = features.get_embed_types().get(attributes.get("embedtype"))
    if handler is None:
        return attributes.get("url") or GONE
    try:
        publishable = next(iter(handler.get_many([attributes])), None)
        kind = handler.get_model()._meta.verbose_name
    except NotImplementedError:  # a video or other content from another site
        return attributes.get("url") or GONE
    return f"{kind}: {name_of_choice(publishable)}" if publishable else f"{kind}: {GONE}"


def _number(attributes: dict) -> int:
    text = attributes.get("id", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
