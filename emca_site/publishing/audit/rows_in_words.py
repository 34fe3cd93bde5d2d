"""Write a row as text, field by field, for people who compare two states of it."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.text import capfirst
from wagtail.fields import StreamField

from emca_site.publishing.uk_time.times import clock
from emca_site.publishing.uk_time.times import in_words as moment_in_words

# These are of no interest to anybody, or change by themselves.
NEVER_TOLD = {"last_login"}
MARKED = {"password"}  # shown as a mark, which only shows that the value is another one
KEY_OF_PARAGRAPH = re.compile(r' data-block-key="[^"]*"')  # internal to the rich text editor
TOLD_ALL_THE_SAME = {"sort_order"}  # not editable, as it is set by dragging, but shown


def row_in_words(row: models.Model, names: list[str]) -> dict[str, str]:
    """Return each field's text by its label.

    `names` limits this to those fields; an empty list means all of them.
    """
    words = {}
    for field in row._meta.concrete_fields:
        by_itself = field.primary_key or not (field.editable or field.name in TOLD_ALL_THE_SAME)
        if by_itself or field.name in NEVER_TOLD or (names and field.name not in names):
            continue
        label = capfirst(str(field.verbose_name))
        words[label if label not in words else f"{label} ({field.name})"] = KEY_OF_PARAGRAPH.sub(
            "", _text(row, field)
        )
    return words


def name_of_row(row: models.Model) -> str:
    """Return the name of a row: its `str()`, or else the names of the rows it refers to."""
    if type(row).__str__ is not models.Model.__str__:
        return str(row) or capfirst(str(row._meta.verbose_name))
    # Such rows are in Wagtail's own link tables, such as the tasks of a workflow.
    ends = [_end(row, field) for field in row._meta.concrete_fields if field.is_relation]
    return capfirst(f"{row._meta.verbose_name} {', '.join(filter(None, ends))}".strip())


def _end(row: models.Model, field: models.Field) -> str:
    try:
        end = getattr(row, field.name)
    except ObjectDoesNotExist:  # never set, or deleted
        return ""
    return "" if end is None else f"“{name_of_row(end)}”"


def relations_of(model: type[models.Model], names: list[str]) -> list[models.ManyToManyField]:
    """Return the model's own many-to-many fields.

    `names` limits them; an empty list means all. Tags are left out: they have a manager, not a
    field.
    """
    return [
        field
        for field in model._meta.many_to_many
        if isinstance(field, models.ManyToManyField) and (not names or field.name in names)
    ]


def relation_in_words(row: models.Model, field: models.ManyToManyField) -> dict[str, str]:
    others = sorted(name_of_row(other) for other in getattr(row, field.name).all())
    return {capfirst(str(field.verbose_name)): "\n".join(others)}


def differences(before: dict, after: dict) -> tuple[dict, dict]:
    """Return both dicts without the entries they have in common; a missing text counts as empty."""
    names = [
        name
        for name in dict.fromkeys([*before, *after])
        if before.get(name, "") != after.get(name, "")
    ]
    return {n: before.get(n, "") for n in names}, {n: after.get(n, "") for n in names}


def _text(row: models.Model, field: models.Field) -> str:
    if field.name in MARKED:
        value = getattr(row, field.attname)
        return f"set (mark {salted_hmac('in words', value).hexdigest()[:6]})" if value else ""
    if isinstance(field, StreamField):
        # Written block by block, as PostgreSQL does not preserve the order of keys in JSON.
        return "\n".join(
            f"{child.block_type}: {_flat(child.block.get_prep_value(child.value))}"
            for child in getattr(row, field.name)
        )
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "")
    if getattr(row, field.attname) is None:  # reading the related object could raise
        return ""
    value = getattr(row, field.name)
    return value_in_words(value)


def value_in_words(value) -> str:
    """Return a plain value as people write it; an empty string for None."""
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return f"{moment_in_words(value)}, UK time"
        case date():
            return date_format(value, "j F Y")
        case time():
            return clock(value)
        case Decimal():
            return f"{value.normalize():,f}"
        case models.Model():
            return name_of_row(value)
    return str(value)


def _flat(value) -> str:
    """Return the contents of a block as text, without brackets and ids."""
    if isinstance(value, dict):
        value = {name: inner for name, inner in value.items() if name != "id"}
        return "; ".join(f"{name}: {_flat(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_flat(inner) for inner in value)
    return "" if value is None else str(value)
