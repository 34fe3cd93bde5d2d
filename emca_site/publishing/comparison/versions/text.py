"""Compare two texts paragraph by paragraph, and similar paragraphs word by word."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from emca_site.publishing.comparison.versions.said import Paragraph

ALIKE = 0.5  # paragraphs with a lower ratio are not compared by their words
MOST_TO_COMPARE = 4_000_000  # pairs of words or paragraphs; beyond it everything is marked
MOST_PARAGRAPHS_TO_PAIR = 2_500  # pairs of paragraphs that are tested for similarity
SAME, REMOVED, ADDED = "", "removed", "added"


class Piece(NamedTuple):
    """A run of words with the same change and the same mark (“strong”, “em” or none)."""

    change: str
    text: str
    mark: str = ""


Line = list[Piece]


def plain_line(paragraph: Paragraph, change: str = SAME) -> Line:
    return _pieces((change, word) for word in paragraph)


def compare_texts(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[Line]:
    if len(before) == len(after) == 1 and min(len(before[0]), len(after[0])) == 1:
        return [[*plain_line(before[0], REMOVED), *plain_line(after[0], ADDED)]]
    lines = []
    for operation, a, b in _steps(before, after):
        if operation == "equal":
            lines += map(plain_line, b)
        else:
            lines += _replaced(a, b)
    return lines


def _replaced(before, after) -> Iterator[Line]:
    """Yield lines for replaced paragraphs; similar paragraphs are compared by their words."""
    if len(before) * len(after) > MOST_PARAGRAPHS_TO_PAIR:
        yield from (plain_line(each, REMOVED) for each in before)
        yield from (plain_line(each, ADDED) for each in after)
        return
    taken, fresh = 0, []
    for paragraph in after:
        match = next((n for n in range(taken, len(before)) if _alike(before[n], paragraph)), None)
        if match is None:
            fresh.append(plain_line(paragraph, ADDED))
            continue
        yield from (plain_line(each, REMOVED) for each in before[taken:match])
        yield from fresh
        yield _compare_words(before[match], paragraph)
        taken, fresh = match + 1, []
    yield from (plain_line(each, REMOVED) for each in before[taken:])
    yield from fresh


def _alike(a: Paragraph, b: Paragraph) -> bool:
    return SequenceMatcher(None, a, b, autojunk=False).quick_ratio() >= ALIKE


def _compare_words(before: Paragraph, after: Paragraph) -> Line:
    steps = []
    for operation, a, b in _steps(before, after):
        blank = operation == "equal" and not any(word.text.strip() for word in b)
        if steps and (operation != "equal" or blank) and steps[-1][0] != "equal":
            # Adjacent changes are marked as one, including the space between them.
            steps[-1] = ("replace", steps[-1][1] + a, steps[-1][2] + b)
        else:
            steps.append((operation, a, b))
    words = []
    for operation, a, b in steps:
        if operation == "equal":
            words += ((SAME, word) for word in b)
        else:
            words += ((REMOVED, word) for word in a)
            words += ((ADDED, word) for word in b)
    return _pieces(words)


def _steps(before, after) -> Iterator[tuple]:
    if len(before) * len(after) > MOST_TO_COMPARE:
        yield "replace", before, after
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, a, z, b, y in matcher.get_opcodes():
        yield operation, before[a:z], after[b:y]


def _pieces(words) -> Line:
    groups = groupby(words, key=lambda each: (each[0], each[1].mark))
    return [Piece(c, "".join(w.text for _, w in group), mark) for (c, mark), group in groups]
