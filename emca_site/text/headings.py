"""Ids for the headings of a page, so that a list of contents can link to them."""

import re
from dataclasses import dataclass, field
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import slugify

# Ids that every page template uses itself.
OWN_IDS = {"main", "site-nav", "latest", "contact", "feedback", "useful", "words"}
# Ids that only some page templates use.
PLACES_ON_PAGES = {"evidence", "history", "news", "notes", "progress", "related", "what-changed"}


@dataclass(frozen=True)
class Heading:
    text: str
    anchor: str


@dataclass
class Anchors:
    """Gives each heading of one page a unique id, the same each time the page is rendered.

    Call it with the headings in the order in which they stand.
    """

    taken: set[str] = field(default_factory=lambda: set(OWN_IDS))

    def __call__(self, text: str) -> str:
        stem = anchor = slugify(text)[:60].strip("-") or "section"
        number = 1
        while anchor in self.taken:
            number += 1
            anchor = f"{stem}-{number}"
        self.taken.add(anchor)
        return anchor


_H2 = re.compile(r"<h2[^>]*>(?P<inside>.*?)</h2>", re.DOTALL)


def _words(inside: str) -> str:
    return unescape(strip_tags(inside)).strip()


def headings_of(html: str) -> list[str]:
    """Return the text of each second-level heading, in order."""
    return [_words(match["inside"]) for match in _H2.finditer(html)]


def with_anchors(html: str, anchors: Anchors) -> str:
    """Return the HTML with an id on each second-level heading."""
    return _H2.sub(
        lambda match: f'<h2 id="{anchors(_words(match["inside"]))}">{match["inside"]}</h2>', html
    )
