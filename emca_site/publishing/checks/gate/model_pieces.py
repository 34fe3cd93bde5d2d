"""Take a model instance, saved or not, apart into pieces, by its fields and not by its type."""

from collections.abc import Iterator

from django.db import models
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField

from emca_site.publishing.audit.records import fields_shown, is_record
from emca_site.publishing.checks.gate import rich_text
from emca_site.publishing.checks.gate.block_pieces import BlockReader
from emca_site.publishing.checks.gate.claims import (
    HEADINGS_OF_WAGTAIL,
    LABEL,
    headings_of,
    links_of,
)
from emca_site.publishing.checks.gate.pieces import (
    Address,
    Heading,
    Link,
    Missing,
    Picture,
    Piece,
    Shown,
    Spot,
    Words,
)

# Of Wagtail's own fields of a page, people and search engines read these.
READ_OF_WAGTAIL = {"title", "seo_title", "search_description"}


def pieces_of(obj: models.Model, spot: Spot | None = None) -> Iterator[Piece]:
    """Yield the pieces of an instance. `spot` is its place if it is a child of another instance."""
    names = fields_shown(type(obj)) if is_record(type(obj)) else []
    for field in obj._meta.get_fields():
        if is_for_readers(field) and (not names or field.name in names):
            name = name_of(field)
            below = spot.below(field.name).named(name) if spot else Spot(field.name, (), name)
            yield from _field(obj, field, below)
    for relation in get_all_child_relations(type(obj)):
        if not is_wagtails(relation.related_model):
            yield from _children(obj, relation.get_accessor_name(), spot)


def is_wagtails(model: type[models.Model]) -> bool:
    return model.__module__.partition(".")[0] == "wagtail"


def is_for_readers(field) -> bool:
    """Whether editors fill in this field and readers see it."""
    return (
        field.concrete
        and field.editable
        and not field.auto_created
        and not field.primary_key
        and not isinstance(field, ParentalKey | models.SlugField)
        and not (is_wagtails(field.model) and field.name not in READ_OF_WAGTAIL)
    )


def is_heading(field) -> bool:
    """Whether readers see this field as a heading, of the page or on it."""
    if is_wagtails(field.model):
        return field.name in HEADINGS_OF_WAGTAIL
    return field.name in headings_of(field.model)


def name_of(field) -> str:
    return capfirst(str(field.verbose_name))


def _field(obj, field, spot) -> Iterator[Piece]:
    if field.many_to_many:
        yield from _many(obj, field, spot)
        return
    value = getattr(obj, field.attname)  # the id of a foreign key, which takes no query
    if isinstance(field, StreamField):
        if value or not field.blank:
            block = field.stream_block
            yield from BlockReader().read(block, value if value is not None else [], spot)
    elif _is_empty(field, value):
        yield from _empty(obj, field, value, spot)
    elif isinstance(field, RichTextField):
        yield from rich_text.pieces_of(value, spot)
    elif field.name == getattr(obj, "alt_text_field", None):
        yield Picture(spot, value.strip(), is_decorative=False)
        yield Words(spot, value)
    elif isinstance(field, models.URLField):
        yield Address(spot, name_of(field), value)
    elif _is_words(field):
        yield from _words(obj, field, value, spot)
    elif field.many_to_one and is_record(field.related_model):
        record = field.related_model._base_manager.filter(pk=value).first()
        yield Shown(spot, record, str(field.related_model._meta.verbose_name))


def _is_words(field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    is_address = isinstance(field, models.URLField | models.EmailField)
    return is_text and not is_address and not field.choices


def _is_empty(field, value) -> bool:
    if isinstance(field, RichTextField):
        return not any(rich_text.pieces_of(value, Spot(field.name)))
    return value in field.empty_values or (isinstance(value, str) and not value.strip())


def _empty(obj, field, value, spot):
    if not field.blank:
        yield Missing(spot, name_of(field))
    elif field.name in links_of(type(obj)):
        yield from _link(obj, field, "", spot)
    elif value and is_heading(field):
        yield Heading(spot, "")


def _words(obj, field, value, spot):
    yield Words(spot, value)
    if is_heading(field):
        yield Heading(spot, value.strip())
    elif field.name in links_of(type(obj)):
        yield from _link(obj, field, value.strip(), spot)


def _link(obj, field, text, spot):
    """Yield the link that is made of up to three fields: text, page and address."""
    to_page, to_address = ends = links_of(type(obj))[field.name]
    page_id = getattr(obj, f"{to_page}_id") if to_page else None
    address = getattr(obj, to_address) if to_address else ""
    if text or page_id or address:
        yield Link(spot, text, page_id=page_id, address=address or "", is_label=ends == LABEL)


def _many(obj, field, spot):
    if field.blank or not (obj.pk or isinstance(field, ParentalManyToManyField)):
        return
    if not list(getattr(obj, field.name).all()[:1]):
        yield Missing(spot, name_of(field))


def _children(obj, name, spot) -> Iterator[Piece]:
    for number, child in enumerate(getattr(obj, name).all()):
        label = f"{capfirst(str(child._meta.verbose_name))} {number + 1}"
        below = spot.below(name, number).named(label) if spot else Spot(name, (number,), label)
        yield from pieces_of(child, below)
