"""The page of our figures, and the same as files that anybody may use."""

import csv
import io
import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from emca_site.figures.data import FIGURES
from emca_site.figures.models import Figure
from emca_site.numbers.formatting import digits
from emca_site.open_data import data_sets
from emca_site.open_data.data_sets import NUMBER, TEXT, Column, DataSet
from emca_site.open_data.responses import csv_response, json_response
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from emca_site.site_version.models import SiteVersion
from tests import builders

pytestmark = pytest.mark.django_db

FILES = ["/figures.csv", "/figures.json", "/figures/schema.json"]
LONG_AGO = date(2020, 1, 1)


def rows_of(answer) -> list[dict]:
    """Read a CSV response as the page about the data tells programs to."""
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def main_of(client, address: str) -> str:
    return client.get(address).text.split("<main")[1].split("</main>")[0]


@pytest.fixture
def figures(home, transport):
    return [
        builders.add_figure(
            area=transport,
            qualifier="up to",
            as_at=date(2024, 5, 2),
            doubt="It may be less.",
            note="In all.",
            owned_by=builders.add_team(),
            review_by=LONG_AGO,
        ),
        builders.add_figure(
            key="share",
            label="of people, “more or less”,\nas they say",
            value=Decimal("27.60"),
            unit="percent",
            as_at_text="2022",
            source_url="",
            confidence="press",
        ),
        builders.add_figure(key="debt", label="owed", value=Decimal("-3000000.05")),
    ]


# As files


def test_the_csv_holds_every_figure_exactly(client, figures):
    first, second, third = rows_of(client.get("/figures.csv"))
    assert first == {
        "key": "brownfield",
        "value": "16800000",
        "unit": "money",
        "qualifier": "up to",
        "label": "to make land ready for homes",
        "as_written": "£16.8 million",
        "as_at": "2024-05-02",
        "as_at_words": "2 May 2024",
        "source": "The plan",
        "source_link": "https://example.org/plan",
        "confidence": "official",
        "doubt": "It may be less.",
        "note": "In all.",
        "area": "transport",
        "area_name": "Transport",
        "team": first["team"],
        "review_by": "2020-01-01",
        "is_overdue": "yes",
        "address": "https://testserver/figures/#brownfield",
    }
    assert first["team"]
    assert second["value"] == "27.6"
    assert second["label"] == "of people, “more or less”,\nas they say"
    assert (second["as_at"], second["as_at_words"]) == ("", "2022")
    assert second["area"] == second["area_name"] == second["source_link"] == ""
    assert third["value"] == "-3000000.05"


def test_the_columns_are_those_that_were_promised(client, figures):
    promised = [
        "key",
        "value",
        "unit",
        "qualifier",
        "label",
        "as_written",
        "as_at",
        "as_at_words",
        "source",
        "source_link",
        "confidence",
        "doubt",
        "note",
        "area",
        "area_name",
        "team",
        "review_by",
        "is_overdue",
        "address",
    ]
    assert list(rows_of(client.get("/figures.csv"))[0]) == promised
    assert list(client.get("/figures.json").json()["figures"][0]) == promised
    about = main_of(client, "/figures/about-the-data/")
    explained = re.findall(r"<dt>(\w+)</dt>", about)
    assert explained[explained.index("key") :][: len(promised)] == promised


def test_the_json_says_the_same_as_the_csv(client, figures):
    document = client.get("/figures.json").json()
    as_text = [{name: cell or "" for name, cell in row.items()} for row in document["figures"]]
    assert as_text == rows_of(client.get("/figures.csv"))
    assert document["licence"]["name"] == "Open Government Licence v3.0"
    assert document["schema"] == "https://testserver/figures/schema.json"
    assert document["figures"][2]["value"] == "-3000000.05"
    assert document["figures"][1]["area"] is None


def test_the_json_keeps_to_the_schema_beside_it(client, figures):
    schema = client.get("/figures/schema.json").json()
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema, format_checker=FormatChecker())
    document = client.get("/figures.json").json()
    check.validate(document)
    for name, wrong in {
        "value": 16800000,
        "unit": "bananas",
        "as_at": "2 May 2024",
        "confidence": "",
        "is_overdue": None,
    }.items():
        other = json.loads(json.dumps(document))
        other["figures"][0][name] = wrong
        assert not check.is_valid(other), name
    del document["figures"][0]["address"]
    assert not check.is_valid(document)


@pytest.mark.parametrize(
    "words", ["=1+1", "+44 20", "-5 homes", "@SUM(A1)", "\tx", "\rx", " =1+1", '=cmd|"/c"!A1']
)
def test_a_spreadsheet_takes_no_words_for_a_formula(client, words):
    builders.add_figure(label=words, doubt=words, source_name=words, value=Decimal("-5"))
    (row,) = rows_of(client.get("/figures.csv"))
    for column in ("label", "doubt", "source"):
        assert row[column] == f"'{words}"
    assert row["value"] == "-5"  # a number, which a spreadsheet counts with
    assert row["as_written"].startswith("−")  # noqa: RUF001 (a minus sign, and no formula)
    assert client.get("/figures.json").json()["figures"][0]["label"] == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("16800000.000", "16800000"),
        ("27.600", "27.6"),
        ("0.000", "0"),
        ("-0.000", "0"),
        ("1E+9", "1000000000"),
        ("-3", "-3"),
        ("100", "100"),
        ("123456789012345.678", "123456789012345.678"),
    ],
)
def test_numbers_are_exact(value, text):
    assert digits(Decimal(value), grouped=False) == text
    answer = csv_response("x.csv", ["value"], [[Decimal(value)]])
    assert rows_of(answer) == [{"value": text}]
    assert json.loads(json_response({"value": Decimal(value)}).content) == {"value": text}


def test_a_value_that_nobody_thought_of_is_no_data():
    with pytest.raises(TypeError, match="float"):
        csv_response("x.csv", ["value"], [[0.1]])


@pytest.mark.parametrize("address", FILES)
def test_other_sites_may_read_it_and_nobody_may_write(client, figures, address):
    answer = client.get(address, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", FILES[:2])
def test_what_a_reader_has_is_not_sent_again_until_it_changes(client, figures, address):
    first = client.get(address)
    held = {"If-None-Match": first.headers["ETag"]}
    again = client.get(address, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    Figure.objects.filter(key="debt").update(value=1)
    assert client.get(address, headers=held).status_code == 200


def test_they_say_what_they_are(client, figures):
    headers = client.get("/figures.csv").headers
    assert headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert headers["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert client.get("/figures.json").headers["Content-Type"] == "application/json"
    assert client.get("/figures/schema.json").headers["Content-Type"] == "application/schema+json"
    assert client.get("/figures.csv").content.startswith(b"\xef\xbb\xbfkey,")


@pytest.mark.parametrize("address", ["/figures/", "/figures.csv", "/figures.json"])
@pytest.mark.parametrize("secret", ["draft", "ended"])
def test_what_is_not_public_stands_in_none(client, home, address, secret):
    change = {"live": False} if secret == "draft" else {"expire_at": timezone.now()}
    builders.add_figure(label="Osprey", key="osprey", **change)
    assert "sprey" not in client.get(address).text


def test_without_a_figure_there_are_files_all_the_same(client, home):
    assert rows_of(client.get("/figures.csv")) == []
    assert client.get("/figures.json").json()["figures"] == []
    assert "No figure is published yet." in main_of(client, "/figures/")


def test_an_area_that_lists_do_not_show_is_not_named(client, figures, transport):
    Retirement.objects.start(transport, RetiredAs.ARCHIVED, reason="It is over.")
    assert rows_of(client.get("/figures.csv"))[0]["area"] == ""
    assert "Transport:" not in main_of(client, "/figures/")
    type(transport).objects.update(live=False)
    assert rows_of(client.get("/figures.csv"))[0]["area_name"] == ""


# As a page


def test_the_page_has_a_record_of_each_by_area(client, figures, housing):
    Figure.objects.filter(key="debt").update(area=housing)
    main = main_of(client, "/figures/")
    assert [*re.findall(r"<h3[^>]*>([^<]+)</h3>", main)] == [
        "Transport: one",
        "Housing and land: one",
        "Of no one area: one",
    ]
    assert re.findall(r'<li class="fact" id="([^"]+)">', main) == ["brownfield", "debt", "share"]
    assert "Three figures</h2>" in main
    assert 'data-priority="housing"' in main
    for anchor in re.findall(r'href="#([^"]+)"', main):
        assert f'id="{anchor}"' in main


def test_a_record_says_all_that_is_known(client, figures):
    main = main_of(client, "/figures/")
    record = main.split('id="brownfield"')[1].split("</li>")[0]
    for words in (
        "<small>Up to</small>",
        "To make land ready for homes</h4>",
        "Official source",
        '#going"/>',
        "2 May 2024",
        "due to be checked again since",
        '<a href="https://example.org/plan">The plan</a>',
        "It may be less.",
        "In all.",
        "Nowhere yet",
    ):
        assert words in record, words
    other = main.split('id="share"')[1].split("</li>")[0]
    assert "Press report only" in other
    assert '#doubt"/>' in other
    assert "None that we know of." in other


def test_a_record_names_the_live_pages_that_show_it_and_no_other(client, home, figures):
    figure = figures[0]
    text = [("text", f'<p><embed embedtype="figure" id="{figure.pk}"/></p>')]
    home.key_figures = [("figure", figure)]
    home.save()
    builders.add_standard_page(home, "In words", slug="words-of-it", body=text)
    builders.add_standard_page(home, "Kestrel draft", slug="b", body=text, live=False)
    past = timezone.now() - timedelta(seconds=1)
    builders.add_standard_page(home, "Kestrel ended", slug="c", body=text, expire_at=past)
    kept = builders.add_standard_page(home, "Kestrel kept", slug="d", body=text)
    Retirement.objects.start(kept, RetiredAs.ARCHIVED, reason="It is over.")
    record = main_of(client, "/figures/").split('id="brownfield"')[1].split("</li>")[0]
    assert '<a href="/">' in record
    assert '<a href="/words-of-it/">In words</a>' in record
    assert "Kestrel" not in record


def test_of_many_pages_it_names_some_and_says_how_many_more(client, home, figures):
    text = [("text", f'<p><embed embedtype="figure" id="{figures[0].pk}"/></p>')]
    for number in range(12):
        builders.add_standard_page(home, f"Page {number}", slug=f"p-{number}", body=text)
    record = main_of(client, "/figures/").split('id="brownfield"')[1].split("</li>")[0]
    assert record.count("<a href=") == 11  # ten pages and the source
    assert "and two more" in record


@pytest.mark.parametrize("address", ["/figures/", "/figures/about-the-data/"])
def test_the_files_are_made_for_their_sizes_once_until_the_site_changes(
    client, figures, made_files, address
):
    SiteVersion.renew()
    first = client.get(address).content
    made = len(made_files)
    assert made
    assert client.get(address).content == first
    assert len(made_files) == made
    SiteVersion.renew()
    client.get(address)
    assert len(made_files) == 2 * made


def test_the_page_leads_to_the_files_with_their_types_and_sizes(client, figures):
    main = main_of(client, "/figures/")
    for address, name in (("/figures.csv", "CSV"), ("/figures.json", "JSON")):
        size = len(client.get(address).content)
        link = re.search(rf'<a class="btn[^"]*" href="{address}">.*?</a>', main, re.DOTALL)[0]
        assert f"{name} ({filesizeformat(size)})" in link
    assert '<a class="more" href="/figures/about-the-data/">About the data</a>' in main
    assert (
        '<link rel="alternate" type="text/csv" href="/figures.csv"' in client.get("/figures/").text
    )


def test_it_is_found_from_other_pages(client, figures):
    assert (
        '<li><a href="/figures/">Our figures</a></li>' in client.get("/").text.split("<footer")[1]
    )
    sitemap = client.get("/sitemap.xml").text
    for address in ("/figures/", "/figures/about-the-data/", "/who-does-what/"):
        assert f"<loc>https://testserver{address}</loc>" in sitemap


# About the data


def test_the_page_about_the_data_says_on_what_terms_and_how(client, home, site_settings):
    main = main_of(client, "/figures/about-the-data/")
    assert "Open Government Licence v3.0" in main
    assert "utf-8-sig" in main
    for address in FILES:
        assert f'href="{address}"' in main
    for value in ("official", "press", "one-source", "sources-differ"):
        assert f"“{value}” in the files" in main


def test_other_rooms_publish_their_data_there_too(client, home, monkeypatch):
    columns = [
        Column("name", "What it is called.", TEXT, lambda row: row[0]),
        Column("count", "How many.", NUMBER, lambda row: row[1], may_be_empty=True),
    ]
    trees = DataSet(
        name="trees",
        title="Our trees",
        about="Every tree.",
        columns=columns,
        rows=lambda request: [("Oak", Decimal(3)), ("Elm", None)],
        page_url="figures",
        csv_url="figures_csv",
        json_url="figures_json",
        schema_url="figures_schema",
    )
    monkeypatch.setattr(data_sets, "_published", {"figures": FIGURES, "trees": trees})
    main = main_of(client, "/figures/about-the-data/")
    assert "Our trees</h2>" in main
    assert "What it is called." in main
    assert "An exact number, or nothing" in main
    document = json.loads(json_response(trees.document(trees.rows(None))).content)
    assert document["trees"] == [{"name": "Oak", "count": "3"}, {"name": "Elm", "count": None}]
    Draft202012Validator(trees.schema()).validate(document)
