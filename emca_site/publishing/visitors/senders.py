"""Decide who may post without an account, and how often.

The forms are on pages that are cached for everybody, so they have no CSRF token.
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
    """Whether the request's headers show that the form was on a page of this site.

    Every current browser sends Sec-Fetch-Site; older ones send Origin with each POST.
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
    """Whether the body has the content type that our forms send, which has no files."""
    return request.content_type == FORM


def is_too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Whether one address has sent more than `most` forms of the kind `what` in an hour.

    The address is stored only as a digest, in the cache, for that hour.
    """
    digest = salted_hmac("emca_site.feedback", _network(request)).hexdigest()
    key = f"{what}-{digest}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # the cache entry expired in between
        return False


def _network(request: HttpRequest) -> str:
    """Return the sender's IP address; for IPv6 its /64 network, which one household shares."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY_HEADERS:
        # The proxy appends the address that it saw; a sender may have invented what comes before.
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        address = forwarded or address
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
