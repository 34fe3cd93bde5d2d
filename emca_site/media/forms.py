from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from emca_site.media.tasks import make_renditions_of
from emca_site.media.use import IN_USE, is_used_live


class FileInUseMixin:
    """Keeps the file of what something live uses: a new file would change it unapproved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_in_use = bool(self.instance.pk) and is_used_live(self.instance)
        if self.is_in_use:
            self.fields.pop("file", None)
            if "title" in self.fields:
                self["title"].help_text = IN_USE

    def clean(self):
        cleaned = super().clean()
        # Sent all the same: by a form that was opened before, or by hand.
        if self.is_in_use and self.add_prefix("file") in self.files:
            raise ValidationError(IN_USE)
        return cleaned


class SiteImageForm(FileInUseMixin, BaseImageForm):
    """The form behind every way to upload or change a picture."""

    def save(self, commit=True):
        image = super().save(commit)
        if commit:
            # After the commit: the task reads the row, and a refused upload makes nothing.
            transaction.on_commit(lambda: make_renditions_of.enqueue(image.pk))
        return image


class SiteDocumentForm(FileInUseMixin, BaseDocumentForm):
    """The form behind every way to upload or change a file."""
