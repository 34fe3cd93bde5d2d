"""Takes rich text, as it is stored, into paragraphs of words, with what its links lead to."""

import re
from html.parser import HTMLParser

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
    parser = _Parser()
    parser.feed(html or "")
    parser.close()
    parser.end_line()
    return tuple(parser.paragraphs)


class _Parser(HTMLParser):
    def __init__(self):
        super().__init__()
        self.paragraphs: list[Paragraph] = []
        self._line: list[Word] = []
        self._before_line = ""
        self._lists: list[str] = []
        self._marks: list[str] = []
        self._links: list[dict] = []

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag in _OWN_LINE:
            self.end_line()
            self._before_line = _BEFORE_LINE.get(tag, "")
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        elif tag == "li":
            self._before_line = "1. " if self._lists[-1:] == ["ol"] else "• "
        elif tag in _MARKS:
            self._marks.append(_MARKS[tag])
        elif tag == "a":
            self._links.append(attributes)
        elif tag == "embed":
            self._add(f"[{_embedded(attributes)}]")

    def handle_endtag(self, tag):
        if tag in _OWN_LINE:
            self.end_line()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag in _MARKS and self._marks:
            self._marks.pop()
        elif tag == "a" and self._links:
            self._line.append(Word(f" (link to {_target(self._links.pop())})"))

    def handle_data(self, data):
        self._add(_SPACES.sub(" ", data))

    def _add(self, text):
        self._line += words_in(text, self._marks[-1] if self._marks else "")

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
        thing = next(iter(handler.get_many([attributes])), None)
        kind = handler.get_model()._meta.verbose_name
    except NotImplementedError:  # a video or another piece of another site
        return attributes.get("url") or GONE
    return f"{kind}: {name_of_choice(thing)}" if thing else f"{kind}: {GONE}"


def _number(attributes: dict) -> int:
    text = attributes.get("id", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
