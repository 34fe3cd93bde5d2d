"""Find addresses of this site inside text, or inside other addresses.

Other addresses contain them to share, translate, mail or save a page.
"""

import re
from itertools import islice
from urllib.parse import unquote

from emca_site.publishing.lifecycle.addresses.own import own_address, own_hosts

_PARTED = re.compile(r"[?&#;=]")
_ON_THIS_PAGE = ("?", "#")
_SLASH = re.compile(r"[/\\]")
_SLASHES = re.compile(r"[/\\]{2,}")
_END = re.compile(r"[\s<>\"'“”\u2019]")
_PATH_ALONE = re.compile(r"(?<![\w/:.@%-])/[a-z0-9][a-z0-9-]*/[a-z0-9/-]*")
_TWO_STEPS = re.compile(r"/[^/\\]+/[^/\\]")
_AFTER_A_WORD = ".,;:!)]'"
_MOST = 50  # addresses in one text; nobody types more than that
_LAYERS = 3  # how often an address may be percent-encoded inside another


def addresses_inside(typed: str) -> list[str]:
    """Return the addresses of this site that an address contains, besides its own target."""
    leads_here = own_address(typed) is not None or typed.lstrip().startswith(_ON_THIS_PAGE)
    found = []
    for number, part in enumerate(_PARTED.split(typed)):
        text = _decoded(part)
        if number or not leads_here:
            found += addresses_in(text)
        if number and leads_here and text.startswith("/"):
            found.append(text)
    return list(dict.fromkeys(found))


def paths_carried(typed: str) -> list[str]:
    """Return the paths that another site's address carries and that may be meant for this site.

    Each has at least two steps: one alone, such as `?next=/login/`, stands in too many addresses.
    """
    if own_address(typed) is not None or typed.lstrip().startswith(_ON_THIS_PAGE):
        return []
    texts = [_decoded(part) for part in _PARTED.split(typed)[1 : _MOST + 1]]
    return [text for text in dict.fromkeys(texts) if _TWO_STEPS.match(text)]


def addresses_in_words(text: str) -> list[str]:
    """Return the addresses of this site in a text, with or without a host."""
    paths = (match[0] for match in islice(_PATH_ALONE.finditer(text), _MOST))
    return list(dict.fromkeys([*addresses_in(text), *paths]))


def addresses_in(text: str) -> list[str]:
    """Return each address on one of the site's own hosts in a text, without its scheme."""
    if not _SLASH.search(text):
        return []
    hosts = own_hosts()
    for host in hosts:  # Google Translate spells the host in its own way
        spelt = host.replace("-", "--").replace(".", "-")
        text = text.replace(f"{spelt}.translate.goog", host)
    names = "|".join(map(re.escape, hosts))
    bare = re.finditer(rf"(?<![\w.@-])(?:{names})(?::\d*)?[/\\]", text, re.IGNORECASE)
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
