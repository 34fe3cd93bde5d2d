"""Find addresses that only staff can open, that a mail program changed, or that lead nowhere."""

import re
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from emca_site.publishing.checks.gate.pieces import Address
from emca_site.publishing.checks.gate.rules.rule import refuses, warns
from emca_site.publishing.lifecycle.addresses import own_address
from emca_site.publishing.lifecycle.addresses.own import LOCAL, host_of
from emca_site.publishing.lifecycle.addresses.targets import is_not_for_readers

# Hosts that mail programs and search engines redirect through, each with the query parameter that
# has the true address; empty if it is in the path.
_WRAPPERS = {
    "safelinks.protection.outlook.com": "url",
    "statics.teams.cdn.office.net": "url",
    "urldefense.proofpoint.com": "u",
    "urldefense.com": "",
    "www.google.com": "q",
    "www.google.co.uk": "q",
}
_ONLY_HERE = ("local", "localhost", "internal", "intranet", "lan", "corp", "home.arpa", "test")
# Most files on these hosts open only for the people they were shared with.
_SHARED = (
    "sharepoint.com",
    "onedrive.live.com",
    "1drv.ms",
    "teams.microsoft.com",
    "drive.google.com",
    "dropbox.com",
)
_ON_A_COMPUTER = re.compile(r"file:|smb:|[a-z]:[\\/]|\\\\", re.IGNORECASE)


def _parts(typed: str) -> tuple[str, str, str]:
    """Return the host, path and query of a web address; empty strings for anything else."""
    try:
        parts = urlsplit(typed.strip())
    except ValueError:  # brackets that do not close
        return "", "", ""
    is_web = parts.scheme in ("http", "https")
    return (host_of(parts.netloc), parts.path, parts.query) if is_web else ("", "", "")


def _is_below(host: str, names) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def _is_only_here(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return _is_below(host, _ONLY_HERE) or (bool(host) and "." not in host)


def _unwrapped(typed: str) -> str | None:
    """Return the address inside one that a mail program or a search engine wrapped.

    Return an empty string if it cannot be read, and None if the address is not wrapped.
    """
    host, path, query = _parts(typed)
    for wrapper, name in _WRAPPERS.items():
        is_search = wrapper.startswith("www.google")
        if _is_below(host, [wrapper]) and not (is_search and path != "/url"):
            inside = parse_qs(query).get(name, [""])[0] or unquote(path).partition("__")[2]
            inside = inside.partition("__;")[0]
            return inside if inside.startswith(("http://", "https://")) else ""
    return None


@refuses(Address)
def address_for_staff_only(address, reading):
    own = own_address(address.typed)
    host = _parts(address.typed)[0]
    own_host = host_of(urlsplit(settings.SITE_URL).netloc)
    if own and is_not_for_readers(own):
        yield (
            f"“{address.name}” leads to the desk or to a draft, which readers cannot open. Choose "
            "the page that you mean instead."
        )
    elif _ON_A_COMPUTER.match(address.typed.strip()):
        yield (
            f"“{address.name}” leads to a file on a computer or a drive of ours. Upload the file "
            "and choose it."
        )
    elif _is_only_here(host) and host != own_host and not (settings.DEBUG and host in LOCAL):
        yield (
            f"“{address.name}” leads to “{host}”, which opens only inside our own network or on "
            "this computer. Give the address that the public uses, or upload the file."
        )


@refuses(Address)
def address_is_wrapped(address, reading):
    inside = _unwrapped(address.typed)
    if inside:
        yield (
            f"“{address.name}” leads through a mail program or a search engine. Give the address "
            f"inside: {inside}"
        )
    elif inside is not None:
        yield (
            f"“{address.name}” leads through a mail program or a search engine. Open it, and give "
            "the address that you come to."
        )


@refuses(Address)
def address_holds_a_user_name(address, reading):
    host = _parts(address.typed)[0]
    if host and "@" in urlsplit(address.typed.strip()).netloc:
        yield (
            f"“{address.name}” holds a user name or a password before the “@”. Take it out: "
            f"everybody could read it, and the address leads to “{host}”."
        )


@warns(Address)
def address_is_shared_with_some(address, reading):
    if _is_below(_parts(address.typed)[0], _SHARED):
        yield (
            f"“{address.name}” leads to a place where files are shared with some people only. Open "
            "it in a private window: if it asks who you are, upload the file here instead."
        )


@warns(Address)
def address_leads_to_nothing_public(address, reading):
    """Yield the same message for a draft as for an address that does not exist."""
    own = own_address(address.typed)
    is_shown = reading.targets[address.typed].shown or not address.typed.strip()
    if not is_shown and not (own and is_not_for_readers(own)):
        yield (
            f"“{address.name}” gives an address here where readers find nothing yet. Until they "
            "do, the words stand there without a link. Check it, or choose the page."
        )


@warns(Address)
def address_of_no_place_on_the_page(address, reading):
    typed = address.typed.strip()
    if typed.startswith("#") and reading.anchors is not None:
        anchor = unquote(typed[1:])
        if anchor and anchor not in reading.anchors:
            places = ", ".join(f"#{each}" for each in reading.anchors[:5])
            yield (
                f"“{address.name}” leads to “{typed}”, and no heading of this page has that name. "
                f"There are: {places}."
            )
