"""Error responses: bad requests, refusals and pages that do not exist."""

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from emca_site.publishing.saving.malformed import TOO_LONG
from emca_site.publishing.saving.signed_out import SIGNED_IN_SINCE, SIGNED_OUT, hand_back
from home.nearest import nearest_pages


def _answer(request: HttpRequest, status: int, **context) -> HttpResponse:
    """Render the error page with the site's layout, or a plain one if that cannot be rendered."""
    try:
        return render(request, f"{status}.html", context, status=status)
    except (DatabaseError, SuspiciousOperation):  # no database, or a host that is not ours
        return render(request, f"{status}_plain.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    if not isinstance(exception, TooManyFieldsSent | RequestDataTooBig):
        return _answer(request, 400)
    if request.accepts("text/html"):
        return _answer(request, 400, what="We cannot take so much at once", why=TOO_LONG)
    # An autosave of the desk shows it beside the form and leaves the form as it is.
    said = {"success": False, "error_code": "too_long", "error_message": TOO_LONG}
    return JsonResponse(said, status=400)


def forbidden(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    return _answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Respond when a form came from another site, or from before its user signed in or out."""
    handed_back = None
    if request.path.startswith(reverse("wagtailadmin_home")):
        why = SIGNED_IN_SINCE if request.user.is_authenticated else SIGNED_OUT
        handed_back = hand_back(request, why)
    return handed_back or _answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    try:
        nearest = nearest_pages(request.path)
    except DatabaseError:
        nearest = []
    return _answer(request, 404, nearest=nearest)
