"""Respond at the address of a page that was replaced or published in error."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render


def answer_for(gone, request: HttpRequest) -> HttpResponse:
    """Return a redirect to the page that replaced it, or else a 410 page that says why it is gone.

    `gone` is a `Retirement`.
    """
    try:
        if successor := gone.leads_to():
            return HttpResponsePermanentRedirect(successor.get_url(request))
        return render(request, "410.html", {"gone": gone}, status=410)
    except DatabaseError:
        return render(request, "410_plain.html", {"gone": gone}, status=410)
