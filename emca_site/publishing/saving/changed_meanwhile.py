"""Edit conflicts of what has no versions: a form overwrites nothing that it did not show."""

import hashlib
import re

from django import forms
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
        self._stands_as = self.initial["opened_as"] = self._state() if self.instance.pk else ""
        if not self.instance.pk:
            del self.fields["opened_as"]

    @property
    def changed_data(self):
        return [name for name in super().changed_data if name != "opened_as"]

    def clean(self):
        cleaned = super().clean()
        opened_as = self.cleaned_data.get("opened_as")
        if opened_as and opened_as != self._stands_as and self.has_changed():
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_as")] = self._stands_as
            self.add_error(None, CHANGED_MEANWHILE)
        return cleaned

    def _state(self) -> str:
        """Return a digest of the record's fields that the form shows, and of its inline lists."""
        lists = [formset.rel_name for formset in getattr(self, "formsets", {}).values()]
        state = [self._value(name) for name in self.fields if name in self.initial]
        for name in lists:
            state += [model_to_dict(each) for each in getattr(self.instance, name).all()]
        return hashlib.sha256(repr(state).encode()).hexdigest()[:16]

    def _value(self, name: str) -> str:
        if isinstance(self.initial[name], list):
            return str(sorted(str(each) for each in self.initial[name]))
        field = self.instance._meta.get_field(name)
        if isinstance(field, models.FileField):
            return str(self.initial[name])
        return BLOCK_IDS.sub("", field.value_to_string(self.instance))
