"""Addresses on this site that stand inside something else: words, or an address elsewhere by which
a page is shared, translated, mailed or kept."""

import re
from itertools import islice
from urllib.parse import unquote

from emca_site.publishing.lifecycle.addresses.own import own_address, own_hosts

_PARTED = re.compile(r"[?&#;=]")
_SLASH = re.compile(r"[/\\]")
_SLASHES = re.compile(r"[/\\]{2,}")
_END = re.compile(r"[\s<>\"'“”\u2019]")
_PATH_ALONE = re.compile(r"(?<![\w/:.@%-])/[a-z0-9][a-z0-9-]*/[a-z0-9/-]*")
_AFTER_A_WORD = ".,;:!)]'"
_MOST = 50  # in one text; more than that nobody types
_LAYERS = 3  # how often an address may be encoded that a program decodes again


def addresses_inside(typed: str) -> list[str]:
    """The addresses here that an address holds beside where it leads itself."""
    leads_here = own_address(typed) is not None
    found = []
    for number, part in enumerate(_PARTED.split(typed)):
        text = _decoded(part)
        if number or not leads_here:
            found += addresses_in(text)
        if number and leads_here and text.startswith("/"):
            found.append(text)
    return list(dict.fromkeys(found))


def addresses_in_words(text: str) -> list[str]:
    """The addresses here that a reader could follow out of words, with or without a host."""
    paths = (match[0] for match in islice(_PATH_ALONE.finditer(text), _MOST))
    return list(dict.fromkeys([*addresses_in(text), *paths]))


def addresses_in(text: str) -> list[str]:
    """Each address on a host of ours in a text, without its scheme."""
    if not _SLASH.search(text):
        return []
    hosts = own_hosts()
    for host in hosts:  # as it is spelt where pages are translated
        spelt = host.replace("-", "--").replace(".", "-")
        text = text.replace(f"{spelt}.translate.goog", host)
    names = "|".join(map(re.escape, hosts))
    bare = re.finditer(rf"(?<![\w.@/\\-])(?:{names})(?::\d*)?[/\\]", text, re.IGNORECASE)
    starts = [f"//{_first(text[match.start() :])}" for match in islice(bare, _MOST)]
    slashes = islice(_SLASHES.finditer(text), _MOST)
    starts += [f"//{_first(text[match.end() :])}" for match in slashes]
    return list(dict.fromkeys(each for each in starts if own_address(each)))


def _first(text: str) -> str:
    return _END.split(text, maxsplit=1)[0].rstrip(_AFTER_A_WORD)


def _decoded(part: str) -> str:
    for _ in range(_LAYERS):
        part = unquote(part)
    return part
