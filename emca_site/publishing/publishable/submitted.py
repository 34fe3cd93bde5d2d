"""Reading form data on the desk: a value that its widget cannot read is a bad request."""

import logging

from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation, ValidationError
from django.db import DataError, IntegrityError
from django.db.models import BigIntegerField
from django.forms import Widget
from django.forms.models import ModelChoiceIterator
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.models import WagtailAdminModelFormMetaclass
from wagtail.admin.widgets.chooser import BaseChooser

logger = logging.getLogger(__name__)

# Widgets raise these for values that their own scripts never send.
UNREADABLE = (
    AttributeError,
    DataError,
    LookupError,
    ObjectDoesNotExist,
    OverflowError,
    TypeError,
    ValidationError,
    ValueError,
)


class SubmittedMixin:
    """Raises `SuspiciousOperation` for values that a widget cannot read or a table cannot hold.

    List it before Wagtail's form. Any other failure is a bug and stays a server error.
    """

    def _widget_data_value(self, widget, html_name):
        try:
            value = super()._widget_data_value(widget, html_name)
            refuse_what_is_no_key(widget, value)
        except UNREADABLE as error:
            raise refused(html_name, error) from error
        return value

    def save(self, commit=True):
        try:
            return super().save(commit)
        except IntegrityError as error:
            # The form data sent an existing row again as a new one.
            raise refused(self.prefix or "form", error) from error


def refuse_what_is_no_key(widget: Widget, value) -> None:
    """Raise `ValueError` for a key that a chooser cannot render or a database cannot look up."""
    is_chooser = isinstance(widget, BaseChooser)
    if not is_chooser and not isinstance(getattr(widget, "choices", None), ModelChoiceIterator):
        return
    for each in value if isinstance(value, list) else [value]:
        if is_chooser and each:
            int(each)
        if str(each).isdecimal() and int(each) > BigIntegerField.MAX_BIGINT:
            raise ValueError(f"{each} is larger than any key.")


def refused(what: str, error: Exception) -> SuspiciousOperation:
    logger.warning(
        "Form data refused, nothing was saved: %s. No form of the desk sends such data; if an "
        "editor reports it, the traceback shows where it could not be read.",
        what,
        exc_info=error,
    )
    return SuspiciousOperation(f"What the form sent cannot be read: {what}.")


class RowForm(SubmittedMixin, WagtailAdminModelForm):
    """The form of a row in an inline list."""


class SubmittedFormMetaclass(WagtailAdminModelFormMetaclass):
    """Makes the rows of a form's inline lists with `RowForm`."""

    @classmethod
    def child_form(cls):
        return RowForm
