"""Log immediate changes with their values before and after, and list them for a second signature.

Immediate changes are changes of models without drafts. They stay on the look-back list until
another person has signed them.

This is one of the few modules that connect to signals; `site_version/changes.py` lists them. It
has to notice every route to a row: forms, bulk actions, imports, inline choosers, whatever a later
Wagtail adds. The settings IMMEDIATE_CHANGES and LOGGED_BEFORE_AND_AFTER name the models. Nothing
is written unless a person is working on the desk and something really changed: commands, the
scheduler and migrations are trusted.
"""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils.text import capfirst
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import ModelLogEntry

from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.use import is_in_use
from emca_site.publishing.audit.at_work import somebody_is_at_work
from emca_site.publishing.audit.look_back_list import record
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.audit.records import fields_shown
from emca_site.publishing.audit.rows_in_words import (
    differences,
    name_of_row,
    relation_in_words,
    relations_of,
    row_in_words,
)

ACTION = "publishing.immediate_change"
MADE, CHANGED, DELETED = "Made at once", "Changed at once", "Deleted at once"

_relations: dict[type[models.Model], models.ManyToManyField] = {}  # by through model


def fields_heard(model: type[models.Model]) -> list[str]:
    """Return the names of the fields of a model that are logged; an empty list means all."""
    is_logged_whole = model._meta.label in settings.LOGGED_BEFORE_AND_AFTER
    return [] if is_logged_whole else fields_shown(model)


def shown_of(subject: models.Model, words: dict) -> dict:
    """Return the part of a change that the look-back list shows.

    That is all of it, or the fields that the settings name. `words` maps labels to texts.
    """
    fields = [subject._meta.get_field(name) for name in fields_shown(type(subject))]
    labels = {capfirst(str(field.verbose_name)) for field in fields}
    return {label: text for label, text in words.items() if label in labels or not labels}


def acts(subject: models.Model) -> bool:
    """Whether a change of this object has an immediate effect. An unused file has none."""
    if subject._meta.label not in settings.IMMEDIATE_CHANGES:
        return False
    return is_in_use(subject) if isinstance(subject, SiteDocument | SiteImage) else True


def stored(obj: models.Model) -> models.Model | None:
    """Return the row as it is in the database, or None; `obj` may have unsaved values."""
    return type(obj)._base_manager.filter(pk=obj.pk).first() if obj.pk else None


def before_saving(sender, instance, raw=False, **kwargs):
    if raw or not somebody_is_at_work():
        return
    row = stored(instance)
    instance._words_before = row_in_words(row, fields_heard(sender)) if row else None


def after_saving(sender, instance, created, raw=False, **kwargs):
    if raw or not somebody_is_at_work():
        return
    before = vars(instance).pop("_words_before", None)
    after = row_in_words(stored(instance), fields_heard(sender))
    if created or before is None:
        if after != row_in_words(sender(), fields_heard(sender)):
            note(instance, MADE, {}, after)
    else:
        note(instance, CHANGED, before, after)


def before_deleting(sender, instance, **kwargs):
    row = stored(instance) if somebody_is_at_work() else None
    if row:
        before = row_in_words(row, fields_heard(sender))
        for field in relations_of(sender, fields_heard(sender)):
            before |= relation_in_words(row, field)
        note(row, DELETED, before, {})


def relation_changes(sender, instance, action, reverse, pk_set, **kwargs):
    """Note a change of a many-to-many relation from either end: `user.groups`, `group.user_set`."""
    if not somebody_is_at_work():
        return
    field = _relations[sender]
    rows = field.model._base_manager.all()
    if action.startswith("pre_"):
        if not reverse:
            rows = rows.filter(pk=instance.pk)
        elif pk_set is None:  # cleared
            rows = rows.filter(**{field.name: instance})
        else:
            rows = rows.filter(pk__in=pk_set)
        instance._before_relation = {
            row.pk: (relation_in_words(row, field), rights_held(row, field)) for row in rows
        }
        return
    before = vars(instance).pop("_before_relation", {})
    for row in rows.filter(pk__in=before):
        words, rights = before[row.pk]
        now = relation_in_words(row, field)
        note(row, CHANGED, words, now, (rights, rights_held(row, field)))


def rights_held(row: models.Model, field: models.ManyToManyField) -> list[str] | None:
    """Return the permissions that a row has through this field, as `app_label.codename`.

    Return None for a field that does not hold permissions.
    """
    if field.related_model is not Permission:
        return None
    pairs = getattr(row, field.name).values_list("content_type__app_label", "codename")
    return sorted(f"{app_label}.{codename}" for app_label, codename in pairs)


Rights = tuple[list[str] | None, list[str] | None]  # codenames before and after


def note(
    subject: models.Model, what: str, before: dict, after: dict, rights: Rights = (None, None)
) -> None:
    """Record a change, or merge it with what the same request has changed of the same object.

    `what` is MADE, CHANGED or DELETED; `before` and `after` map field labels to texts.
    """
    before, after = differences(before, after)
    # Two permissions may have the same name, so the codenames are compared too: they decide who
    # may approve.
    has_changed = before or after or what == DELETED or rights[0] != rights[1]
    if not has_changed:
        return
    if acts(subject) and not is_own_key(subject, after):
        shown = shown_of(subject, before), shown_of(subject, after)
        _put_on_the_list(subject, what, *shown, rights)
    _write_in_the_log(subject, what, before, after)


def is_own_key(subject: models.Model, after: dict) -> bool:
    """Whether a person only changed their own password or e-mail address."""
    is_oneself = subject == get_active_log_context().user
    return is_oneself and {name.casefold() for name in after} <= {"password", "e-mail address"}


def _put_on_the_list(
    subject: models.Model, what: str, before: dict, after: dict, rights: Rights
) -> None:
    if not (before or after or what == DELETED or rights[0] != rights[1]):
        return  # no field that readers see has changed
    context = get_active_log_context()
    mine = LookBackItem.objects.about(subject).unsigned().filter(done_by=context.user)
    # Wagtail gives each request on the desk an id.
    item = mine.filter(request_id=context.uuid, what__in=[MADE, CHANGED]).first()
    if item is None:
        record(
            subject,
            what,
            done_by=context.user,
            before=before,
            after=after,
            rights_before=rights[0],
            rights_after=rights[1],
            request_id=context.uuid,
        )
        return
    item.before, item.after = differences({**before, **item.before}, {**item.after, **after})
    if rights[1] is not None:
        item.rights_before = rights[0] if item.rights_before is None else item.rights_before
        item.rights_after = rights[1]
    if what == DELETED:
        item.what = what
    elif item.what == CHANGED and not item.changes and item.rights_before == item.rights_after:
        # The same request restored the old values.
        item.delete()
        return
    item.subject_text = name_of_row(subject)
    item.save()


def _write_in_the_log(subject: models.Model, what: str, before: dict, after: dict) -> None:
    context = get_active_log_context()
    same = {"action": ACTION, "uuid": context.uuid, "object_id": str(subject.pk), "deleted": False}
    kind = ContentType.objects.get_for_model(subject, for_concrete_model=False)
    entry = ModelLogEntry.objects.filter(content_type=kind, **same).first()
    deleted = what == DELETED
    if entry is None:
        data = {"what": ", ".join({**before, **after}), "before": before, "after": after}
        log(subject, ACTION, title=name_of_row(subject), data=data, deleted=deleted)
        return
    was = entry.data
    before, after = differences({**before, **was["before"]}, {**was["after"], **after})
    if not before and not after and not deleted:
        entry.delete()
        return
    entry.data = {"what": ", ".join({**before, **after}), "before": before, "after": after}
    entry.deleted = deleted
    entry.save()


def listen() -> None:
    """Connect the signals of the models that the settings name, and of no others."""
    for model in apps.get_models():
        label = model._meta.label
        if (
            label not in settings.IMMEDIATE_CHANGES
            and label not in settings.LOGGED_BEFORE_AND_AFTER
        ):
            continue
        for signal, hear in (
            (pre_save, before_saving),
            (post_save, after_saving),
            (pre_delete, before_deleting),
        ):
            signal.connect(hear, sender=model, dispatch_uid=f"immediate_change:{label}")
        for field in relations_of(model, fields_heard(model)):
            through = field.remote_field.through
            _relations[through] = field
            m2m_changed.connect(
                relation_changes,
                sender=through,
                dispatch_uid=f"immediate_change:{through._meta.label}",
            )
