"""Answers that are not pages: what is refused and what is not there."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    """The answer in the site's clothes, or in plain words when the database is gone."""
    try:
        return render(request, f"{status}.html", status=status)
    except DatabaseError:
        return render(request, f"{status}_plain.html", status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    return _answer(request, 404)
