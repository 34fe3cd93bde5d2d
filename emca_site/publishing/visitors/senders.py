"""Who may post without an account, and how often.

The forms stand on pages that a cache keeps for everybody, so they hold no token of one visitor.
"""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

FORM = "application/x-www-form-urlencoded"
SECONDS = 60 * 60


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of ours.

    Every current browser sends the first; older ones send the second with each post.
    """
    own = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    if origin := request.headers.get("Origin"):
        return origin in own
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    return f"{referrer.scheme}://{referrer.netloc}" in own


def is_a_plain_form(request: HttpRequest) -> bool:
    """Whether the body is of the kind that our forms send: no files."""
    return request.content_type == FORM


def is_too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Whether more came from one address in an hour than people send.

    Only the cache knows of the address, as a digest, for that hour.
    """
    digest = salted_hmac("emca_site.feedback", _network(request)).hexdigest()
    key = f"{what}-{digest}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out in between
        return False


def _network(request: HttpRequest) -> str:
    """The address of whoever sent the request; of IPv6 the part that one household has."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY_HEADERS:
        # The proxy adds what it saw at the end. What stands before that, anybody may invent.
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        address = forwarded or address
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
