"""Take the value of a block of any kind apart into pieces."""

from collections.abc import Iterator

from django.utils.text import capfirst
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from emca_site.publishing.checks.gate import rich_text
from emca_site.publishing.checks.gate.claims import headings_of, links_of
from emca_site.publishing.checks.gate.pieces import (
    Address,
    Heading,
    Link,
    Missing,
    Picture,
    Piece,
    Shown,
    Spot,
    Table,
    Words,
)

BLOCK_HEADING_LEVEL = 2  # the level that the templates of blocks give a heading


class BlockReader:
    """Read one stream from top to end; `level` is the level of the last heading read."""

    def __init__(self):
        self.level = 1

    def read(self, block, value, spot: Spot) -> Iterator[Piece]:
        match block:
            case blocks.BaseStreamBlock():
                yield from self._stream(block, value, spot)
            case ImageBlock():
                yield from self._picture(block, value, spot)
            case blocks.BaseStructBlock():
                yield from self._struct(block, value, spot)
            case blocks.ListBlock():
                yield from self._list(block, value, spot)
            case BaseTypedTableBlock():
                yield from self._table(value, spot)
            case blocks.RichTextBlock():
                yield from self._rich_text(block, value, spot)
            case blocks.CharBlock() | blocks.TextBlock() | blocks.BlockQuoteBlock():
                yield from self._text(block, value, spot)
            case blocks.FieldBlock() if block.required and value in (None, ""):
                yield Missing(spot, label_of(block))
            case SnippetChooserBlock() | DocumentChooserBlock() if value:
                yield Shown(spot, value, str(value._meta.verbose_name))

    def _stream(self, block, value, spot):
        if block.required and not value:
            yield Missing(spot, label_of(block))
        for number, child in enumerate(value):
            place = f"{spot.place}, {number + 1}: {label_of(child.block)}"
            yield from self.read(child.block, child.value, spot.below(number, place=place))

    def _list(self, block, value, spot):
        if not value and (block.required or block.meta.min_num):
            yield Missing(spot, label_of(block))
        for number, child in enumerate(value):
            place = f"{spot.place} {number + 1}"
            yield from self.read(block.child_block, child, spot.below(number, place=place))

    def _struct(self, block, value, spot):
        meta = type(block.meta)
        headings, links = headings_of(meta), links_of(meta)
        inside_links = {name for ends in links.values() for name in ends}
        title = value.get(getattr(block.meta, "name_field", ""))
        caption = value.get(getattr(block.meta, "caption_field", ""))
        for name, child_block in block.child_blocks.items():
            child, below = value.get(name), spot.below(name).named(label_of(child_block))
            if isinstance(child_block, ImageBlock):
                yield from self._picture(child_block, child, spot.below(name), caption)
            elif name in links:
                yield from self._link(name, *links[name], value, spot)
            elif name in headings:
                yield from self._heading(child_block, child, below)
            elif isinstance(child_block, DocumentChooserBlock) and child and title:
                continue  # readers see that name and not the title of the file
            elif name not in inside_links:
                yield from self.read(child_block, child, below)

    def _picture(self, block, image, spot, caption=""):
        if image is None:
            if block.child_blocks["image"].required:
                yield Missing(spot.below("image"), "Picture")
            return
        spot = spot.below("alt_text")
        alt = image.contextual_alt_text or ""
        yield Picture(spot, alt.strip(), bool(image.decorative), caption or "")
        if alt and not image.decorative:
            yield Words(spot, alt)

    def _link(self, name, to_page, to_address, value, spot):
        page, address = value.get(to_page), value.get(to_address) or ""
        text = (value.get(name) or "").strip()
        at_text = spot.below(name)
        yield Link(at_text, text, page_id=page.pk if page else None, address=address)
        if text:
            yield Words(at_text, text)
        if address:
            yield Address(spot.below(to_address), text, address)

    def _heading(self, block, value, spot):
        if value:
            yield Heading(spot, value.strip(), BLOCK_HEADING_LEVEL, self.level)
            yield Words(spot, value)
            self.level = BLOCK_HEADING_LEVEL
        elif block.required:
            yield Missing(spot, label_of(block))

    def _table(self, table, spot):
        headings = tuple(column["heading"].strip() for column in table.columns)
        yield Table(spot, (table.caption or "").strip(), headings, len(table.row_data))
        for words in filter(None, [table.caption, *headings]):
            yield Words(spot, words)
        for row_number, row in enumerate(table.row_data):
            cells = zip(table.columns, row["values"], strict=False)
            for column_number, (column, value) in enumerate(cells):
                place = f"{spot.place}, row {row_number + 1}, column {column_number + 1}"
                below = spot.below(row_number, column_number, place=place)
                yield from self.read(column["block"], value, below)

    def _rich_text(self, block, value, spot):
        source = value.source if value else ""
        pieces = list(rich_text.pieces_of(source, spot, self.level))
        if block.required and not pieces:
            yield Missing(spot, label_of(block))
        yield from pieces
        self.level = next(
            (piece.level for piece in reversed(pieces) if isinstance(piece, Heading)), self.level
        )

    def _text(self, block, value, spot):
        if value and value.strip():
            yield Words(spot, value)
        elif block.required:
            yield Missing(spot, label_of(block))


def label_of(block) -> str:
    return capfirst(str(block.label or block.name))
