"""What one field, block or row says: its name, its words and what stands inside it."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# Numbers stay whole, such as “£16.8m”; so do words with an apostrophe.
_APOSTROPHE = r"[\N{RIGHT SINGLE QUOTATION MARK}'-]"
_WORDS = re.compile(rf"\s+|[£$€]?\d(?:[\w.,:]*\w)?%?|\w+(?:{_APOSTROPHE}\w+)*|.", re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class Word(NamedTuple):
    """The least that a comparison marks. `mark` is “strong”, “em” or nothing."""

    text: str
    mark: str = ""


Paragraph = tuple[Word, ...]


class Shape(StrEnum):
    """How what stands inside something is listed when only a part of it has changed."""

    LEAF = "leaf"
    GROUP = "group"  # fields that belong together: those that did not change are left out
    RECORD = "record"  # a row or a block: it is understood as a whole
    LIST = "list"  # rows or blocks: those that did not change are folded


@dataclass(frozen=True)
class Said:
    """What two of them say is the same, or not, whatever they are called."""

    label: str = field(compare=False)
    paragraphs: tuple[Paragraph, ...] = ()
    picture: object = None  # an image, drawn beside the words
    identity: object = None  # tells apart what has the same name
    parts: tuple["Said", ...] = ()
    shape: Shape = Shape.LEAF
    # The same in every version, among what it stands with; of what has none, its place.
    key: str = field(default="", compare=False)
    has_own_key: bool = field(default=True, compare=False)

    @property
    def is_empty(self) -> bool:
        return not self.paragraphs and self.picture is None and not self.parts


def words_in(text: str, mark: str = "") -> list[Word]:
    return [Word(word, mark) for word in _WORDS.findall(text)]


def as_text(text: str) -> tuple[Paragraph, ...]:
    """Running text, of which a comparison marks the words that changed."""
    lines = (line.strip() for line in _LINE_ENDS.split(text))
    return tuple(tuple(words_in(line)) for line in lines if line)


def as_whole(text: str) -> tuple[Paragraph, ...]:
    """A value that changes as a whole: a number, a day, a choice, a name."""
    return ((Word(text),),) if text.strip() else ()
