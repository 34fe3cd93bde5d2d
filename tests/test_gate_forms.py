"""What the gate refuses stands in the form of the desk at the field, and at the very block."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.admin.panels import get_edit_handler
from wagtail.blocks import StreamBlockValidationError
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from emca_site.banners.models import Notice
from emca_site.publishing.checks.gate import Finding, Severity, find
from emca_site.publishing.saving.form_errors import add_errors
from home.models import AccessibilityStatementPage
from news.models import ArticlePage
from tests import builders

pytestmark = pytest.mark.django_db

UNFINISHED = "“TBC” looks unfinished. Put in what is meant, or take it out."


def refusal(field, *path, message="Mend it.", rule="a_rule", place="Here") -> Finding:
    return Finding(rule, Severity.REFUSAL, field, path, place, message)


@pytest.fixture
def article_form(news_index, admin):
    """Makes the form of an article from what was posted, after the form itself has checked it."""
    page = builders.add_article(news_index)

    def make(body: list, **fields):
        data = {
            "title": "Buses",
            "slug": "buses",
            "summary": "In short.",
            "kind": "news",
            "seo_title": "",
            "search_description": "",
            "notes_to_editors": rich_text(""),
            "body": streamfield(body),
            "chosen_articles": inline_formset([]),
            "comments": inline_formset([]),
        }
        form_class = ArticlePage.get_edit_handler().get_form_class()
        form = form_class(
            nested_form_data(data | fields), instance=page, parent_page=news_index, for_user=admin
        )
        form.is_valid()
        return form

    return make


def html_of(form, rf, admin) -> BeautifulSoup:
    request = rf.get("/")
    request.user = admin
    panel = type(form.instance).get_edit_handler()
    panel = panel.get_bound_panel(instance=form.instance, request=request, form=form)
    return BeautifulSoup(panel.render_html(), "html.parser")


def body_errors(form, rf, admin):
    """The errors that the desk draws at the blocks of the body."""
    block = html_of(form, rf, admin).select_one('[data-block][id="body"]')
    return json.loads(block["data-w-block-arguments-value"])[1]


def judged(form):
    assert form.is_valid(), form.errors.as_json()
    form.save(commit=False)
    add_errors(form, find(form.instance))
    return form


def test_a_form_with_nothing_to_mend_stays_valid(article_form):
    form = judged(article_form([("text", rich_text("<p>Good.</p>"))]))
    assert form.is_valid()


def test_a_message_stands_at_its_field(article_form):
    form = judged(article_form([], title="Buses TBC"))
    assert form.errors == {"title": [UNFINISHED]}


def test_the_block_at_fault_shows_its_message_and_no_other_does(article_form, rf, admin):
    aims = {"heading": "Aims", "intro": "", "items": streamfield([])}
    aims["items"] = {
        "count": 2,
        **{
            str(number): {
                "deleted": "",
                "order": str(number),
                "value": {"title": title, "text": ""},
            }
            for number, title in enumerate(["Good", "TBC"])
        },
    }
    form = judged(
        article_form(
            [
                ("text", rich_text("<p>Good.</p>")),
                ("text", rich_text("<h3>Low</h3><p>TBC</p>")),
                ("quote", {"text": "Good.", "attribution": "TBC"}),
                ("aims", aims),
            ]
        )
    )
    assert not form.is_valid()
    assert list(form.errors) == ["body"]
    low = (
        "The heading “Low” is one level too low: no larger heading stands above it. Make it "
        "heading 2."
    )
    assert body_errors(form, rf, admin) == {
        "blockErrors": {
            "1": {"messages": [low, UNFINISHED]},
            "2": {"blockErrors": {"attribution": {"messages": [UNFINISHED]}}},
            "3": {
                "blockErrors": {
                    "items": {
                        "blockErrors": {"1": {"blockErrors": {"title": {"messages": [UNFINISHED]}}}}
                    }
                }
            },
        }
    }
    assert html_of(form, rf, admin).decode().count("is one level too low") == 1


def test_to_add_the_same_findings_twice_changes_nothing(article_form, rf, admin):
    form = article_form([("text", rich_text("<p>TBC</p>"))], title="TBC", slug="tbc")
    judged(form)
    before = form.errors.as_json(), body_errors(form, rf, admin)
    add_errors(form, find(form.instance))
    assert (form.errors.as_json(), body_errors(form, rf, admin)) == before


def test_what_the_form_itself_found_stays(article_form, rf, admin):
    form = article_form(
        [
            ("quote", {"text": "", "attribution": "TBC"}),
            ("picture", {"image": {"image": "", "alt_text": "", "decorative": ""}, "caption": ""}),
        ],
        summary="",
    )
    add_errors(
        form,
        [
            refusal("summary", rule="missing"),
            refusal("body", 0, "text", rule="missing"),
            refusal("body", 0, "attribution", message=UNFINISHED),
        ],
    )
    assert form.errors["summary"] == ["This field is required."]
    shown = body_errors(form, rf, admin)["blockErrors"]["0"]["blockErrors"]
    assert shown == {
        "text": {"messages": ["This field is required."]},
        "attribution": {"messages": [UNFINISHED]},
    }


def test_a_picture_without_a_decision_is_told_at_its_description_once(article_form, rf, admin):
    image = builders.add_image()
    picture = {"image": {"image": image.pk, "alt_text": "", "decorative": ""}, "caption": ""}
    form = article_form([("picture", picture)])
    errors = body_errors(form, rf, admin)
    add_errors(form, [refusal("body", 0, "image", "alt_text", rule="picture_without_decision")])
    assert body_errors(form, rf, admin) == errors
    picture["image"]["alt_text"] = "IMG_1234"
    form = judged(article_form([("picture", picture)]))
    assert body_errors(form, rf, admin)["blockErrors"]["0"] == {
        "blockErrors": {
            "image": {
                "blockErrors": {
                    "alt_text": {
                        "messages": [
                            "“IMG_1234” looks like the name of a file. Say what the picture shows."
                        ]
                    }
                }
            }
        }
    }


def test_a_table_shows_what_is_wrong_at_its_cell_and_above_it(article_form, rf, admin):
    value = {
        "caption": "TBC",
        "column-count": "1",
        "row-count": "1",
        "column-0-type": "text",
        "column-0-order": "0",
        "column-0-heading": "What",
        "column-0-deleted": "",
        "row-0-order": "0",
        "row-0-deleted": "",
        "cell-0-0": "TBC",
    }
    form = judged(article_form([("table", {"table": value, "has_row_headings": "on"})]))
    assert body_errors(form, rf, admin)["blockErrors"]["0"]["blockErrors"] == {
        "table": {
            "messages": [UNFINISHED],
            "blockErrors": {"0": {"0": {"messages": [UNFINISHED]}}},
        }
    }


def test_an_error_of_the_whole_body_and_one_of_a_block_both_show(article_form, rf, admin):
    form = article_form([("text", rich_text("<p>TBC</p>"))])
    form.add_error("body", ValidationError("The body is too short."))
    add_errors(form, find(form.instance))
    assert body_errors(form, rf, admin) == {
        "messages": ["The body is too short."],
        "blockErrors": {"0": {"messages": [UNFINISHED]}},
    }
    assert isinstance(form.errors["body"].as_data()[0], StreamBlockValidationError)


def test_a_finding_of_a_block_as_a_whole_shows_at_the_block(article_form, rf, admin):
    form = article_form([("quote", {"text": "Good.", "attribution": "A"})])
    add_errors(form, [refusal("body", 0)])
    assert body_errors(form, rf, admin) == {"blockErrors": {"0": {"messages": ["Mend it."]}}}


def test_a_finding_of_a_block_that_was_not_posted_is_named_at_the_body(article_form, rf, admin):
    form = article_form([("quote", {"text": "Good.", "attribution": "A"})])
    add_errors(form, [refusal("body", 7, place="Body, 8"), refusal("body", 0, "lost")])
    assert body_errors(form, rf, admin) == {"messages": ["Body, 8: Mend it.", "Here: Mend it."]}


def test_a_field_that_is_not_in_the_form_is_named_above_it(article_form):
    form = article_form([])
    add_errors(form, [refusal("owned", place="Owner"), refusal("lost", 1, "where", place="Lost")])
    assert form.non_field_errors() == ["Owner: Mend it.", "Lost: Mend it."]


def test_warnings_keep_nothing_back(article_form):
    form = article_form([])
    add_errors(form, [Finding("a", Severity.WARNING, "title", (), "Title", "Look.")])
    assert form.is_valid()


def issue(title: str, **fields) -> dict:
    defaults = {
        "kind": "failure",
        "criterion": "1.1.1",
        "problem": "P.",
        "where": "W",
        "affects": "S",
        "work_around": "",
        "found_on": "2026-01-01",
    }
    return {"title": title, **defaults} | fields


@pytest.fixture
def statement_form(home, admin):
    page = builders.add_accessibility_statement(home)

    def make(issues: list[dict], initial: int = 0):
        texts = dict.fromkeys(AccessibilityStatementPage.RICH_TEXTS, rich_text(""))
        data = {
            "title": "Statement",
            "slug": "accessibility-statement",
            "summary": "In short.",
            "seo_title": "",
            "search_description": "",
            "compliance": "not",
            "prepared_on": "2026-01-01",
            "reviewed_on": "2026-01-01",
            "known_issues": inline_formset(issues, initial=initial),
            "comments": inline_formset([]),
        }
        form_class = AccessibilityStatementPage.get_edit_handler().get_form_class()
        instance = AccessibilityStatementPage.objects.get(pk=page.pk)
        return form_class(
            nested_form_data(data | texts), instance=instance, parent_page=home, for_user=admin
        )

    make.page = page
    return make


def test_a_child_shows_its_message_at_its_own_field(statement_form, rf, admin):
    form = judged(statement_form([issue("Good"), issue("Bad", where="TBC"), issue("Good")]))
    errors = [child.errors for child in form.formsets["known_issues"].forms]
    assert errors == [{}, {"where": [UNFINISHED]}, {}]
    assert not form.is_valid()
    html = html_of(form, rf, admin)
    assert html.decode().count("looks unfinished") == 1
    field = html.select_one("#id_known_issues-1-where").find_parent(
        attrs={"data-field-wrapper": True}
    )
    assert UNFINISHED in field.get_text()


def test_a_child_is_found_where_others_were_deleted_and_moved(statement_form):
    first = builders.add_known_issue(statement_form.page, title="First")
    last = builders.add_known_issue(statement_form.page, title="Last")
    form = judged(
        statement_form(
            [
                issue("Gone, TBC", id=first.pk, DELETE="on", ORDER="1"),
                issue("Last", id=last.pk, where="TBC", ORDER="3"),
                issue("New", ORDER="2"),
            ],
            initial=2,
        )
    )
    errors = [child.errors for child in form.formsets["known_issues"].forms]
    assert errors == [{}, {"where": [UNFINISHED]}, {}]


def test_a_snippet_shows_its_message_at_its_field(admin):
    form_class = get_edit_handler(Notice).get_form_class()
    data = {"level": "warning", "lead": "The office is shut TBC", "expire_at": "2030-01-01 09:00"}
    form = judged(form_class(data, instance=Notice(), for_user=admin))
    assert form.errors == {"lead": [UNFINISHED]}
