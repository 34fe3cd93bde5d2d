"""Picks the short passage of a page that shows why it was found."""

import re
from collections.abc import Sequence
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LENGTH = 220
LONGEST_READ = 50_000  # the beginning is enough of a very long page
MOST_PLACES = 200

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ing", "ies", "ed", "es", "s")
# The index joins the parts of a page with a comma.
_SEAM = re.compile(r"([.!?:;…])\s*(?:,\s*)+")
_SPACES = re.compile(r"\s+")


def passage(text: str, pieces: Sequence[str]) -> SafeString:
    """Return the passage in which the most search words are closest together, all marked."""
    text = _SPACES.sub(" ", _SEAM.sub(r"\1 ", text[:LONGEST_READ])).strip()
    wanted = {_stem(word) for piece in pieces for word in _WORD.findall(piece.lower())}
    found = (
        (match.start(), match.end(), stem)
        for match in _WORD.finditer(text)
        if (stem := _stem(match[0].lower())) in wanted
    )
    places = list(islice(found, MOST_PLACES))
    start = _start(text, places)
    end = _end(text, start)
    return _marked(text, start, end, places)


def _stem(word: str) -> str:
    """Stem a word roughly, so that “homes” matches “home”. For marking, not for finding."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _start(text: str, places: list[tuple[int, int, str]]) -> int:
    """Return where the passage starts: at the sentence, or a few words, before the best place."""
    best, most = 0, 0
    for number, (place, _, _) in enumerate(places):
        near = {stem for start, end, stem in places[number:] if end <= place + LENGTH * 3 // 4}
        if len(near) > most:
            best, most = place, len(near)
    if best < LENGTH // 2:
        return 0
    earliest = best - LENGTH // 3
    sentence = max(text.rfind(mark, earliest, best) for mark in (". ", "! ", "? "))
    if sentence != -1:
        return sentence + 2
    return text.rfind(" ", 0, earliest) + 1


def _end(text: str, start: int) -> int:
    if len(text) - start <= LENGTH:
        return len(text)
    end = text.rfind(" ", start, start + LENGTH)
    return end if end > start else start + LENGTH


def _marked(text: str, start: int, end: int, places: list[tuple[int, int, str]]) -> SafeString:
    parts, done = ["… " if start else ""], start
    for first, last, _ in places:
        if first >= start and last <= end:
            parts += [escape(text[done:first]), "<mark>", escape(text[first:last]), "</mark>"]
            done = last
    parts += [escape(text[done:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(parts))  # every part of the text is escaped above
