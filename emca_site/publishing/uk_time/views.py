"""Show people who type a date or a time how it is understood."""

from datetime import date, datetime, time

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from emca_site.publishing.uk_time.times import clock, in_words

FIELDS = {
    "day": forms.DateField(required=False),
    "moment": forms.DateTimeField(required=False),
    "time": forms.TimeField(required=False),
}


@require_safe
def typed_date(request: HttpRequest) -> JsonResponse:
    """Read a text as the form field that it is typed into would read it.

    The query has `kind` (day, moment or time) and `text`. The JSON has `words`, for people, and
    `iso`, for the calendar, both in UK time; or an `error` message.
    """
    field = FIELDS.get(request.GET.get("kind", ""))
    if field is None:
        raise BadRequest("The kind is one of day, moment and time.")
    try:
        value = field.clean(request.GET.get("text", ""))
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)})
    if value is None:
        return JsonResponse({"words": "", "iso": ""})
    return JsonResponse({"words": understood_in_words(value), "iso": _iso(value)})


def understood_in_words(value: date | datetime | time) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value)
        return f"{in_words(value)}{_which_twelve(value.time())}"
    if isinstance(value, date):
        return date_format(value, "l j F Y")
    return f"{clock(value)}{_which_twelve(value)}"


def _which_twelve(value: time) -> str:
    """Return “noon” or “midnight” for 12 o'clock, as people mean two things by 12am."""
    if value == time(0):
        return " (midnight, as the day begins)"
    return " (noon)" if value == time(12) else ""


def _iso(value: date | datetime | time) -> str:
    """Return the value in UK time, in the format of the calendar's own text boxes."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return f"{value:%H:%M}" if isinstance(value, time) else f"{value:%Y-%m-%d}"
