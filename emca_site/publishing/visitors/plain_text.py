"""Clean the text that visitors send."""

import re

from django import forms

# Control characters could break a mail, a page or a spreadsheet; line ends and tabs stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class PlainTextField(forms.CharField):
    """A CharField that removes control characters. A line end counts as one character."""

    def to_python(self, value):
        text = "" if value is None else str(value)
        return super().to_python(_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
