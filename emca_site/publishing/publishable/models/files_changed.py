"""Who changed the pictures and files of a version that waits, when nobody looks back at that."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import ModelLogEntry

from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.use import used_in
from emca_site.publishing.audit.immediate_changes import ACTION
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.publishable.models.fingerprint import Fingerprint


def who_changed_its_files(publishable: models.Model) -> set[int]:
    """Return the ids of everybody who changed a picture or file after a version used it.

    They are those of the version that was submitted last. A change of a file that something live,
    scheduled or waiting used is left out: another person signs it on the look-back list.
    """
    taken = Fingerprint.objects.filter(revision_id=publishable.latest_revision_id).first()
    found = set()
    for label, pk in (key.split(":", 1) for key in taken.shown) if taken else ():
        if label in (SiteDocument._meta.label_lower, SiteImage._meta.label_lower):
            file = ContentType.objects.get_for_model(apps.get_model(label)), pk
            found |= _who_changed(*file, publishable)
    return found


def _who_changed(kind: ContentType, pk: str, publishable: models.Model) -> set[int]:
    listed = LookBackItem.objects.filter(content_type=kind, object_id=pk)
    entries = (
        ModelLogEntry.objects.filter(
            action=ACTION, content_type=kind, object_id=pk, user__isnull=False
        )
        .exclude(uuid__in=listed.exclude(request_id=None).values("request_id"))
        .values_list("user_id", "timestamp")
    )
    if not (changes := list(entries)):
        return set()
    since = _used_since((kind.pk, pk), publishable)
    return {user_id for user_id, at in changes if since and at > since}


def _used_since(file: tuple[int, str], publishable: models.Model):
    """Return when the first version that uses a file was saved."""
    for revision in publishable.revisions.order_by("created_at", "pk"):
        if file in used_in(revision.as_object()):
            return revision.created_at
    return None
