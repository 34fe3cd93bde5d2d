"""The columns of the figures' files."""

from emca_site.figures.doubt import Confidence, Qualifier
from emca_site.figures.register import records
from emca_site.numbers.formatting import Unit
from emca_site.open_data.data_sets import (
    ADDRESS,
    DATE,
    NUMBER,
    TEXT,
    YES_OR_NO,
    Column,
    DataSet,
    one_of,
)
from emca_site.publishing.lifecycle.addresses import full_address_shown

FIGURES = DataSet(
    name="figures",
    title="Our figures and where they come from",
    about="Every number that this site shows, once, with its source, its date and any doubt.",
    rows=lambda request: records(),
    page_url="figures",
    csv_url="figures_csv",
    json_url="figures_json",
    schema_url="figures_schema",
    columns=[
        Column(
            "key",
            "The short name of the figure. It never changes.",
            TEXT,
            lambda record: record.figure.key,
        ),
        Column(
            "value",
            "The number itself, in full. In the JSON it is text, so that no program rounds it.",
            NUMBER,
            lambda record: record.figure.value,
        ),
        Column(
            "unit",
            "What is counted. Money is in pounds.",
            one_of(Unit.values),
            lambda record: record.figure.unit,
        ),
        Column(
            "qualifier",
            "A word that belongs to the number. Leaving it out changes the fact.",
            one_of([value for value in Qualifier.values if value]),
            lambda record: record.figure.qualifier,
            may_be_empty=True,
        ),
        Column(
            "label",
            "What it measures. It follows the number.",
            TEXT,
            lambda record: record.figure.label,
        ),
        Column(
            "as_written",
            "The number as this site writes it in a sentence.",
            TEXT,
            lambda record: record.figure.in_text,
        ),
        Column(
            "as_at",
            "The day on which it was true, where that is known.",
            DATE,
            lambda record: record.figure.as_at,
            may_be_empty=True,
        ),
        Column(
            "as_at_words",
            "The same in words, also where only the month or the year is known.",
            TEXT,
            lambda record: record.figure.as_at_known,
            may_be_empty=True,
        ),
        Column(
            "source",
            "Who says so.",
            TEXT,
            lambda record: record.figure.source_name,
        ),
        Column(
            "source_link",
            "Where to read it.",
            ADDRESS,
            lambda record: full_address_shown(record.figure, record.figure.source_url),
            may_be_empty=True,
        ),
        Column(
            "confidence",
            "How sure it is: an official source, a press report only, one source only, or sources "
            "that differ.",
            one_of(Confidence.values),
            lambda record: record.figure.confidence,
        ),
        Column(
            "doubt",
            "What is not clear about it.",
            TEXT,
            lambda record: record.figure.doubt,
            may_be_empty=True,
        ),
        Column(
            "note",
            "What else there is to know about it.",
            TEXT,
            lambda record: record.figure.note,
            may_be_empty=True,
        ),
        Column(
            "area",
            "The priority area it belongs to, as it stands in addresses.",
            TEXT,
            lambda record: record.area and record.area.slug,
            may_be_empty=True,
        ),
        Column(
            "area_name",
            "The name of that area.",
            TEXT,
            lambda record: record.area and record.area.title,
            may_be_empty=True,
        ),
        Column(
            "team",
            "The team that answers for it.",
            TEXT,
            lambda record: record.figure.team and record.figure.team.name,
            may_be_empty=True,
        ),
        Column(
            "review_by",
            "The day by which the team looks at it again.",
            DATE,
            lambda record: record.figure.review_by,
            may_be_empty=True,
        ),
        Column(
            "is_overdue",
            "Whether that day has passed: then it may be out of date.",
            YES_OR_NO,
            lambda record: "yes" if record.figure.is_overdue else "no",
        ),
        Column(
            "address",
            "Its record on this site.",
            ADDRESS,
            lambda record: record.address,
        ),
    ],
)
