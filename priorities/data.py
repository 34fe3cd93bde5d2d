"""The columns of the data sets of commitments and of their measurements."""

from typing import NamedTuple

from emca_site.core.structured_data import absolute
from emca_site.open_data.data_sets import (
    ADDRESS,
    DATE,
    NUMBER,
    PART_OF_A_DATE,
    TEXT,
    Column,
    DataSet,
    one_of,
)
from emca_site.progress.rules import UNITS
from emca_site.progress.statuses import Reach, Status
from emca_site.publishing.lifecycle.addresses import full_address_shown
from priorities.models import CommitmentPage, Measurement, published_commitments


class Measured(NamedTuple):
    """A measurement with its commitment."""

    commitment: CommitmentPage
    measurement: Measurement


def measured(commitments) -> list[Measured]:
    """Return the measurements of these commitments, the oldest of each commitment first."""
    return [Measured(each, one) for each in commitments for one in each.measured]


def _councils(commitment: CommitmentPage) -> str:
    if commitment.reach == Reach.SOME:
        return " ".join(council.slug for council in commitment.councils.all())
    return str(commitment.reach)


def _also_areas(commitment: CommitmentPage) -> str:
    return " ".join(area.slug for area in commitment.also_areas_among(commitment.areas))


def _unit(commitment: CommitmentPage) -> str:
    has_numbers = commitment.target_number is not None or commitment.counts
    return str(commitment.unit) if has_numbers else ""


def _team(commitment: CommitmentPage) -> str:
    contact = commitment.contact or commitment.area.contact
    return contact.name if contact else ""


def _evidence(commitment: CommitmentPage) -> str:
    return " ".join(absolute(each.url) for each in commitment.evidence_shown)


COMMITMENTS = DataSet(
    name="commitments",
    title="Our commitments and how far they have got",
    about="Everything we said we would do, with its status, its target and the latest number.",
    rows=published_commitments,
    page_url="commitments",
    csv_url="commitments_csv",
    json_url="commitments_json",
    schema_url="commitments_schema",
    columns=[
        Column("id", "A number that never changes.", TEXT, lambda each: str(each.pk)),
        Column(
            "area",
            "The priority area it belongs to, as it stands in addresses.",
            TEXT,
            lambda each: each.area.slug,
        ),
        Column("area_name", "The name of that area.", TEXT, lambda each: each.area.title),
        Column("commitment", "What we said we would do.", TEXT, lambda each: each.title),
        Column("why", "Why it matters.", TEXT, lambda each: each.summary, may_be_empty=True),
        Column("status", "How it stands.", one_of(Status.values), lambda each: str(each.status)),
        Column(
            "status_reason",
            "Why it stands so, where we said it.",
            TEXT,
            lambda each: each.status_reason,
            may_be_empty=True,
        ),
        Column(
            "stage",
            "The stage that is under way, else the last that is done.",
            TEXT,
            lambda each: each.present_stage,
            may_be_empty=True,
        ),
        Column(
            "start_date",
            "The day from which it counts.",
            DATE,
            lambda each: each.starts_on,
            may_be_empty=True,
        ),
        Column(
            "target",
            "The target in words.",
            TEXT,
            lambda each: each.target_words,
            may_be_empty=True,
        ),
        Column(
            "target_value",
            "The number to be reached, in full.",
            NUMBER,
            lambda each: each.target_number,
            may_be_empty=True,
        ),
        Column(
            "unit",
            "Of the target and of every measurement. Money is in pounds.",
            one_of(unit.value for unit in UNITS),
            _unit,
            may_be_empty=True,
        ),
        Column("measure", "What is counted.", TEXT, lambda each: each.measure, may_be_empty=True),
        Column(
            "target_date",
            "When it is to be reached, as far as that is known: 2028-03-31, 2028-03 or 2028.",
            PART_OF_A_DATE,
            lambda each: each.target_date.iso if each.target_date else "",
            may_be_empty=True,
        ),
        Column(
            "target_last_day",
            "The last day of that date. After it, the date has passed.",
            DATE,
            lambda each: each.target_date and each.target_date.last_day,
            may_be_empty=True,
        ),
        Column(
            "latest_value",
            "The latest number that was published.",
            NUMBER,
            lambda each: each.latest_count and each.latest_count.value,
            may_be_empty=True,
        ),
        Column(
            "latest_date",
            "The day on which that number was true.",
            DATE,
            lambda each: each.latest_count and each.latest_count.measured_on,
            may_be_empty=True,
        ),
        Column("progress", "How far it has got, in words.", TEXT, lambda each: each.progress_words),
        Column("as_at", "How far back that goes, in words.", TEXT, lambda each: each.as_at_words),
        Column(
            "councils",
            "The councils it touches, as they stand in addresses, with a space between them. Or: "
            "all, or unknown.",
            TEXT,
            _councils,
            may_be_empty=True,
        ),
        Column(
            "also_areas",
            "Other areas that it helps, with a space between them.",
            TEXT,
            _also_areas,
            may_be_empty=True,
        ),
        Column("team", "The team that answers for it.", TEXT, _team, may_be_empty=True),
        Column(
            "evidence",
            "Where it can be checked: addresses with a space between them.",
            TEXT,
            _evidence,
            may_be_empty=True,
        ),
        Column("address", "Its page.", ADDRESS, lambda each: absolute(each.url)),
    ],
)

MEASUREMENTS = DataSet(
    name="measurements",
    title="What we measured of our commitments",
    about="Every dated number of every commitment: what its chart is made of.",
    rows=lambda request: measured(published_commitments(request)),
    page_url="commitments",
    csv_url="measurements_csv",
    json_url="measurements_json",
    schema_url="measurements_schema",
    columns=[
        Column(
            "commitment_id",
            "The id of the commitment, as its own file has it.",
            TEXT,
            lambda each: str(each.commitment.pk),
        ),
        Column("commitment", "What we said we would do.", TEXT, lambda each: each.commitment.title),
        Column(
            "date",
            "The day on which the number was true.",
            DATE,
            lambda each: each.measurement.measured_on,
        ),
        Column(
            "value",
            "The number, in full. Nothing: one was due and none was published.",
            NUMBER,
            lambda each: each.measurement.value,
            may_be_empty=True,
        ),
        Column(
            "unit",
            "What is counted. Money is in pounds.",
            one_of(unit.value for unit in UNITS),
            lambda each: str(each.commitment.unit),
        ),
        Column(
            "evidence",
            "Where it can be checked.",
            ADDRESS,
            lambda each: full_address_shown(each.measurement, each.measurement.evidence_url),
            may_be_empty=True,
        ),
        Column(
            "note",
            "What we said about it.",
            TEXT,
            lambda each: each.measurement.note,
            may_be_empty=True,
        ),
    ],
)
