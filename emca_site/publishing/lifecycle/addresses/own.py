"""Read an address as a browser would, and decide whether it leads to this site."""

import re
from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from wagtail.models import Site

_STRIPPED = "".join(map(chr, range(0x21)))  # browsers ignore these at both ends
_IGNORED = re.compile(r"[\t\n\r]")  # and these anywhere
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.DOTALL)
_PARTS = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_DOTS = ".\u3002\uff0e\uff61"  # browsers read each as the dot of a host
_LONGEST_KEY = 255  # the length of the object id in Wagtail's reference index
LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class OwnAddress:
    """An address on this site: the path as the site's handler reads it, and what follows it."""

    path: str  # decoded, without empty or dot segments
    rest: str  # the query and the fragment, as typed

    @property
    def page_path(self) -> str:
        """Return the path with a slash at its end, as pages have it."""
        return self.path if self.path.endswith("/") else f"{self.path}/"

    @property
    def key(self) -> str:
        """Return the key that all spellings of one address share."""
        return key_of(self.path)

    @property
    def can_be_looked_up(self) -> bool:
        """Whether the path is printable: no address has control characters.

        PostgreSQL raises an error for a NUL in a query.
        """
        return self.path.isprintable()

    @property
    def fragment(self) -> str:
        _, mark, fragment = self.rest.partition("#")
        return mark + fragment

    @property
    def printed(self) -> str:
        return quote(self.path, safe="/~@!$&'()*+,;=:-._") + self.rest


def key_of(path: str) -> str:
    return f"{path.rstrip('/')}/".casefold()[:_LONGEST_KEY]


def own_address(typed: str) -> OwnAddress | None:
    """Return the address on this site that was typed.

    Return None for another site, for a mail address and for an anchor on the same page.
    """
    text = _IGNORED.sub("", typed or "").strip(_STRIPPED)
    scheme = _SCHEME.fullmatch(text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return None
    path, query, fragment = _PARTS.fullmatch(scheme[2] if scheme else text).groups(default="")
    path = path.replace("\\", "/")
    if path.startswith("//"):
        host, slash, path = path.lstrip("/").partition("/")
        if host_of(host) not in own_hosts():
            return None
        path = slash + path
    elif not path and not scheme:
        return None  # an anchor or a query on the same page, or an empty text
    # Decoded once, as the server does: a page is looked up after an encoded slash is decoded.
    path = unquote(path)
    ending = "/" if path.endswith(("/", "/.", "/..")) else ""
    path = normpath(f"/{path.strip('/')}")
    return OwnAddress(path if path == "/" else path + ending, query + fragment)


def host_of(authority: str) -> str:
    """Return the host of `user:password@host:port`, in lower case and IDNA encoding."""
    host = unquote(authority.rpartition("@")[2])
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    host = host.partition(":")[0].strip(_DOTS)
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:  # not a valid host name
        return host.lower()


def own_hosts() -> set[str]:
    """Return every host of this site, from SITE_URL, ALLOWED_HOSTS and Wagtail's sites."""
    named = [
        name
        for allowed in settings.ALLOWED_HOSTS
        # “.example.org” allows every name below it, and most of those are other people's sites.
        for name in ([allowed[1:], f"www{allowed}"] if allowed.startswith(".") else [allowed])
        if "*" not in name
    ]
    sites = [urlsplit(root.root_url).netloc for root in Site.get_site_root_paths()]
    local = LOCAL if settings.DEBUG else ()
    return {host_of(each) for each in [urlsplit(settings.SITE_URL).netloc, *named, *sites, *local]}
