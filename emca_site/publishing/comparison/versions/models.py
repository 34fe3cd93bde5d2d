"""Describe a version of a model in the order and with the labels of its edit form."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel, get_edit_handler
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage

from emca_site.publishing.audit.rows_in_words import value_in_words
from emca_site.publishing.comparison.versions.blocks import stream_parts
from emca_site.publishing.comparison.versions.names import name_of_choice
from emca_site.publishing.comparison.versions.rich_text import paragraphs_of
from emca_site.publishing.comparison.versions.said import Said, Shape, as_text, as_whole

_CHANGE_AS_A_WHOLE = models.SlugField | models.URLField | models.EmailField


def said_by(version: models.Model) -> tuple[Said, ...]:
    """Return the description of each field in a version's edit form.

    A model whose decimal fields have a unit implements `number_in_words(field_name)`.
    """
    return tuple(_of_panels([_form_of(version)], version))


def _form_of(version) -> Panel:
    if hasattr(version, "get_edit_handler"):  # a page
        return version.get_edit_handler()
    viewset = getattr(version, "snippet_viewset", None)
    return viewset.get_edit_handler() if viewset else get_edit_handler(type(version))


def _of_panels(panels: Iterable[Panel], row) -> Iterator[Said]:
    for panel in panels:
        if isinstance(panel, InlinePanel):
            yield _rows(panel, row)
        elif isinstance(panel, FieldPanel):
            try:
                yield said_in_field(row, panel.db_field, str(panel.heading))
            except FieldDoesNotExist:  # a form field that is not a model field
                continue
        elif inside := tuple(_of_panels(getattr(panel, "children", ()), row)):
            if isinstance(panel, MultiFieldPanel) and panel.heading:
                name = str(panel.heading)
                yield Said(name, parts=inside, shape=Shape.GROUP, key=name)
            else:
                yield from inside


def _rows(panel: InlinePanel, row) -> Said:
    """Describe the rows of an inline list in their order, each with its primary key as key."""
    name = panel.relation_name
    rows = getattr(row, name).all()
    if ordering := panel.db_field.related_model._meta.ordering:
        rows = rows.order_by(*ordering)
    panels = panel.child_edit_handler.children
    parts = tuple(
        Said(
            f"{capfirst(panel.label)} {number}",
            parts=tuple(_of_panels(panels, each)),
            shape=Shape.RECORD,
            key=str(each.pk or f"number {number}"),
            has_own_key=each.pk is not None,
        )
        for number, each in enumerate(rows, start=1)
    )
    return Said(str(panel.heading), parts=parts, shape=Shape.LIST, key=name)


def said_in_field(row: models.Model, field: models.Field, label: str = "") -> Said:
    label, key = label or capfirst(str(field.verbose_name)), field.name
    if isinstance(field, StreamField):
        parts = stream_parts(getattr(row, field.name))
        return Said(label, parts=parts, shape=Shape.LIST, key=key)
    if field.many_to_many:
        names = sorted(name_of_choice(each) for each in getattr(row, field.name).all())
        return Said(label, tuple(line for name in names for line in as_whole(name)), key=key)
    value = getattr(row, field.attname)
    if isinstance(field, RichTextField):
        return Said(label, paragraphs_of(value), key=key)
    if field.is_relation:
        return _related(row, field, label)
    if field.choices:
        return Said(label, as_whole(str(dict(field.flatchoices).get(value, value) or "")), key=key)
    if isinstance(field, models.DecimalField) and hasattr(row, "number_in_words"):
        words = row.number_in_words(field.name) if value is not None else ""
        return Said(label, as_whole(words), key=key)
    if isinstance(value, str) and not isinstance(field, _CHANGE_AS_A_WHOLE):
        return Said(label, as_text(value), key=key)
    return Said(label, as_whole(value_in_words(value)), key=key)


def _related(row, field, label) -> Said:
    key, pk = field.name, getattr(row, field.attname)
    # The object may have been deleted; the revision still has its key.
    other = field.related_model._base_manager.filter(pk=pk).first() if pk is not None else None
    if other is None:
        words = as_whole("" if pk is None else "Something that is gone")
        return Said(label, words, identity=pk, key=key)
    picture = other if isinstance(other, AbstractImage) else None
    return Said(label, as_whole(name_of_choice(other)), picture=picture, identity=pk, key=key)
