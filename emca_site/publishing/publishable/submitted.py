"""Where form data of the desk is read: a value that its widget cannot read is a bad request."""

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

# What a widget raises for a value that its own script does not send.
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
    """Raises `SuspiciousOperation` for what no widget can read and no table can hold.

    Put it before Wagtail's form. Whatever else fails is a bug, and stays an error of the server.
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
            # A row that is there already was sent again, as a new one.
            raise refused(self.prefix or "form", error) from error


def refuse_what_is_no_key(widget: Widget, value) -> None:
    """Raise ValueError for what a chooser could not render, or a database could not look up."""
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
        "Form data refused, nothing of it is saved: %s. No form of the desk sends such data; if "
        "an editor reports it, the traceback says where it could not be read.",
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
