"""The count of terms that found nothing: what is kept, what never is, and that nobody waits."""

import csv
import io
from contextlib import contextmanager
from datetime import date, timedelta
from importlib import import_module
from threading import Thread

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from emca_site.publishing.uk_time.times import monday_of
from emca_site.search.matching import best_matches
from emca_site.search.models import EntryWords, FruitlessSearch, fruitless_search
from emca_site.search.models.fruitless_search import countable
from emca_site.search.terms import SearchTerm
from emca_site.site_version.models import SiteVersion
from tests import builders

REPORT = "/admin/reports/fruitless-searches/"


def count(text: str, times: int = 1) -> None:
    for _ in range(times):
        FruitlessSearch.count(SearchTerm.typed(text))


def kept() -> dict[str, int]:
    return dict(FruitlessSearch.objects.values_list("term", "times"))


def writes(asked) -> list[str]:
    reading = ("SELECT", "SAVEPOINT", "RELEASE", "SET LOCAL", "PRAGMA")
    return [query["sql"] for query in asked if not query["sql"].strip().startswith(reading)]


# What is counted


def test_a_search_that_finds_nothing_is_counted_by_its_week(client, home):
    for text in ("Tram", " tram ", "“TRAM”?"):
        client.get("/search/", {"q": text})
    searched = FruitlessSearch.objects.get()
    assert (searched.term, searched.times) == ("tram", 3)
    assert searched.week == monday_of(timezone.localdate())
    assert searched.week.weekday() == 0


def test_nothing_is_kept_about_the_person(db):
    fields = {field.name for field in FruitlessSearch._meta.get_fields()}
    assert fields == {"id", "week", "term", "times", "place"}


def test_it_is_one_write_and_a_search_that_finds_something_is_none(client, home):
    builders.add_standard_page(home, "Tram", slug="tram")
    for text in ("monorail", "monorail"):
        count("first of the week")
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/", {"q": text})
        assert len(writes(asked)) == 1
    with CaptureQueriesContext(connection) as asked:
        client.get("/search/", {"q": "tram"})
    assert writes(asked) == []


def test_looking_at_the_head_only_counts_nothing(client, home):
    client.head("/search/", {"q": "monorail"})
    assert kept() == {}


def test_what_was_refused_narrowed_or_promoted_is_not_counted(client, home):
    builders.add_promotion("monorail", external_link_url="https://example.org/")
    client.get("/search/", {"q": "monorail"})
    client.get("/search/", {"q": "x" * 201})
    client.get("/search/", {"q": "trams", "section": "files"})
    assert kept() == {}


def test_counting_changes_nothing_that_pages_show(client, home):
    version = SiteVersion.current()
    client.get("/search/", {"q": "monorail"})
    assert kept() == {"monorail": 1}
    assert SiteVersion.current() == version


# What never is

PRIVATE = [
    "jo.bloggs@example.org",
    "jo bloggs @ example",
    "jo\uff20example.org",
    "01632 960123",
    "(01632) 960-123",
    "+44 7700 900 123",
    "7700 900",
    "0 1 6 3 2 9 6",
    "\u0660\u0661\u0662\u0663\u0664\u0665\u0666",
    "NG1 5DT",
    "ng15dt",
    "bins at DE24 8QR",
    "s1 2ab",
    "SW1A 1AA",
    "ec1a-1bb",
    "N G 1 5 D T",
    "QQ 12 34 56 C",
    "one two three four five six",
    "x" * 101,
    "!!",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_what_may_be_about_a_person_is_never_kept(db, text):
    count(text)
    assert kept() == {}


@pytest.mark.parametrize(
    ("text", "as_kept"),
    [
        ("Bus  pass!", "bus pass"),
        ("net-zero 2050", "net-zero 2050"),
        ("1,400 homes", "1,400 homes"),
        ("A52", "a52"),
        ("one two three four five", "one two three four five"),
        ("=cmd|' /c calc'!A1", "cmd c calc'!a1"),
        ("-2+3", "2+3"),
    ],
)
def test_everything_else_is_kept_without_what_makes_no_difference(text, as_kept):
    assert countable(SearchTerm.typed(text)) == as_kept


def test_a_week_has_at_most_so_many_terms_and_goes_on_counting_those(db, monkeypatch):
    monkeypatch.setattr(fruitless_search, "MOST_TERMS", 3)
    for text in ("one", "two", "three", "four", "five", "one", "three"):
        count(text)
    assert kept() == {"one": 2, "two": 1, "three": 2}


def test_five_hundred_is_what_the_database_itself_allows(db):
    week = date(2026, 11, 23)
    FruitlessSearch.objects.create(week=week, term="last", place=500)
    with pytest.raises(IntegrityError):
        FruitlessSearch.objects.create(week=week, term="one more", place=501)


def test_each_week_starts_afresh_and_a_year_is_kept(db):
    this_week = monday_of(timezone.localdate())
    for weeks in (1, 52, 53, 80):
        FruitlessSearch.objects.create(
            week=this_week - timedelta(weeks=weeks), term=f"{weeks} weeks ago", place=500
        )
    count("new")
    assert kept() == {"new": 1, "1 weeks ago": 1, "52 weeks ago": 1}


def test_old_weeks_are_only_looked_for_when_a_week_starts(db):
    count("first")
    old = monday_of(timezone.localdate()) - timedelta(weeks=60)
    FruitlessSearch.objects.create(week=old, term="old", place=1)
    count("second")
    count("first")
    assert kept() == {"first": 2, "second": 1, "old": 1}


# When the database is busy, or may not be written to


@pytest.fixture
def busy(tmp_path, django_db_blocker):
    """A database of its own with the one table, which others may use at the same time."""
    settings = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        name, options = str(tmp_path / "busy.sqlite3"), {"timeout": 20}
    else:
        name, options = settings["NAME"], {"options": "-c search_path=busy"}
    connections.settings["busy"] = settings | {"NAME": name, "OPTIONS": options}
    database = connections["busy"]
    with django_db_blocker.unblock():
        if database.vendor == "postgresql":
            run(database, "DROP SCHEMA IF EXISTS busy CASCADE", "CREATE SCHEMA busy")
        with database.schema_editor() as editor:
            editor.create_model(FruitlessSearch)
        yield database
        if database.vendor == "postgresql":
            run(database, "DROP SCHEMA busy CASCADE")
        database.close()
    del connections.settings["busy"]
    del connections["busy"]


def run(database, *statements: str) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def locked_by_somebody_else(database):
    """Another connection is in the middle of changing what is in the table."""
    other = database.copy()
    run(other, "BEGIN IMMEDIATE" if other.vendor == "sqlite" else "BEGIN")
    run(other, "UPDATE search_fruitlesssearch SET times = 100")
    yield
    run(other, "ROLLBACK")
    other.close()


def how_long_it_waits(database) -> str:
    name = "PRAGMA busy_timeout" if database.vendor == "sqlite" else "SHOW lock_timeout"
    with database.cursor() as cursor:
        cursor.execute(name)
        return str(cursor.fetchone()[0])


def kept_in(database) -> dict[str, int]:
    terms = FruitlessSearch.objects.using(database.alias)
    return dict(terms.values_list("term", "times"))


def test_nobody_waits_for_whoever_is_writing(busy):
    tram = SearchTerm("tram")
    FruitlessSearch.count(tram, using=busy)
    usual = how_long_it_waits(busy)
    waits = []

    def watch(execute, sql, params, many, context):
        if "INSERT" in sql:
            waits.append(how_long_it_waits(busy))
        return execute(sql, params, many, context)

    with locked_by_somebody_else(busy), busy.execute_wrapper(watch):
        FruitlessSearch.count(tram, using=busy)
    assert waits == ["0" if busy.vendor == "sqlite" else "100ms"]
    assert how_long_it_waits(busy) == usual  # everything else waits as before
    assert kept_in(busy) == {"tram": 1}
    FruitlessSearch.count(tram, using=busy)
    assert kept_in(busy) == {"tram": 2}


def test_a_database_that_is_only_read_counts_nothing(busy):
    is_sqlite = busy.vendor == "sqlite"
    only_read = "PRAGMA query_only = ON" if is_sqlite else "SET default_transaction_read_only = on"
    usual = how_long_it_waits(busy)
    run(busy, only_read)
    FruitlessSearch.count(SearchTerm("tram"), using=busy)
    assert kept_in(busy) == {}
    assert how_long_it_waits(busy) == usual
    if not is_sqlite:
        run(busy, "SET default_transaction_read_only = off")


def test_many_at_once_never_make_a_week_longer(busy, monkeypatch):
    monkeypatch.setattr(fruitless_search, "MOST_TERMS", 5)

    def search(number):
        own = connections["busy"]
        FruitlessSearch.count(SearchTerm(f"term {number}"), using=own)
        own.close()

    threads = [Thread(target=search, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(kept_in(busy)) <= 5


def test_a_visitor_never_hears_of_it(client, home):
    def refuse(execute, sql, params, many, context):
        if "INSERT" in sql:
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        answer = client.get("/search/", {"q": "monorail"})
    assert answer.status_code == 200
    assert "No results for" in answer.content.decode()


# On the desk


@pytest.fixture
def two_weeks(db):
    FruitlessSearch.objects.create(week=date(2026, 11, 16), term="tram", times=2, place=1)
    FruitlessSearch.objects.create(week=date(2026, 11, 23), term="bus pass", times=7, place=1)


def test_the_report_lists_weeks_terms_and_times(desk, two_weeks):
    page = desk.get(REPORT).content.decode()
    assert "Searches that found nothing" in page
    assert page.index("bus pass") < page.index("tram")
    assert "23 November 2026" in page


def test_the_report_is_narrowed_to_a_week_or_to_words(desk, two_weeks):
    for filters in ({"week": "2026-11-16"}, {"term": "tra"}):
        page = desk.get(f"{REPORT}results/", filters).content.decode()
        assert "tram" in page
        assert "bus pass" not in page


def test_the_report_comes_as_csv(desk, two_weeks):
    answer = desk.get(REPORT, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert rows == [
        ["Week from", "What people typed", "Times"],
        ["2026-11-23", "bus pass", "7"],
        ["2026-11-16", "tram", "2"],
    ]


def test_one_click_leads_to_the_form_with_the_term_filled_in(desk, two_weeks):
    page = desk.get(REPORT).content.decode()
    address = f"{REPORT}promote/?query_string=bus+pass"
    assert f'href="{address}"' in page
    form = desk.get(address).content.decode()
    assert 'value="bus pass"' in form
    assert 'action="/admin/searchpicks/add/"' in form


def test_what_visitors_typed_is_never_markup_on_the_desk(desk, db):
    FruitlessSearch.objects.create(week=date(2026, 11, 16), term="<b>x</b>\"'", place=1)
    assert "<b>x</b>" not in desk.get(REPORT).content.decode()
    address = f"{REPORT}promote/"
    assert "<b>x</b>" not in desk.get(address, {"query_string": '"><b>x</b>'}).content.decode()


def test_the_report_is_in_the_menu_of_those_who_may_see_it_in_place_of_wagtails(desk, db):
    menu = desk.get("/admin/reports/fruitless-searches/").content.decode()
    assert "/admin/reports/fruitless-searches/" in menu
    assert "searchpicks/reports/search-terms" not in menu


def test_somebody_else_on_the_desk_may_not_see_it(client, django_user_model, two_weeks):
    user = django_user_model.objects.create_user("e@example.org", "a-pass-phrase")
    group = Group.objects.create(name="Editors of something")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    for address in (REPORT, f"{REPORT}results/", f"{REPORT}promote/"):
        assert client.get(address).status_code == 302
    group.permissions.add(Permission.objects.get(codename="view_fruitlesssearch"))
    assert "bus pass" in client.get(REPORT).content.decode()


def test_the_words_of_entries_go_and_come_back_with_their_migration(db):
    """On PostgreSQL, where there are some."""
    migration = import_module("emca_site.search.migrations.0002_words_of_index_entries")
    editor = connection.schema_editor()
    migration.remove_cascade(None, editor)
    migration.add_cascade(None, editor)
    page = builders.add_standard_page(builders.add_home(), "Tram", slug="tram")
    assert [match.path for match in best_matches(SearchTerm("tram"), 1)]
    page.delete()
    assert not best_matches(SearchTerm("tram"), 1)


def test_wagtails_table_of_entries_has_no_column_of_ours(db):
    table = IndexEntry._meta.db_table
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, table)
    columns = {field.column for field in IndexEntry._meta.concrete_fields}
    assert {column.name for column in description} == columns


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite finds words in FTS5.")
def test_the_words_beside_an_entry_change_and_go_with_it(home):
    page = builders.add_standard_page(home, "Tram", slug="tram")
    entries = page.index_entries
    assert EntryWords.objects.filter(entry__in=entries.all(), vector="tram").count() == 1
    page.title = "Monorail"
    page.save()
    assert not EntryWords.objects.filter(vector="tram").exists()
    assert EntryWords.objects.filter(entry__in=entries.all(), vector="monorail").count() == 1
    page.unpublish()
    get_search_backend().get_index_for_model(type(page)).delete_item(page)
    assert not EntryWords.objects.filter(vector="monorail").exists()
    call_command("update_index", verbosity=0)
    assert EntryWords.objects.count() == IndexEntry.objects.count() > 0


def test_a_fault_that_is_not_the_databases_is_not_hidden(db, monkeypatch):
    assert not issubclass(TypeError, DatabaseError)
    monkeypatch.setattr(fruitless_search, "_upsert", lambda table: None)
    with pytest.raises(TypeError):
        count("monorail")
