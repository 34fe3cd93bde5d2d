"""Fingerprints of what a revision shows of other objects: what was read is what is published."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations
from wagtail.models import DraftStateMixin, LockableMixin, Page, Revision, RevisionMixin, Site

from emca_site.media.use import used_in
from emca_site.publishing.audit.records import fields_shown, is_record
from emca_site.publishing.audit.rows_in_words import row_in_words
from emca_site.publishing.lifecycle.addresses.targets import find_targets
from emca_site.publishing.lifecycle.models.published import is_readable
from emca_site.publishing.permissions.refusals import RefusedError

NOT_AS_READ = (
    "What this shows is not what it showed when it was submitted. Changed: {}. It is not published "
    "like this. Ask for changes, withdraw it or cancel its schedule, read it again as it is now, "
    "and submit it again."
)
BYTES = "Contents"  # label of a file's hash
WAGTAILS = {
    field.name
    for mixin in (DraftStateMixin, LockableMixin, RevisionMixin)
    for field in mixin._meta.local_fields
}


class FingerprintQuerySet(models.QuerySet):
    def take(self, revision: Revision) -> None:
        """Store what a revision shows now, in place of its earlier fingerprint."""
        shown = {"shown": shown_by(revision.as_object()), "taken_at": timezone.now()}
        self.update_or_create(revision=revision, defaults=shown)

    def why_not_as_read(self, revision: Revision) -> str:
        """Describe what a revision shows differently since its fingerprint was taken.

        Return an empty string if nothing differs or no fingerprint was taken.
        """
        taken = self.filter(revision=revision).first()
        if taken is None:
            return ""
        now = shown_by(revision.as_object())
        changes = [_change(was, now.get(key)) for key, was in taken.shown.items()]
        return NOT_AS_READ.format("; ".join(filter(None, changes))) if any(changes) else ""

    def refuse_changed(self, revision: Revision, publishable: models.Model) -> None:
        """Raise `RefusedError` if what a revision shows has changed since its fingerprint."""
        if why := self.why_not_as_read(revision):
            raise RefusedError(why, publishable)


class Fingerprint(models.Model):
    """What one revision showed of other objects when it was submitted or scheduled.

    `shown` has an entry for each object: its `name`, and its public `texts` by field label.
    """

    shows_on_pages = False
    wagtail_reference_index_ignore = True

    revision = models.OneToOneField("wagtailcore.Revision", models.CASCADE, related_name="+")
    shown = models.JSONField(default=dict)
    taken_at = models.DateTimeField()

    objects = FingerprintQuerySet.as_manager()

    def __str__(self):
        return f"What {self.revision.object_str} shows"


def shown_by(version: models.Model) -> dict[str, dict]:
    """Return the pages, figures, files and records that a version shows to readers.

    Keys are `app.model:pk` or `address:path`; values are dictionaries of `name` and `texts`.
    """
    wanted = used_in(version)
    # Wagtail's reference index leaves these out.
    for relation in get_all_child_m2m_relations(type(version)):
        kind = ContentType.objects.get_for_model(_base(relation.related_model)).pk
        wanted |= {(kind, str(row.pk)) for row in getattr(version, relation.name).all()}
    keys = {}
    for kind, pk in sorted(wanted):
        keys.setdefault(kind, []).append(pk)
    shown, is_silent = {}, False
    for kind, pks in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is Site:  # the index stores typed addresses of this site as references to it
            shown |= _typed(pks)
            continue
        if not _counts(model):
            continue
        for publishable in model._base_manager.filter(pk__in=pks):
            texts = _texts(publishable)
            if hasattr(publishable, "hash_of_file"):
                # A storage that does not answer takes seconds each time, so it is tried only once.
                texts[BYTES] = "" if is_silent else publishable.hash_of_file()
                is_silent = not texts[BYTES]
            name = f"{publishable._meta.verbose_name} “{publishable}”"
            shown[f"{model._meta.label_lower}:{publishable.pk}"] = {"name": name, "texts": texts}
    return shown


def _typed(addresses: list[str]) -> dict[str, dict]:
    """Return where each typed address leads, without the addresses of what is not public."""
    targets = find_targets(addresses).typed
    return {
        f"address:{typed}": {
            "name": f"what stands at {typed}",
            "texts": {"Address": target.shown} if target.shown else {},
        }
        for typed, target in targets.items()
    }


def _base(model: type[models.Model]) -> type[models.Model]:
    return (model._meta.get_parent_list() or [model])[-1]


def _counts(model: type[models.Model] | None) -> bool:
    return model is not None and (hasattr(model, "live") or is_record(model))


def _texts(publishable: models.Model) -> dict[str, str]:
    """Return an object's public texts by field label; nothing if the object is not public."""
    if hasattr(publishable, "live") and not is_readable(publishable):
        return {}
    if isinstance(publishable, Page):
        return {"Title": publishable.title, "Address": publishable.url_path}
    own = [field.name for field in publishable._meta.fields if field.name not in WAGTAILS]
    return row_in_words(publishable, fields_shown(type(publishable)) or own)


def _change(was: dict, now: dict | None) -> str:
    """Describe what changed; empty if nothing did, or if the object was not public before.

    An object that two people published since is what the approver expected to appear there.
    """
    if not was["texts"]:
        return ""
    if now is None:
        return f"{was['name']} is gone"
    if not now["texts"]:
        return f"{was['name']} is not public any more"
    labels = [
        label
        for label in dict.fromkeys([*was["texts"], *now["texts"]])
        if was["texts"].get(label) != now["texts"].get(label)
    ]
    if BYTES in labels and not (was["texts"].get(BYTES) and now["texts"].get(BYTES)):
        labels.remove(BYTES)  # the storage did not answer; the file's name is compared instead
    return f"{was['name']} ({', '.join(labels).lower()})" if labels else ""
