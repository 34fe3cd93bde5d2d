"""What stands round every page: header, footer, breadcrumbs, and the answers without a page."""

from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.views.defaults import server_error

from home.navigation import Navigation
from home.views import forbidden
from tests import builders


def test_the_header_shows_what_menus_may_show_and_says_where_you_are(client, home, transport):
    builders.add_news_index(home)
    builders.add_standard_page(home, "Privacy", slug="privacy")
    header = client.get("/what-we-do/transport/").content.decode().split("</header>")[0]
    assert '<a href="/what-we-do/" aria-current="true">What we do</a>' in header
    assert '<a href="/news/">News</a>' in header
    assert "Privacy" not in header
    own = client.get("/what-we-do/").content.decode()
    assert '<a href="/what-we-do/" aria-current="page">What we do</a>' in own


def test_the_footer_names_the_areas_and_the_small_print(client, home, transport, housing):
    builders.add_standard_page(home, "Privacy", slug="privacy")
    footer = client.get("/").content.decode().split("<footer")[1]
    for link in ("/what-we-do/transport/", "/what-we-do/housing/", "/privacy/"):
        assert f'href="{link}"' in footer


def test_a_draft_is_in_no_menu(client, home):
    builders.add_standard_page(home, "Secret", slug="secret", show_in_menus=True, live=False)
    assert "secret" not in client.get("/").content.decode().lower()


def test_the_menus_cost_one_query(home, transport, django_assert_num_queries):
    with django_assert_num_queries(1 + 2 + 1):  # version, menus with the areas' version, areas
        menu = Navigation.load()
        assert menu.home.pk == home.pk
        assert [area.title for area in menu.areas] == ["Transport"]


def test_breadcrumbs_lead_back_one_level_at_a_time(client, home, transport):
    page = client.get(transport.url).content.decode()
    trail = page.split('aria-label="Breadcrumb"')[1].split("</nav>")[0]
    assert trail.index("Home") < trail.index("What we do") < trail.index("Transport")
    assert '<li aria-current="page">Transport</li>' in trail


def test_the_authority_is_named_by_the_settings_alone(client, home, site_settings):
    site_settings.name = "Westerly Combined Authority"
    site_settings.strapline = "Going west, together"
    site_settings.social_links = [("link", {"name": "Films", "url": "https://example.org/f"})]
    site_settings.footer_text = "<p>Small print.</p>"
    site_settings.save()
    page = client.get("/").content.decode()
    assert "<title>Westerly Combined Authority</title>" in page
    for words in ("Going west, together", "https://example.org/f", "Small print."):
        assert words in page


def test_no_room_but_the_demo_names_the_authority():
    root = Path(__file__).resolve().parent.parent
    sources = [
        path
        for folder in ("emca_site", "priorities", "news", "home", "templates", "static")
        for path in (root / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js"} and "demo" not in path.parts
    ]
    assert sources
    for path in sources:
        assert "East Midlands" not in path.read_text(), path
        assert "EMCCA" not in path.read_text(), path


def test_a_wrong_address_gets_the_sites_own_404(client, home):
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert "The path runs out here" in answer.content.decode()
    assert "Ways back" in answer.content.decode()


def test_a_404_falls_back_to_words_when_the_database_is_gone(client, home, monkeypatch):
    def gone(*args):
        raise OperationalError("the database is gone")

    monkeypatch.setattr(Navigation, "load", gone)
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert "The path runs out here" in answer.content.decode()
    assert "Ways back" not in answer.content.decode()


def test_a_500_needs_no_database(rf, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "broken at our end" in answer.content.decode()


def test_a_refusal_wears_the_sites_clothes(rf, home):
    answer = forbidden(rf.get("/"), PermissionError())
    assert answer.status_code == 403
    assert "You cannot see this" in answer.content.decode()


def test_it_lives_without_asking_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")
    assert answer.json() == {"status": "live"}
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/what-we-do/", "/what-we-do/transport/", "/news/"])
def test_a_visitor_gets_no_cookie_and_nothing_is_written(
    client, home, transport, news_index, address
):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    for query in captured.captured_queries:
        assert query["sql"].startswith("SELECT"), query["sql"]


def test_staff_see_the_userbar_and_visitors_do_not(desk, client, home):
    assert "wagtail-userbar" in desk.get("/").content.decode()
    client.logout()
    assert "wagtail-userbar" not in client.get("/").content.decode()
