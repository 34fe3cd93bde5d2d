import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.log_actions import get_active_log_context
from wagtail.models import ReferenceIndex, Revision
from wagtail.permissions import policy_registry

from emca_site.media.addresses import with_grant

LONGEST_NAME = 60  # with the folder before it and a suffix behind it, well inside the column


def in_own_folder(folder: uuid.UUID, storage, filename: str) -> str:
    """`<uuid>/<name>`: a folder nobody can guess, a name a person can read."""
    name = PurePosixPath(storage.get_valid_name(filename))
    return f"{folder}/{name.stem[-LONGEST_NAME:]}{name.suffix.lower()}"


def document_upload_to(document: "SiteDocument", filename: str) -> str:
    return in_own_folder(document.uuid, document.file.field.storage, filename)


class TeamsOwnMixin:
    """Shows its title on the desk only to those who may choose it, whoever asks by its number."""

    KNOWING = ["choose", "change", "delete"]

    def is_hidden(self) -> bool:
        """Whether the person at the desk in this request may not know of it. Nobody: no."""
        user = get_active_log_context().user
        if not user or not self.pk:
            return False
        policy = policy_registry.get(self)
        return not policy.user_has_any_permission_for_instance(user, self.KNOWING, self)

    def __str__(self):
        if self.is_hidden():
            return f"A {self._meta.verbose_name} of another team"
        return super().__str__()


class SiteImage(TeamsOwnMixin, AbstractImage):
    """A picture. Its title is for staff; what a reader hears is its description."""

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
        # Wagtail made the name: original, filter and focal point. It is unique, so keep it whole.
        return f"{self.image.uuid}/{filename}"


class SiteDocument(TeamsOwnMixin, AbstractDocument):
    """A file to download."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=document_upload_to)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "file"
        permissions = [("choose_document", "Can choose document")]

    @property
    def url(self) -> str:
        return with_grant(reverse("file", args=[self.uuid, self.filename]))


class GrantQuerySet(models.QuerySet):
    def about(self, thing: models.Model):
        """Those for one thing, whatever its version."""
        return self.filter(revision__in=Revision.objects.for_instance(thing))

    def find(self, token: str) -> "Grant | None":
        """The grant that a token opens now; None for one that is cut, altered, foreign or over."""
        try:
            key = Grant.signer.unsign(token)
        except BadSignature:
            return None
        grant = self.select_related("revision").filter(uuid=key).first()
        return grant if grant and grant.works else None


class Grant(models.Model):
    """Opens one version of one thing, and its private files, to a person without an account.

    It ends at its time, when it is revoked, and when the thing is published: what it showed is
    public then, or was passed over.
    """

    signer = Signer(salt="emca_site.media.grant", sep=".")  # a dot may stand in any address
    shows_on_pages = False

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey("wagtailcore.Revision", models.CASCADE, related_name="+")
    for_whom = models.CharField(max_length=100)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    times_opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.for_whom}, {self.revision.object_str}"

    @property
    def token(self) -> str:
        """What opens it. Nothing about the row can be read from it."""
        return self.signer.sign(self.uuid.hex)

    @property
    def thing(self) -> models.Model | None:
        """What it is about, as the row is now."""
        return self.revision.content_object

    @property
    def version(self) -> models.Model:
        """The draft that it opens."""
        return self.revision.as_object()

    @property
    def works(self) -> bool:
        return not self.revoked_at and self.expires_at > timezone.now() and not self.is_overtaken

    @property
    def is_overtaken(self) -> bool:
        """Whether the thing was published since, or is gone."""
        thing = self.thing
        if thing is None:
            return True
        published_at = thing.last_published_at
        return thing.live_revision_id == self.revision_id or bool(
            published_at and published_at >= self.made_at
        )

    def opens(self, file: models.Model) -> bool:
        """Whether the version uses a picture or a document."""
        kind = ContentType.objects.get_for_model(file).pk
        # Private to Wagtail: `tests/test_grants.py` says what is counted on.
        used = ReferenceIndex._extract_references_from_object(self.version)
        return any((kind, str(file.pk)) == (each[0], each[1]) for each in used)

    def count_opening(self) -> None:
        type(self).objects.filter(pk=self.pk).update(
            times_opened=models.F("times_opened") + 1, last_opened_at=timezone.now()
        )

    def revoke(self, user) -> bool:
        """End it. Says whether it did: of two who do, the first is remembered."""
        rows = type(self).objects.filter(pk=self.pk, revoked_at=None)
        return bool(rows.update(revoked_by=user, revoked_at=timezone.now()))
