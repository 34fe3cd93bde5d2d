"""Addresses for machines: robots.txt and security.txt."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from emca_site.core.models import SiteSettings

# Drafts that were sent to somebody are not listed: their response tells robots not to index
# them, which a robot that may not fetch it would never see.
NOT_FOR_ROBOTS = ("/admin/", "/search/", "/feedback/")


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    disallowed = [f"Disallow: {address}" for address in NOT_FOR_ROBOTS]
    return _text(["User-agent: *", *disallowed, "", f"Sitemap: {settings.SITE_URL}/sitemap.xml"])


@require_safe
@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """Serve security.txt, which names a contact for vulnerabilities; 404 if it is out of date.

    RFC 9116 requires an expiry date, so that a person reviews the file before then.
    """
    contact = SiteSettings.read(request).contact
    if datetime.now(UTC).date() >= settings.SECURITY_TXT_EXPIRES:
        raise Http404("SECURITY_TXT_EXPIRES is not set, or has passed.")
    if not contact or not contact.email:
        raise Http404("No contact is set.")
    return _text(
        [
            f"Contact: mailto:{contact.email}",
            f"Expires: {settings.SECURITY_TXT_EXPIRES.isoformat()}T00:00:00Z",
            "Preferred-Languages: en",
            f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        ]
    )
