"""The description of one field, block or row: its label, its words and the parts inside it."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# Numbers such as “£16.8m” and words with an apostrophe are not split.
_APOSTROPHE = r"[\N{RIGHT SINGLE QUOTATION MARK}'-]"
_WORDS = re.compile(rf"\s+|[£$€]?\d(?:[\w.,:]*\w)?%?|\w+(?:{_APOSTROPHE}\w+)*|.", re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class Word(NamedTuple):
    """The smallest unit that a comparison marks. `mark` is “strong”, “em” or empty."""

    text: str
    mark: str = ""


Paragraph = tuple[Word, ...]


class Shape(StrEnum):
    """How a comparison lists the inner parts when only some of them have changed."""

    LEAF = "leaf"
    GROUP = "group"  # fields that belong together: unchanged ones are left out
    RECORD = "record"  # a row or a block: all its parts are shown
    LIST = "list"  # rows or blocks: unchanged ones are folded


@dataclass(frozen=True)
class Said:
    """The description of a field, block or row. Equality ignores the label and the key."""

    label: str = field(compare=False)
    paragraphs: tuple[Paragraph, ...] = ()
    picture: object = None  # an image, shown beside the words
    identity: object = None  # distinguishes objects with the same name
    parts: tuple["Said", ...] = ()
    shape: Shape = Shape.LEAF
    # Identifies the part among its neighbours in every version; its position if it has no key.
    key: str = field(default="", compare=False)
    has_own_key: bool = field(default=True, compare=False)

    @property
    def is_empty(self) -> bool:
        return not self.paragraphs and self.picture is None and not self.parts


def words_in(text: str, mark: str = "") -> list[Word]:
    return [Word(word, mark) for word in _WORDS.findall(text)]


def as_text(text: str) -> tuple[Paragraph, ...]:
    """Return paragraphs of running text, in which a comparison marks the changed words."""
    lines = (line.strip() for line in _LINE_ENDS.split(text))
    return tuple(tuple(words_in(line)) for line in lines if line)


def as_whole(text: str) -> tuple[Paragraph, ...]:
    """Return a value that changes as a whole: a number, a day, a choice, a name."""
    return ((Word(text),),) if text.strip() else ()
