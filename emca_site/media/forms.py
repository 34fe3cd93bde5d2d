import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.utils.file import hash_filelike

from emca_site.media.fields import DocumentField, PictureField
from emca_site.media.models import SiteDocument
from emca_site.media.tasks import make_renditions_of
from emca_site.media.use import IN_USE, is_in_use

NOT_STORED = (
    "The file could not be stored: the place where files are kept does not answer, or is full. "
    "Nothing was saved. Try again in a few minutes."
)

SENT_BEFORE = (
    "You uploaded this very file as “{}” a few minutes ago, so it is not stored a second time. Use "
    "that one, or change its title there."
)
JUST_NOW = timedelta(minutes=10)

logger = logging.getLogger(__name__)


class FileInUseMixin:
    """Refuses a new file for what is live, scheduled or waiting: it would go public unapproved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_in_use = bool(self.instance.pk) and is_in_use(self.instance)
        if self.is_in_use:
            self.fields.pop("file", None)
            if "title" in self.fields:
                self["title"].help_text = IN_USE

    def clean(self):
        cleaned = super().clean()
        # Sent by a form that was opened earlier, or by hand.
        if self.is_in_use and self.add_prefix("file") in self.files:
            raise ValidationError(IN_USE)
        return cleaned


class OwnFileFieldMixin:
    """Uses our own file field, because Wagtail has no setting for the field of these forms."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = self.file_field.in_place_of(self.fields["file"])


class StoredWhenCheckedMixin:
    """Stores the new file while the form is validated, so that a failure becomes a form error.

    The file that it replaces is deleted after the commit, so that a rollback leaves it there.
    """

    def _post_clean(self):
        super()._post_clean()
        if "file" in self.changed_data and not self.errors:
            try:
                self._store(self.instance.file)
            except OSError:
                logger.exception("An uploaded file could not be stored; check the file storage")
                self.add_error("file", NOT_STORED)

    def _store(self, file) -> None:
        name = file.field.generate_filename(self.instance, file.name)
        # Like `file.save()`, but it leaves the content open, because Wagtail reads it next.
        file.name = file.storage.save(name, file.file, max_length=file.field.max_length)
        file._committed = True

    def save(self, commit=True):
        replaced, self.original_file = self.original_file, None
        obj = super().save(commit)
        if commit and replaced and "file" in self.changed_data:
            transaction.on_commit(lambda: replaced.storage.delete(replaced.name), robust=True)
        return obj


class SiteImageForm(FileInUseMixin, OwnFileFieldMixin, StoredWhenCheckedMixin, BaseImageForm):
    """The form of a picture, without the fields of publishing."""

    file_field = PictureField

    def save(self, commit=True):
        image = super().save(commit)
        if commit and "file" in self.changed_data:
            image.renditions.all().delete()  # they show the old picture
        # After the commit: the task reads the row, and a refused upload must make no renditions.
        # Some of Wagtail's views save the row themselves after this method.
        transaction.on_commit(lambda: image.pk and make_renditions_of.enqueue(image.pk))
        return image


class SiteDocumentForm(FileInUseMixin, OwnFileFieldMixin, StoredWhenCheckedMixin, BaseDocumentForm):
    """The form of a file, without the fields of publishing."""

    file_field = DocumentField

    def clean_file(self):
        """Refuse the file of a form that is sent again, which would make a second document."""
        file = self.cleaned_data["file"]
        if file and self.user and not self.instance.pk:
            own = SiteDocument.objects.filter(
                uploaded_by_user=self.user, created_at__gte=timezone.now() - JUST_NOW
            )
            if twin := own.filter(file_hash=hash_filelike(file)).first():
                raise ValidationError(SENT_BEFORE.format(twin.title))
        return file

    def __init__(self, *args, **kwargs):
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        warnings = self.instance.warnings()
        if warnings and "title" in self.fields:
            self["title"].help_text = " ".join([self["title"].help_text, *warnings]).strip()
