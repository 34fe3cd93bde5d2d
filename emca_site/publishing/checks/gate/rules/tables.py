from emca_site.publishing.checks.gate.pieces import Table
from emca_site.publishing.checks.gate.rules.rule import refuses


@refuses(Table)
def table_is_empty(table, reading):
    if not table.headings or not table.row_count:
        yield "Add at least one column and one row."


@refuses(Table)
def table_without_caption(table, reading):
    if table.headings and not table.caption:
        yield "Give the table a caption that says what it shows."


@refuses(Table)
def table_without_headings(table, reading):
    if not all(table.headings):
        yield "Give every column a heading."
