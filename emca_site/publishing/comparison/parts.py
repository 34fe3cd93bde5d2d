"""Divide a version into parts, so that a fact checker can answer each of them.

The parts depend on the version's fields, never on its type. Each block of a body is one part,
rendered as readers will see it; the short fields together are one part.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import models
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage

from emca_site.publishing.checks.gate.model_pieces import is_for_readers, name_of

SHORT = "Heading and summary"


@dataclass(frozen=True)
class Part:
    """One part to check: its name, and its rendered HTML."""

    name: str
    html: SafeString


def parts_of(version: models.Model, request) -> list[Part]:
    """Return all parts: the short fields, the pictures, the text. Their names are unique."""
    context = version.get_preview_context(request, version.default_preview_mode)
    fields = _fields(version)
    parts = [_short(version), *(_picture(version, each) for each in fields if _is_picture(each))]
    for field in fields:
        parts += _long(version, field, context)
    return _numbered(parts)


def _fields(version) -> list[models.Field]:
    fields = [each for each in version._meta.get_fields() if is_for_readers(each)]
    return [each for each in fields if getattr(version, each.attname, None)]


def _short(version) -> Part:
    heading = str(version)
    lines = [(name_of(field), _text(version, field)) for field in _fields(version)]
    lines = [(name, text) for name, text in lines if text and text != heading]
    context = {"heading": heading, "lines": lines}
    return Part(SHORT, render_to_string("publishing/fact_check/short_fields.html", context))


def _text(version, field) -> str:
    """Return a short field's value as readers see it; empty for a field that is not short text."""
    value = getattr(version, field.attname)
    if isinstance(field, StreamField | RichTextField | models.DateTimeField | models.SlugField):
        return ""
    if field.choices:
        return str(getattr(version, f"get_{field.name}_display")())
    if isinstance(field, models.DateField):
        return date_format(value, "j F Y")
    if isinstance(field, models.DecimalField):
        return f"{value.normalize():,f}"
    return value if isinstance(field, models.CharField | models.TextField) else ""


def _is_picture(field) -> bool:
    return bool(field.many_to_one) and issubclass(field.related_model, AbstractImage)


def _picture(version, field) -> Part:
    context = {"image": getattr(version, field.name)}
    return Part(name_of(field), render_to_string("publishing/fact_check/picture.html", context))


def _long(version, field, context) -> Iterator[Part]:
    if isinstance(field, StreamField):
        for child in getattr(version, field.name):
            # Block templates need `block` in the context, as in a whole body.
            yield Part(str(child.block.label), child.render({**context, "block": child}))
    elif isinstance(field, RichTextField):
        text = {**context, "text": getattr(version, field.name)}
        yield Part(name_of(field), render_to_string("publishing/fact_check/text.html", text))


def _numbered(parts: list[Part]) -> list[Part]:
    """Number the parts that have the same name: “Text 1”, “Text 2”."""
    several = {name for name, count in Counter(part.name for part in parts).items() if count > 1}
    seen = Counter()
    numbered = []
    for part in parts:
        seen[part.name] += 1
        name = f"{part.name} {seen[part.name]}" if part.name in several else part.name
        numbered.append(replace(part, name=name))
    return numbered
