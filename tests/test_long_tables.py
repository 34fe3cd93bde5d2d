"""A table of 900 rows is taken; one that is too long is refused in words, and the form is kept."""

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from emca_site.core.table_block import MOST_CELLS
from emca_site.publishing.saving.malformed import TOO_LONG
from news.models import ArticlePage
from tests.desk_site import SUBMIT, article_form, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

TABLE = "body-0-value-table"


def table_form(rows: int, columns: int, gone: int = 0) -> dict:
    """What the form of an article posts whose body is one table. `gone`: columns deleted again."""
    form = article_form()
    form = {key: value for key, value in form.items() if not key.startswith("body")}
    form |= {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "table",
        "body-0-id": "",
        "body-0-value-has_row_headings": "on",
        f"{TABLE}-caption": "Numbers",
        f"{TABLE}-column-count": str(columns + gone),
        f"{TABLE}-row-count": str(rows),
    }
    for column in range(columns + gone):
        form |= {
            f"{TABLE}-column-{column}-type": "text",
            f"{TABLE}-column-{column}-heading": f"Column {column}",
            f"{TABLE}-column-{column}-order": str(column),
            f"{TABLE}-column-{column}-deleted": "" if column < columns else "1",
        }
    for row in range(rows):
        form |= {f"{TABLE}-row-{row}-order": str(row), f"{TABLE}-row-{row}-deleted": ""}
        form |= {f"{TABLE}-cell-{row}-{column}": f"{row}.{column}" for column in range(columns)}
    return form


@pytest.fixture
def address() -> str:
    return reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])


@pytest.mark.parametrize("action", [{}, SUBMIT], ids=["saved", "submitted"])
@pytest.mark.parametrize("shape", [(900, 11), (2500, 2)])
def test_a_long_table_is_taken_whole(comms, address, shape, action):
    rows, columns = shape
    answer = comms.post(address, table_form(rows, columns) | action)
    assert answer.status_code == 302
    body = ArticlePage.objects.get(slug="a-new-tram").latest_revision.as_object().body
    table = body[0].value["table"]
    assert len(table.row_data) == rows
    assert table.row_data[-1]["values"][-1] == f"{rows - 1}.{columns - 1}"


def test_a_table_too_long_for_readers_is_refused_with_the_limit_and_the_form_kept(comms, address):
    form = table_form(1001, 10)
    assert comms.post(address, form).status_code == 302  # a draft is saved whatever it is
    answer = comms.post(address, form | SUBMIT | {"slug": "another"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "This table has 10,010 cells. A table takes at most 10,000: split it" in html
    assert "1000.9" in html  # the last cell
    assert not ArticlePage.objects.filter(slug="another").exists()
    assert MOST_CELLS == 10_000


def test_what_was_deleted_from_a_table_does_not_count(comms, address):
    answer = comms.post(address, table_form(500, 2, gone=100))
    assert answer.status_code == 302


def test_a_table_that_claims_more_cells_than_came_is_malformed(comms, address):
    form = table_form(200, 200)
    short = {key: value for key, value in form.items() if "-cell-" not in key}
    assert comms.post(address, short).status_code == 400


@pytest.mark.parametrize(
    "limit", [{"DATA_UPLOAD_MAX_NUMBER_FIELDS": 50}, {"DATA_UPLOAD_MAX_MEMORY_SIZE": 500}]
)
def test_a_post_beyond_what_the_server_takes_is_answered_in_words(comms, address, limit):
    with override_settings(**limit):
        answer = comms.post(address, table_form(20, 5))
        autosave = comms.post(address, table_form(20, 5), headers={"Accept": "application/json"})
    assert answer.status_code == autosave.status_code == 400
    assert TOO_LONG in answer.content.decode()
    assert "<h1>We cannot take so much at once</h1>" in answer.content.decode()
    assert autosave.json() == {
        "success": False,
        "error_code": "too_long",
        "error_message": TOO_LONG,
    }


def test_the_screen_knows_the_limits_and_stops_before_them(comms, address):
    html = comms.get(address).content.decode()
    assert f'data-most-fields="{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}"' in html
    assert f'data-most-bytes="{settings.DATA_UPLOAD_MAX_MEMORY_SIZE}"' in html
