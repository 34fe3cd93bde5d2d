import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from wagtail.models import Revision

from emca_site.media.use import used_in


class GrantQuerySet(models.QuerySet):
    def about(self, publishable: models.Model):
        """Return the grants for any version of one object."""
        return self.filter(revision__in=Revision.objects.for_instance(publishable))

    def find(self, token: str) -> "Grant | None":
        """Return the grant that a token opens now; None for an invalid token or an ended grant."""
        key = _key_in(token)
        grant = key and self.select_related("revision").filter(uuid=key).first()
        return grant if grant and grant.works else None

    def was_given(self, token: str) -> bool:
        """Whether this token was ever issued, even if its grant has ended."""
        return _key_in(token) is not None


def _key_in(token: str) -> str | None:
    try:
        return Grant.signer.unsign(token)
    except BadSignature:
        return None


class Grant(models.Model):
    """Lets a person without an account read one version of a publishable, and its private files.

    It ends at its time, when it is revoked, and when the object is published: by then what it
    showed is public or was superseded.
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
        """The signed token for the address. It reveals nothing about the row."""
        return self.signer.sign(self.uuid.hex)

    @property
    def publishable(self) -> models.Model | None:
        """The object that it is for, as its row is now; None if it was deleted."""
        return self.revision.content_object

    @property
    def version(self) -> models.Model:
        """The version that it opens, as an object."""
        return self.revision.as_object()

    @property
    def works(self) -> bool:
        return not self.revoked_at and self.expires_at > timezone.now() and not self.is_overtaken

    @property
    def is_overtaken(self) -> bool:
        """Whether the object was published since, or is deleted."""
        publishable = self.publishable
        if publishable is None:
            return True
        published_at = publishable.last_published_at
        return publishable.live_revision_id == self.revision_id or bool(
            published_at and published_at >= self.made_at
        )

    def opens(self, file: models.Model) -> bool:
        """Whether the version uses this picture or document."""
        kind = ContentType.objects.get_for_model(file).pk
        return (kind, str(file.pk)) in used_in(self.version)

    def count_opening(self) -> None:
        type(self).objects.filter(pk=self.pk).update(
            times_opened=models.F("times_opened") + 1, last_opened_at=timezone.now()
        )

    def revoke(self, user) -> bool:
        """Revoke it. Return whether this call did: only the first user is recorded."""
        rows = type(self).objects.filter(pk=self.pk, revoked_at=None)
        return bool(rows.update(revoked_by=user, revoked_at=timezone.now()))
