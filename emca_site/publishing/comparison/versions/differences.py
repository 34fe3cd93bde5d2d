"""Compare the descriptions of two versions, or prepare one description, for templates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby

from emca_site.publishing.comparison.versions.said import Said, Shape
from emca_site.publishing.comparison.versions.text import (
    ADDED,
    REMOVED,
    SAME,
    Line,
    compare_texts,
    plain_line,
)

CHANGED, MOVED = "changed", "moved"
WORDS = {ADDED: "Added", REMOVED: "Removed", MOVED: "Moved"}


@dataclass
class Difference:
    """One field, block or row, and how it changed."""

    label: str
    change: str
    lines: list[Line] = field(default_factory=list)
    pictures: list[tuple[str, object]] = field(default_factory=list)  # (label, image)
    parts: list["Difference"] = field(default_factory=list)
    folded: list["Difference"] = field(default_factory=list)  # unchanged parts
    number: int = 0  # its place among all changes, from 1; 0 if it is not in that list

    @property
    def word(self) -> str:
        return WORDS.get(self.change, "")

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.pictures or self.parts or self.folded)


@dataclass
class Comparison:
    """All differences, and the changes among them in order: (number, path of labels)."""

    differences: list[Difference]
    changes: list[tuple[int, str]]

    def __bool__(self):
        return bool(self.differences)


def read(said: Iterable[Said]) -> list[Difference]:
    """Return the description of one version with no change marked."""
    return [_plain(each, SAME) for each in said]


def compare(before: Iterable[Said], after: Iterable[Said]) -> Comparison:
    differences = [each for each in _among(tuple(before), tuple(after)) if each.change != SAME]
    changes = []
    for number, (path, change) in enumerate(_changes(differences), start=1):
        change.number = number
        changes.append((number, ": ".join(path)))
    return Comparison(differences, changes)


def _plain(said: Said, change: str) -> Difference:
    return Difference(
        said.label,
        change,
        [plain_line(paragraph) for paragraph in said.paragraphs],
        [("", said.picture)] if said.picture else [],
        [_plain(part, SAME) for part in said.parts],
    )


def _among(before: tuple[Said, ...], after: tuple[Said, ...]) -> Iterator[Difference]:
    """Yield the difference of each part. A part that is in both, in another order, has moved."""
    old = _by_key(before)
    new = _by_key(_with_keys_of(old, after))
    matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
    for operation, a, z, b, y in matcher.get_opcodes():
        for key in list(old)[a:z]:
            if key not in new:
                yield _plain(old[key], REMOVED)
        for key in list(new)[b:y]:
            if key not in old:
                yield _plain(new[key], ADDED)
            else:
                yield _between(old[key], new[key], is_moved=operation != "equal")


def _by_key(parts: Iterable[Said]) -> dict[str, Said]:
    """Return the parts by key. Duplicate keys, as of blocks copied with their ids, are renamed."""
    found = {}
    for number, each in enumerate(parts):
        found[each.key if each.key not in found else f"{each.key} again {number}"] = each
    return found


def _with_keys_of(old: dict[str, Said], after: tuple[Said, ...]) -> list[Said]:
    """Give the new parts the keys of the old parts that they correspond to.

    A version may have no stored keys. Then parts with equal content correspond first, and the
    remaining parts by their position.
    """
    is_known = [each.has_own_key and each.key in old for each in after]
    known = {each.key for each, is_one in zip(after, is_known, strict=True) if is_one}
    left = {key: each for key, each in old.items() if key not in known}
    keys = [each.key if is_one else "" for each, is_one in zip(after, is_known, strict=True)]
    for number, each in enumerate(after):
        if not keys[number]:
            keys[number] = next((key for key, one in left.items() if one == each), "")
            left.pop(keys[number], None)
    for number, each in enumerate(after):
        if not keys[number]:
            key = next(iter(left), "")
            may_be = key and not (left[key].has_own_key and each.has_own_key)
            keys[number] = key if may_be else f"added {number}"
            left.pop(keys[number], None)
    return [replace(each, key=key) for each, key in zip(after, keys, strict=True)]


def _between(before: Said, after: Said, is_moved: bool) -> Difference:
    if before == after:
        return _plain(after, MOVED if is_moved else SAME)
    difference = Difference(after.label, CHANGED)
    difference.lines = compare_texts(before.paragraphs, after.paragraphs)
    difference.pictures = _pictures(before.picture, after.picture)
    parts = list(_among(before.parts, after.parts))
    if after.shape == Shape.GROUP:
        parts = [part for part in parts if part.change != SAME]
    difference.parts = _fold(parts) if after.shape == Shape.LIST else parts
    if is_moved:
        difference.label += " (moved)"
    return difference


def _pictures(before, after) -> list[tuple[str, object]]:
    if before == after:
        return [("", after)] if after else []
    return [(word, each) for word, each in (("Before", before), ("After", after)) if each]


def _fold(parts: list[Difference]) -> list[Difference]:
    """Group each run of unchanged neighbours into one folded difference."""
    folded = []
    for is_same, group in groupby(parts, key=lambda part: part.change == SAME):
        some = list(group)
        folded += [Difference("", SAME, folded=some)] if is_same else some
    return folded


def _changes(differences, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple, Difference]]:
    """Yield each change, with the labels above it and its own label."""
    for each in differences:
        path = (*above, each.label)
        if each.change == CHANGED and each.parts:
            yield from _changes(each.parts, path)
        elif each.change != SAME:
            yield path, each
