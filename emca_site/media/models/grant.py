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
        """Grants for one object, whatever its version."""
        return self.filter(revision__in=Revision.objects.for_instance(publishable))

    def find(self, token: str) -> "Grant | None":
        """The grant that a token opens now; None for one that is cut, altered, foreign or over."""
        key = _key_in(token)
        grant = key and self.select_related("revision").filter(uuid=key).first()
        return grant if grant and grant.works else None

    def was_given(self, token: str) -> bool:
        """Whether somebody was sent this token once, however long ago it ended."""
        return _key_in(token) is not None


def _key_in(token: str) -> str | None:
    try:
        return Grant.signer.unsign(token)
    except BadSignature:
        return None


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
    def publishable(self) -> models.Model | None:
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
        publishable = self.publishable
        if publishable is None:
            return True
        published_at = publishable.last_published_at
        return publishable.live_revision_id == self.revision_id or bool(
            published_at and published_at >= self.made_at
        )

    def opens(self, file: models.Model) -> bool:
        """Whether the version uses a picture or a document."""
        kind = ContentType.objects.get_for_model(file).pk
        return (kind, str(file.pk)) in used_in(self.version)

    def count_opening(self) -> None:
        type(self).objects.filter(pk=self.pk).update(
            times_opened=models.F("times_opened") + 1, last_opened_at=timezone.now()
        )

    def revoke(self, user) -> bool:
        """End it. Says whether it did: of two who do, the first is remembered."""
        rows = type(self).objects.filter(pk=self.pk, revoked_at=None)
        return bool(rows.update(revoked_by=user, revoked_at=timezone.now()))
