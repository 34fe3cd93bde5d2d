"""Describe the value of a block of any kind."""

from dataclasses import replace

from django.db.models import Model
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
from wagtail.rich_text import RichText

from emca_site.publishing.audit.rows_in_words import value_in_words
from emca_site.publishing.checks.gate.block_pieces import label_of
from emca_site.publishing.comparison.versions.names import name_of_choice
from emca_site.publishing.comparison.versions.rich_text import paragraphs_of
from emca_site.publishing.comparison.versions.said import (
    Paragraph,
    Said,
    Shape,
    Word,
    as_text,
    as_whole,
)


def said_in_block(block, value, label: str = "", key: str = "") -> Said:
    label = label or label_of(block)
    match block:
        case blocks.BaseStreamBlock():
            return Said(label, parts=stream_parts(value), shape=Shape.LIST, key=key)
        case blocks.ListBlock():
            return Said(label, parts=_list_parts(block, value), shape=Shape.LIST, key=key)
        case ImageBlock():
            return _picture(value, label, key)
        case blocks.BaseStructBlock():
            parts = tuple(
                said_in_block(child, (value or {}).get(name), key=name)
                for name, child in block.child_blocks.items()
            )
            return Said(label, parts=parts, shape=Shape.RECORD, key=key)
        case BaseTypedTableBlock():
            return Said(label, _table(value), key=key)
    if isinstance(value, AbstractImage):
        return Said(label, as_whole(name_of_choice(value)), picture=value, key=key)
    identity = getattr(value, "pk", None)  # the key of a page, file or contact
    return Said(label, _paragraphs(block, value), identity=identity, key=key)


def stream_parts(stream) -> tuple[Said, ...]:
    return tuple(
        _numbered(said_in_block(child.block, child.value), child.id, number)
        for number, child in enumerate(stream or ())
    )


def _list_parts(block, value) -> tuple[Said, ...]:
    bound = value.bound_blocks if value else ()
    one = label_of(block.child_block) if block.child_block.label else "Item"
    return tuple(
        # `child.id` is random where none was stored, so `original_id` is used.
        _numbered(
            said_in_block(child.block, child.value, f"{one} {number}"), child.original_id, number
        )
        for number, child in enumerate(bound, start=1)
    )


def _numbered(said: Said, pk: str | None, number: int) -> Said:
    return replace(said, key=pk or f"number {number}", has_own_key=bool(pk))


def _picture(image, label, key) -> Said:
    if image is None:
        return Said(label, key=key)
    described = as_text(image.contextual_alt_text or "")
    parts = (
        Said("Decorative", as_whole(value_in_words(bool(image.decorative))), key="decorative"),
        Said("Description for people who cannot see it", described, key="alt_text"),
    )
    picture = Said("Picture", as_whole(name_of_choice(image)), picture=image, key="image")
    return Said(label, parts=(picture, *parts), shape=Shape.RECORD, key=key)


def _table(table) -> tuple[Paragraph, ...]:
    """Return the caption, the headings and each row, each as one line."""
    if not table:
        return ()
    headings = _line(column["heading"] for column in table.columns)
    blocks_of = [column["block"] for column in table.columns]
    rows = (
        _line(
            " ".join("".join(word.text for word in line) for line in _paragraphs(block, cell))
            for block, cell in zip(blocks_of, row["values"], strict=False)
        )
        for row in table.row_data
    )
    return (*as_text(table.caption or ""), *filter(None, [headings, *rows]))


def _line(cells) -> Paragraph:
    words = [word for cell in cells for word in (*_words(cell), Word(" | "))]
    return tuple(words[:-1])


def _words(text: str) -> Paragraph:
    return next(iter(as_text(" ".join((text or "").split()))), ())


def _paragraphs(block, value) -> tuple[Paragraph, ...]:
    match block, value:
        case _, None | "":
            return ()
        case _, RichText():
            return paragraphs_of(value.source)
        case blocks.CharBlock() | blocks.TextBlock() | blocks.BlockQuoteBlock(), str():
            return as_text(value)
        case blocks.ChoiceBlock() | blocks.MultipleChoiceBlock(), _:
            return _choices(block, value)
        case blocks.FieldBlock(), _:
            return as_whole(_named(value))
    return as_text(str(value))


def _named(value) -> str:
    return name_of_choice(value) if isinstance(value, Model) else value_in_words(value)


def _choices(block, value) -> tuple[Paragraph, ...]:
    chosen = value if isinstance(value, list | tuple) else [value]
    labels = {}
    for choice, name in block.field.choices:
        labels |= dict(name) if isinstance(name, list | tuple) else {choice: name}
    names = (str(labels.get(each, each)) for each in chosen)
    return tuple(whole for name in names for whole in as_whole(name))
