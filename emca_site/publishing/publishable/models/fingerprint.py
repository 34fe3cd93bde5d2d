"""What a version shows of things kept elsewhere, so that what goes out is what was read."""

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
BYTES = "Contents"  # of a file
WAGTAILS = {
    field.name
    for mixin in (DraftStateMixin, LockableMixin, RevisionMixin)
    for field in mixin._meta.local_fields
}


class FingerprintQuerySet(models.QuerySet):
    def take(self, revision: Revision) -> None:
        """Remember what a version shows now; what was remembered of it before is forgotten."""
        shown = {"shown": shown_by(revision.as_object()), "taken_at": timezone.now()}
        self.update_or_create(revision=revision, defaults=shown)

    def why_not_as_read(self, revision: Revision) -> str:
        """What a version shows otherwise than when its fingerprint was taken, in words."""
        taken = self.filter(revision=revision).first()
        if taken is None:
            return ""
        now = shown_by(revision.as_object())
        changes = [_change(was, now.get(key)) for key, was in taken.shown.items()]
        return NOT_AS_READ.format("; ".join(filter(None, changes))) if any(changes) else ""

    def refuse_changed(self, revision: Revision, publishable: models.Model) -> None:
        """Raise `RefusedError` if a version shows something that nobody read as it is now."""
        if why := self.why_not_as_read(revision):
            raise RefusedError(why, publishable)


class Fingerprint(models.Model):
    """What one version showed of other things when it was put up for approval, or scheduled.

    `shown` has an entry for each of them: its name, and the texts that a reader meets, by field.
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
    """Everything that a version refers to and readers meet: pages, figures, files and records."""
    wanted = used_in(version)
    for relation in get_all_child_m2m_relations(type(version)):  # the index leaves these out
        kind = ContentType.objects.get_for_model(_base(relation.related_model)).pk
        wanted |= {(kind, str(row.pk)) for row in getattr(version, relation.name).all()}
    keys = {}
    for kind, pk in sorted(wanted):
        keys.setdefault(kind, []).append(pk)
    shown, is_silent = {}, False
    for kind, pks in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is Site:  # the index has typed addresses of own pages as references to the site
            shown |= _typed(pks)
            continue
        if not _counts(model):
            continue
        for publishable in model._base_manager.filter(pk__in=pks):
            texts = _texts(publishable)
            if hasattr(publishable, "hash_of_file"):
                # One that does not answer is not asked again and again: each time takes seconds.
                texts[BYTES] = "" if is_silent else publishable.hash_of_file()
                is_silent = not texts[BYTES]
            name = f"{publishable._meta.verbose_name} “{publishable}”"
            shown[f"{model._meta.label_lower}:{publishable.pk}"] = {"name": name, "texts": texts}
    return shown


def _typed(addresses: list[str]) -> dict[str, dict]:
    """Where each of these typed addresses leads; nothing of what is not public."""
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
    """What readers meet of it, by field; nothing of what is not public."""
    if hasattr(publishable, "live") and not is_readable(publishable):
        return {}
    if isinstance(publishable, Page):
        return {"Title": publishable.title, "Address": publishable.url_path}
    own = [field.name for field in publishable._meta.fields if field.name not in WAGTAILS]
    return row_in_words(publishable, fields_shown(type(publishable)) or own)


def _change(was: dict, now: dict | None) -> str:
    """What changed, in words; nothing if it is the same, or was not public and is by now.

    What two people have published since is what the version said would stand there.
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
        labels.remove(BYTES)  # the storage did not answer: the name of the file tells
    return f"{was['name']} ({', '.join(labels).lower()})" if labels else ""
