"""Make every Django form field for a date or a time accept what people write."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.core.exceptions import ValidationError

from emca_site.publishing.uk_time.clock_changes import why_no_moment
from emca_site.publishing.uk_time.typed_dates import read_day, read_moment, read_time

READERS = {forms.DateField: read_day, forms.DateTimeField: read_moment, forms.TimeField: read_time}


def read_what_people_write() -> None:
    """Replace `to_python` of Django's own date and time fields.

    Wagtail makes such fields where it takes no class of ours: in its filters and its blocks.
    """
    for field, read in READERS.items():
        field.to_python = _reading(field.to_python, read)


def _reading(to_python: Callable, read: Callable) -> Callable:
    @wraps(to_python)
    def reading(self, value):
        if isinstance(value, str):
            # A DateTimeField with a date picker takes a day, which stands for its start.
            reader = read_day if isinstance(self.widget, forms.DateInput) else read
            value = reader(value) if value.strip() else None
        try:
            return to_python(self, value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            # Django's own message names a time zone and does not say what to type instead.
            raise ValidationError(why_no_moment(value), code="clock_change") from error

    return reading
