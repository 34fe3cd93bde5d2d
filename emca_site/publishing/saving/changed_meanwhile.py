"""Edit conflicts of what has no versions: a form overwrites nothing that it did not show."""

import hashlib
import re
from types import new_class

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms.models import model_to_dict

CHANGED_MEANWHILE = (
    "Somebody else, or you in another window, changed this after you opened it. Nothing you typed "
    "here is saved yet, and all of it is still in this form. Look in a new tab at what it says "
    "now, take over here what should stay, then save again: that replaces it."
)
# Blocks that were stored without an id have a new one in each reading.
BLOCK_IDS = re.compile(r'"id": "[^"]*"')


class ChangedMeanwhileMixin(metaclass=forms.forms.DeclarativeFieldsMetaclass):
    """Refuses once to save a record that was changed after the form was opened.

    The form shown again belongs to the present state. List the mixin before Wagtail's form.
    """

    opened_as = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lists = list(getattr(self, "formsets", {}).values())
        self.remember_state()
        if not self.instance.pk:
            del self.fields["opened_as"]

    def remember_state(self):
        """Set the digest that the form carries, for what it shows now."""
        self._stands_as = self.initial["opened_as"] = self._state() if self.instance.pk else ""

    @property
    def changed_data(self):
        return [name for name in super().changed_data if name != "opened_as"]

    def clean(self):
        cleaned = super().clean()
        opened_as = self.cleaned_data.get("opened_as")
        if opened_as and opened_as != self._stands_as and self._has_changes():
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_as")] = self._stands_as
            self.add_error(None, CHANGED_MEANWHILE)
        return cleaned

    def _has_changes(self) -> bool:
        return self.has_changed() or any(each.has_changed() for each in self.lists)

    def _state(self) -> str:
        """Return a digest of the record's fields that the form shows, and of the lists with it."""
        state = [self._value(name) for name in self.fields if name in self.initial]
        for each in self.lists:
            if hasattr(each, "get_queryset"):
                state += [model_to_dict(row) for row in each.get_queryset()]
            else:
                state.append(each.initial)
        return hashlib.sha256(repr(state).encode()).hexdigest()[:16]

    def _value(self, name: str) -> str:
        value = self.initial[name]
        if isinstance(value, list):
            return str(sorted(str(getattr(each, "pk", each)) for each in value))
        try:
            field = self.instance._meta.get_field(name)
        except FieldDoesNotExist:
            return str(value)
        if isinstance(field, models.FileField):
            return str(value)
        return BLOCK_IDS.sub("", field.value_to_string(self.instance))


class EditRecordMixin:
    """Makes one of Wagtail's edit views refuse once what was changed after its form was opened."""

    def setup(self, request, *args, **kwargs):
        if request.method == "POST":
            # Simultaneous saves must run one after the other.
            [pk] = kwargs.values()
            self.model._base_manager.select_for_update().filter(pk=pk).values("pk").first()
        super().setup(request, *args, **kwargs)

    def get_form_class(self):
        form = super().get_form_class()
        if issubclass(form, ChangedMeanwhileMixin):
            return form
        return new_class(form.__name__, (ChangedMeanwhileMixin, form))

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        form.lists += self.get_lists()
        form.remember_state()
        return form

    def get_lists(self) -> list:
        """Return the formsets that the view shows beside its form."""
        return []
