import hashlib
import uuid
from pathlib import PurePosixPath

from django.core.files import File
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.log_actions import get_active_log_context
from wagtail.permissions import policy_registry

from emca_site.media.addresses import with_grant
from emca_site.media.stored import MISSING
from emca_site.uploads.decoded import DecodedPicture, FilterOfDecoded, one_picture_at_a_time
from emca_site.uploads.documents import is_locked_pdf

LONGEST_NAME = 60  # leaves room in the column for the folder before it and a suffix behind it


def in_own_folder(folder: uuid.UUID, storage, filename: str) -> str:
    """Return `<uuid>/<name>`: the folder cannot be guessed, the name is readable."""
    name = PurePosixPath(storage.get_valid_name(filename))
    return f"{folder}/{name.stem[-LONGEST_NAME:]}{name.suffix.lower()}"


def document_upload_to(document: "SiteDocument", filename: str) -> str:
    return in_own_folder(document.uuid, document.file.field.storage, filename)


class TeamsOwnMixin:
    """Shows its title on the desk only to users with rights over its collection."""

    # A user with one of these rights over its collection sees it on the desk.
    SHOWN_BY = ("choose", "change", "delete")

    def is_hidden(self) -> bool:
        """Whether it is hidden from this request's user. False if there is no user."""
        user = get_active_log_context().user
        if not user or not self.pk:
            return False
        policy = policy_registry.get(self)
        return not policy.user_has_any_permission_for_instance(user, self.SHOWN_BY, self)

    @classmethod
    def visible_to(cls, user) -> models.QuerySet:
        policy = policy_registry.get_by_type(cls)
        return policy.instances_user_has_any_permission_for(user, cls.SHOWN_BY)

    def __str__(self):
        if self.is_hidden():
            return f"A {self._meta.verbose_name} of another team"
        return super().__str__()


class HashedFileMixin:
    """Hashes the file as it is in the storage, not as the row describes it."""

    def hash_of_file(self) -> str:
        """Return the SHA-256 of the stored file, or "" if the storage does not answer."""
        digest = hashlib.sha256()
        try:
            with self.file.storage.open(self.file.name) as file:
                for chunk in file.chunks():
                    digest.update(chunk)
        except MISSING:
            return "no file"
        except OSError:
            return ""
        return digest.hexdigest()


class SiteImage(HashedFileMixin, TeamsOwnMixin, AbstractImage):
    """A picture. Its title is for staff; its description is read out to visitors."""

    alt_text_field = "description"  # other sites use it beside a shared link

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        # The title is often a file name, so it is never offered as alternative text.
        return "" if self.is_hidden() else self.description

    def get_upload_to(self, filename):
        return in_own_folder(self.uuid, self.file.field.storage, filename)

    def create_renditions(self, *filters):
        made = self.rendition_files(*filters)
        return {
            each: self.renditions.get_or_create(
                filter_spec=each.spec,
                focal_point_key=each.get_cache_key(self),
                defaults={"file": file},
            )[0]
            for each, file in made.items()
        }

    def rendition_files(self, *filters: Filter) -> dict[Filter, File]:
        """Make these renditions from one decoding of the picture; Wagtail decodes it for each."""
        if not filters:
            return {}
        with one_picture_at_a_time, self.open_file() as file:
            picture = DecodedPicture.of(file)
            return {
                each: self.generate_rendition_file(FilterOfDecoded(each.spec, picture))
                for each in filters
            }

    def addresses(self) -> list[str]:
        """Return the addresses of its original and of its renditions."""
        return [self.file.url, *(rendition.url for rendition in self.renditions.all())]


class SiteImageRendition(AbstractRendition):
    """A picture at one size and format, beside its original."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            ),
        ]

    @property
    def url(self) -> str:
        return with_grant(super().url)

    def get_upload_to(self, filename):
        # Wagtail made a unique name from original, filter and focal point: do not shorten it.
        return f"{self.image.uuid}/{filename}"


class SiteDocument(HashedFileMixin, TeamsOwnMixin, AbstractDocument):
    """A file to download."""

    heading_fields = ["title"]

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=document_upload_to)
    is_locked = models.BooleanField(default=False, editable=False)

    LARGE = 10 * 1024 * 1024  # bytes: takes minutes on a slow mobile connection

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "file"
        permissions = [("choose_document", "Can choose document")]

    @property
    def url(self) -> str:
        return with_grant(reverse("file", args=[self.uuid, self.filename]))

    def addresses(self) -> list[str]:
        return [self.url]

    def clean(self):
        if self.file:  # Wagtail's check would report a missing extension for a refused file
            super().clean()

    def _set_document_file_metadata(self):
        # Wagtail calls this for every new file, whichever view took it.
        super()._set_document_file_metadata()
        self.is_locked = is_locked_pdf(self.file)
        self.file.seek(0)

    def warnings(self) -> list[str]:
        """Return advice for the editor about this file. The editor decides what to do about it."""
        said = []
        if self.is_locked:
            said.append(
                "This PDF has a password: people may not be able to open it, and screen readers "
                "may not be able to read it. Save it without one and upload that."
            )
        if (self.file_size or 0) > self.LARGE:
            said.append(
                f"This file is large ({filesizeformat(self.file_size)}): on a phone it takes "
                "minutes to fetch. Make it smaller if you can, or put it on a page instead."
            )
        return said
