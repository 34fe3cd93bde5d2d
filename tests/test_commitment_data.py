"""The commitments as data: what a spreadsheet, a program and a journalist read."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from emca_site.charts.series import Point, Series, Target
from emca_site.open_data import data_sets
from priorities.data import COMMITMENTS, MEASUREMENTS
from tests import builders

pytestmark = pytest.mark.django_db

NAMES = [
    *("id", "area", "area_name", "commitment", "why", "status", "status_reason", "stage"),
    *("start_date", "target", "target_value", "unit", "measure", "target_date"),
    *("target_last_day", "latest_value", "latest_date", "progress", "as_at", "councils"),
    *("also_areas", "team", "evidence", "address"),
]


@pytest.fixture
def points(transport, housing):
    """One with everything, and one with nothing but its words."""
    north, south = builders.add_district("Northwick"), builders.add_district("Southwick")
    builders.add_commitment(housing, "=1+1", slug="words", reach="unknown")
    return builders.add_commitment(
        transport,
        "Put 120 charging points in car parks",
        slug="points",
        status="at-risk",
        status_reason="Power, “late”;\nand more.",
        target_value=Decimal("120.500"),
        target_on=date(2028, 3, 5),
        target_precision="month",
        starts_on=date(2025, 3, 1),
        measure="points in use",
        reach="some",
        councils=[south, north],
        also_areas=[housing],
        evidence=[{"link_text": "Report", "link_url": "https://example.org/r"}],
        measurements=[
            (date(2025, 6, 30), Decimal("9.25")),
            (date(2025, 3, 31), Decimal(4)),
            (date(2025, 9, 30), None),
        ],
        stages=[("Agreed", "done"), ("Under way", "now")],
    )


def table(client, address) -> list[dict]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_names_of_the_columns_stay(client, points):
    assert list(table(client, "/commitments.csv")[0]) == NAMES
    assert list(table(client, "/commitments/measurements.csv")[0]) == [
        *("commitment_id", "commitment", "date", "value", "unit", "evidence", "note")
    ]


def test_a_row_is_exact(client, points):
    row = table(client, "/commitments.csv")[0]
    assert row["status"] == "at-risk"
    assert row["status_reason"] == "Power, “late”;\nand more."
    assert row["target_value"] == "120.5"
    assert row["target_date"] == "2028-03"
    assert row["target_last_day"] == "2028-03-31"
    assert row["start_date"] == "2025-03-01"
    assert (row["latest_value"], row["latest_date"]) == ("9.25", "2025-06-30")
    assert row["progress"] == "9.25 of 120.5 points in use"
    assert set(row["councils"].split()) == {"northwick", "southwick"}
    assert row["also_areas"] == "housing"
    assert row["evidence"] == "https://example.org/r"
    assert row["address"].endswith("/what-we-do/transport/points/")


def test_words_are_no_formula_in_a_spreadsheet(client, points):
    row = table(client, "/commitments.csv")[1]
    assert row["commitment"] == "'=1+1"
    assert row["unit"] == row["target_value"] == row["latest_value"] == ""
    assert row["councils"] == "unknown"


def test_the_chart_can_be_built_again_from_the_two_files(client, points):
    row = table(client, "/commitments.csv")[0]
    rows = table(client, "/commitments/measurements.csv")
    series = Series(
        title=row["measure"].capitalize(),
        unit=row["unit"],
        points=[
            Point(
                date.fromisoformat(each["date"]),
                Decimal(each["value"]) if each["value"] else None,
                each["note"],
                "Evidence" if each["evidence"] else "",
                each["evidence"],
            )
            for each in rows
            if each["commitment_id"] == row["id"]
        ],
        target=Target(date.fromisoformat(row["target_last_day"]), Decimal(row["target_value"])),
        start=date.fromisoformat(row["start_date"]),
        noun=row["measure"],
    )
    points.refresh_from_db()
    assert series == points.series
    assert [each.value for each in series.points] == [4, Decimal("9.25"), None]


def test_one_chart_has_a_file_of_its_own(client, points):
    answer = client.get("/commitments/transport/points.csv")
    assert 'filename="points.csv"' in answer["Content-Disposition"]
    assert table(client, "/commitments/transport/points.csv") == table(
        client, "/commitments/measurements.csv"
    )
    assert client.get("/commitments/housing/points.csv").status_code == 404


@pytest.mark.parametrize("data_set", [COMMITMENTS, MEASUREMENTS], ids=lambda each: each.name)
def test_the_documents_are_as_their_schema_says(client, points, data_set):
    base = "/commitments" if data_set is COMMITMENTS else "/commitments/measurements"
    schema = client.get(f"{base}.schema.json").json()
    document = json.loads(client.get(f"{base}.json").content)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(document)
    assert document["licence"]["name"] == "Open Government Licence v3.0"
    assert document[data_set.name]
    assert data_set in data_sets.published()
    html = client.get("/figures/about-the-data/").content.decode()
    for column in data_set.columns:
        assert column.name in html
        assert column.in_words in html


@pytest.mark.parametrize("query", ["?area=transport", "?status=at-risk", "?council=northwick"])
def test_the_files_can_be_narrowed_as_the_list_can(client, points, query):
    assert [row["id"] for row in table(client, f"/commitments.csv{query}")] == [str(points.pk)]
    assert len(client.get(f"/commitments.json{query}").json()["commitments"]) == 1
    assert len(table(client, f"/commitments/measurements.csv{query}")) == 3
    assert query in client.get(f"/commitments/{query}").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/commitments.csv",
        "/commitments.json",
        "/commitments.schema.json",
        "/commitments/measurements.csv",
    ],
)
def test_any_site_may_read_them_and_nobody_may_write(client, points, address):
    answer = client.get(address)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405
    assert client.options(address).status_code == 405


def test_a_draft_is_in_no_file(client, points):
    builders.add_commitment(points.get_parent().specific, "Kept secret", live=False, slug="secret")
    for address in ("/commitments.csv", "/commitments.json", "/commitments/measurements.json"):
        assert "Kept secret" not in client.get(address).content.decode()
    assert client.get("/commitments/transport/secret.csv").status_code == 404
