"""A search term that a visitor typed, and the words in it to search for."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

SHORTEST = 2
LONGEST = 200

# Stop words: the list of PostgreSQL's English configuration, so that both databases search for
# the same words.
EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        i me my myself we our ours ourselves you your yours yourself yourselves he him his
        himself she her hers herself it its itself they them their theirs themselves what which
        who whom this that these those am is are was were be been being have has had having do
        does did doing a an the and but if or because as until while of at by for with about
        against between into through during before after above below to from up down in out on
        off over under again further then once here there when where why how all any both each
        few more most other some such no nor not only own same so than too very s t can will
        just don should now
        """,
    )
)


@dataclass(frozen=True)
class SearchTerm:
    """The words of one search, cleaned so that no database raises an error for them."""

    text: str

    @classmethod
    def typed(cls, text: str) -> "SearchTerm":
        return cls(" ".join(_visible(text[: 10 * LONGEST]).split()))

    @cached_property
    def pieces(self) -> list[str]:
        """The words to search for, each as it was written: “16.8” or “follow-up” is one."""
        pieces = [_without_edges(piece) for piece in self.text.lower().split()]
        pieces = list(dict.fromkeys(piece for piece in pieces if piece))
        telling = [piece for piece in pieces if piece not in EMPTY_WORDS]
        return telling or pieces

    @cached_property
    def normal(self) -> str:
        """The term in lower case and without punctuation around its words."""
        pieces = (_without_edges(piece) for piece in self.text.lower().split())
        return " ".join(piece for piece in pieces if piece)

    @property
    def is_too_short(self) -> bool:
        return sum(map(str.isalnum, self.text)) < SHORTEST

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LONGEST


def _visible(text: str) -> str:
    """Replace control characters by spaces; remove marks that change the direction of text."""
    return "".join(
        " " if category in {"Cc", "Zl", "Zp"} else character
        for character in unicodedata.normalize("NFC", text)
        if (category := unicodedata.category(character)) not in {"Cf", "Cs", "Co", "Cn"}
    )


def _without_edges(piece: str) -> str:
    """Return a piece without the punctuation around it; empty if nothing else is left."""
    inner = [number for number, character in enumerate(piece) if character.isalnum()]
    return piece[inner[0] : inner[-1] + 1] if inner else ""
