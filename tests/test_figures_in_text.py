"""A figure inside running text: by reference, as it is now, and no word of one that is secret."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html

from emca_site.figures.inline import NO_FIGURE
from emca_site.figures.models import Figure
from emca_site.publishing.checks import gate
from emca_site.text.rich_text import BODY_FEATURES, LINE_FEATURES, SMALL_FEATURES
from tests import builders

pytestmark = pytest.mark.django_db


def embed(figure) -> str:
    """The tag of a figure, or of a key."""
    return f'<embed embedtype="figure" id="{getattr(figure, "pk", figure)}"/>'


def inside(figure, words="We have {} for homes.") -> str:
    return f"<p>{words.format(embed(figure))}</p>"


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def test_it_is_drawn_as_it_is_now_and_leads_to_its_record():
    figure = builders.add_figure()
    linked = '<a href="/figures/#brownfield">{}</a>'
    assert linked.format("£16.8 million") in expand_db_html(inside(figure))
    Figure.objects.update(value=Decimal("9000000"))
    assert linked.format("£9 million") in expand_db_html(inside(figure))


@pytest.mark.parametrize(
    "change", [{"live": False}, {"expire_at": "2020-01-01T00:00Z"}], ids=["draft", "ended"]
)
def test_of_one_that_is_not_public_nothing_is_told(change):
    figure = builders.add_figure(**change)
    assert expand_db_html(inside(figure)) == f"<p>We have {NO_FIGURE} for homes.</p>"


@pytest.mark.parametrize("key", ["", "0", "99999", "abc", "-1", "1e3", "²", "9" * 60, "1 OR 1=1"])
def test_what_never_was_a_figure_reads_the_same(key):
    text = inside(key)
    assert expand_db_html(text) == f"<p>We have {NO_FIGURE} for homes.</p>"


def test_all_figures_in_a_text_are_one_statement():
    figures = [builders.add_figure(key=f"figure-{number}") for number in range(5)]
    with CaptureQueriesContext(connection) as asked:
        expand_db_html("".join(map(inside, figures)))
    assert len(asked) == 1


def test_all_figures_on_a_page_are_one_statement_more(client, home):
    texts = [("text", inside(builders.add_figure(key=f"figure-{n}"))) for n in range(3)]
    builders.add_standard_page(home, slug="without", body=[("text", "<p>None.</p>")])
    builders.add_standard_page(home, slug="within", body=[*texts, ("text", "<h2>A</h2>"), *texts])
    client.get("/without/")
    with CaptureQueriesContext(connection) as without:
        client.get("/without/")
    with CaptureQueriesContext(connection) as within:
        assert client.get("/within/").text.count("/figures/#figure-1") == 2
    assert len(within) == len(without) + 1


def test_an_old_one_carries_its_date_where_it_stands():
    figure = builders.add_figure(as_at=date(2024, 5, 2), review_by=date(2025, 1, 1))
    assert "£16.8 million</a> (as at 2 May 2024) for homes" in expand_db_html(inside(figure))
    Figure.objects.update(as_at=None)
    assert "£16.8 million</a> for homes" in expand_db_html(inside(figure))


def test_a_heading_may_hold_one_and_the_contents_lead_to_it(client, home):
    figure = builders.add_figure()
    heading = inside(figure, "Where the {} went").replace("p>", "h2>")
    body = [("text", f"{heading}<p>A.</p><h2>Two</h2><h2>Three</h2>")]
    builders.add_standard_page(home, slug="money", body=body)
    page = client.get("/money/").text
    assert '<h2 id="where-the-168-million-went">' in page
    assert '<a href="#where-the-168-million-went">Where the £16.8 million went</a>' in page


def test_wherever_the_body_has_text_it_may_hold_one(client, home):
    figure = builders.add_figure()
    text = inside(figure)
    body = [
        ("text", text),
        ("callout", {"heading": "Note", "text": text}),
        ("details", {"heading": "", "items": [{"question": "How much?", "answer": text}]}),
    ]
    builders.add_standard_page(home, slug="money", body=body)
    assert main_of(client.get("/money/").text).count(">£16.8 million</a>") == 3


def test_feeds_carry_it(client, news_index):
    article = builders.add_article(
        news_index, body=[("text", inside(builders.add_figure()))], notes_to_editors=""
    )
    for address in ("/news/feed/", "/news/feed.json"):
        answer = client.get(address).text
        assert article.title in answer
        assert "£16.8 million" in answer
        assert "//testserver/figures/#brownfield" in answer


def test_a_table_may_have_a_column_of_them(client, home):
    live, draft = builders.add_figure(qualifier="up to"), builders.add_figure(key="b", live=False)
    table = {
        "caption": "Money",
        "columns": [{"type": "text", "heading": "For"}, {"type": "figure", "heading": "How much"}],
        "rows": [{"values": ["Land", live.pk]}, {"values": ["Secrets", draft.pk]}],
    }
    body = json.dumps([{"type": "table", "value": {"table": table, "has_row_headings": True}}])
    builders.add_standard_page(home, slug="money", body=body)
    main = main_of(client.get("/money/").text)
    assert '<a href="/figures/#brownfield">Up to <span aria-hidden="true">£16.8m' in main
    assert main.count("£16.8") == 2  # of one: as it is seen, and as it is read aloud


# What the site knows of it


def test_wagtails_index_knows_where_it_is_used(home):
    figure = builders.add_figure()
    page = builders.add_standard_page(home, slug="money", body=[("text", inside(figure))])
    references = ReferenceIndex.get_references_to(figure)
    assert [reference.object_id for reference in references] == [str(page.pk)]


@pytest.mark.parametrize("typed", ["£16.8 million", "16.8m", "16.8"])
def test_search_finds_a_page_by_the_number_that_it_shows(client, home, typed):
    figure = builders.add_figure()
    builders.add_standard_page(home, "In text", slug="a", body=[("text", inside(figure))])
    block = ("figures", {"heading": "", "figures": [figure]})
    builders.add_standard_page(home, "In a block", slug="b", body=[block])
    found = main_of(client.get("/search/", {"q": typed}).text)
    assert ("In text" in found) == (typed != "16.8m")  # the short form stands in the block alone
    assert "In a block" in found


def test_search_does_not_know_a_number_that_is_not_public(client, home):
    figure = builders.add_figure(live=False)
    builders.add_standard_page(home, "In text", slug="a", body=[("text", inside(figure))])
    assert "In text" not in main_of(client.get("/search/", {"q": "16.8"}).text)


def test_notes_to_editors_are_found_by_it_too(client, news_index):
    builders.add_article(news_index, "A plan", notes_to_editors=inside(builders.add_figure()))
    assert "A plan" in main_of(client.get("/search/", {"q": "16.8"}).text)


# The gate


def test_the_gate_stops_a_text_with_a_figure_that_readers_would_not_see(home):
    page = builders.add_standard_page(home, slug="money", body=[("text", inside(99))])
    assert "is gone" in gate.refusals(gate.find(page))[0].message
    draft = builders.add_figure(live=False, label="Osprey")
    page.body = [("text", inside(draft)), ("figures", {"heading": "", "figures": [draft]})]
    found = [each.message for each in gate.refusals(gate.find(page))]
    assert len(found) == 2
    assert all("not published" in message and "Osprey" not in message for message in found)
    Figure.objects.update(live=True)
    draft.refresh_from_db()
    page.body = [("text", inside(draft)), ("figures", {"heading": "", "figures": [draft]})]
    assert not gate.refusals(gate.find(page))


def test_to_the_gate_a_figure_is_words(home):
    figure = builders.add_figure()
    heading = inside(figure, "{}").replace("p>", "h2>")
    page = builders.add_standard_page(home, slug="money", body=[("text", heading)])
    assert not gate.find(page)


# The editor


def test_fields_that_are_small_print_hold_none():
    assert "figure" in BODY_FEATURES
    assert "figure" in SMALL_FEATURES
    assert "figure" not in LINE_FEATURES


def test_the_editor_shows_the_number_and_stores_the_reference():
    figure = builders.add_figure()
    converter = ContentstateConverter(BODY_FEATURES)
    text = f'<p data-block-key="a">We have {embed(figure)} more.</p>'
    state = json.loads(converter.from_database_format(text))
    assert state["blocks"][0]["text"] == "We have £16.8 million more."
    (entity,) = state["entityMap"].values()
    assert entity["type"] == "FIGURE"
    assert entity["mutability"] == "IMMUTABLE"
    assert converter.to_database_format(json.dumps(state)) == text


@pytest.mark.parametrize(
    "text",
    [
        '<p data-block-key="a"><embed embedtype="figure" id="{}"/> is <b>much</b>.</p>',
        '<p data-block-key="a">It is <embed embedtype="figure" id="{}"/></p>',
        '<p data-block-key="a"><embed embedtype="figure" id="{0}"/> and '
        '<embed embedtype="figure" id="{0}"/>.</p>',
        '<ul><li data-block-key="a">It is <embed embedtype="figure" id="{}"/>.</li></ul>',
        '<h2 data-block-key="a">Our <embed embedtype="figure" id="{}"/></h2>',
    ],
)
def test_going_through_the_editor_changes_nothing(text):
    text = text.format(builders.add_figure().pk)
    converter = ContentstateConverter(BODY_FEATURES)
    assert converter.to_database_format(converter.from_database_format(text)) == text


def test_a_field_without_the_feature_keeps_none():
    state = ContentstateConverter(LINE_FEATURES).from_database_format(inside(builders.add_figure()))
    assert json.loads(state)["entityMap"] == {}


def test_in_the_editor_one_that_is_gone_says_so():
    state = json.loads(ContentstateConverter(BODY_FEATURES).from_database_format(inside(99)))
    assert state["blocks"][0]["text"] == f"We have {NO_FIGURE} for homes."
