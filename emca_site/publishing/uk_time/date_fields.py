"""Every form field for a date or a time takes what people write."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.core.exceptions import ValidationError

from emca_site.publishing.uk_time.clock_changes import why_no_moment
from emca_site.publishing.uk_time.typed_dates import read_day, read_moment, read_time

READERS = {forms.DateField: read_day, forms.DateTimeField: read_moment, forms.TimeField: read_time}


def read_what_people_write() -> None:
    """Replace how Django's own fields read text.

    Wagtail makes such fields in many places that take no class of ours: its filters, its blocks.
    """
    for field, read in READERS.items():
        field.to_python = _reading(field.to_python, read)


def _reading(to_python: Callable, read: Callable) -> Callable:
    @wraps(to_python)
    def reading(self, value):
        if isinstance(value, str):
            # A moment that is chosen from a calendar of days alone is the start of one.
            reader = read_day if isinstance(self.widget, forms.DateInput) else read
            value = reader(value) if value.strip() else None
        try:
            return to_python(self, value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            # Django's own words name a time zone and no way out.
            raise ValidationError(why_no_moment(value), code="clock_change") from error

    return reading
