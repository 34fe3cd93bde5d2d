"""A block for facts in rows and columns."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from emca_site.figures.blocks import FigureChooserBlock

MOST_CELLS = 10_000  # of one table: its page then takes a second to render, and nobody reads more


class TableBlock(blocks.StructBlock):
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label="Words")),
            ("number", blocks.CharBlock(required=False, label="Numbers, to the right")),
            ("figure", FigureChooserBlock(required=False, label="Figures from the list")),
        ],
        help_text="Give the table a caption and every column a heading.",
    )
    has_row_headings = blocks.BooleanBlock(
        required=False, default=True, label="The first cell of each row is its heading"
    )

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        label = "Table"
        description = "Facts in rows and columns, with a caption and headings"
        preview_value = {
            "table": {
                "caption": "Money for homes",
                "columns": [
                    {"type": "text", "heading": "What it is for"},
                    {"type": "number", "heading": "How much"},
                ],
                "rows": [{"values": ["Brownfield land", "£16.8m"]}],
            },
            "has_row_headings": True,
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:  # drafts may be unfinished
            return value
        table = value["table"]
        cells = len(table.row_data) * len(table.columns)
        if cells > MOST_CELLS:
            message = (
                f"This table has {cells:,} cells. A table takes at most {MOST_CELLS:,}: split it, "
                "or give readers a file to download."
            )
        elif not cells:
            message = "Add at least one column and one row."
        elif not table.caption.strip():
            message = "Give the table a caption that says what it shows."
        elif not all(column["heading"].strip() for column in table.columns):
            message = "Give every column a heading."
        else:
            return value
        raise blocks.StructBlockValidationError({"table": ValidationError(message)})
