"""The search page: what is found, and what is said when nothing is."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.rich_text import RichText

from emca_site.search.models import FruitlessSearch
from emca_site.search.results import Results
from emca_site.search.terms import SearchTerm
from tests import builders

HITS = re.compile(r'<li class="hit">(.*?)</li>', re.DOTALL)
TITLE = re.compile(r"<h3><a [^>]*>(.*?)</a></h3>", re.DOTALL)
HEADING = re.compile(r'<h2 id="(?:results|problem)"[^>]*>(.*?)</h2>', re.DOTALL)
PASSAGE = re.compile(r"</h3>\s*<p>(.*?)</p>", re.DOTALL)


def search(client, text: str | None = None, **parameters):
    parameters |= {} if text is None else {"q": text}
    return client.get("/search/", parameters)


def hits_on(page: str) -> list[str]:
    return [unescape(TITLE.search(hit)[1]) for hit in HITS.findall(page)]


def found(client, text: str, **parameters) -> list[str]:
    answer = search(client, text, **parameters)
    assert answer.status_code == 200
    return hits_on(answer.content.decode())


def heading(client, text: str, **parameters) -> str:
    page = search(client, text, **parameters).content.decode()
    return unescape(strip_tags(HEADING.search(page)[1])).strip()


def passage(client, text: str) -> str:
    return PASSAGE.search(search(client, text).content.decode())[1]


def body(html: str) -> list:
    return [("text", RichText(html))]


def page_with_file(home, document, **fields):
    defaults = {"title": "Downloads", "body": [("file", {"file": document, "name": ""})]}
    return builders.add_standard_page(home, **defaults | fields)


@pytest.fixture
def only_twelve(monkeypatch):
    """The most that are shown, so that it takes few pages to have more."""
    monkeypatch.setattr(Results, "MOST", 12)


# What is found


def test_a_page_is_found_by_its_title_its_summary_and_its_body(client, home):
    builders.add_standard_page(
        home, "A tramway", slug="t", summary="Rails and wires.", body=body("<p>Long ballast.</p>")
    )
    for word in ("tramway", "Wires", "BALLAST", "rails tramway ballast"):
        assert found(client, word) == ["A tramway"]
    assert found(client, "tramway monorail") == []


def test_a_page_with_the_word_in_its_title_comes_first(client, home):
    builders.add_standard_page(home, "About us", slug="a", summary="We mention brownfield land.")
    builders.add_standard_page(home, "Brownfield land", slug="b")
    assert found(client, "brownfield") == ["Brownfield land", "About us"]


def test_drafts_and_what_is_past_its_end_are_never_found(client, home, news_index):
    past = timezone.now() - timedelta(minutes=1)
    builders.add_article(news_index, "Secret tram one", slug="one", live=False)
    builders.add_article(news_index, "Secret tram two", slug="two", expire_at=past)
    builders.add_article(news_index, "Open tram", slug="three")
    assert found(client, "tram") == ["Open tram"]
    assert found(client, "secret") == []


def test_what_an_editor_changed_and_did_not_publish_is_not_found(client, home):
    page = builders.add_standard_page(home, "Trams", slug="trams", summary="Old words.")
    page.summary = "Embargoed words."
    page.save_revision()
    assert found(client, "embargoed") == []
    assert "Old words." in passage(client, "trams")


def test_many_drafts_do_not_crowd_out_the_page_that_is_published(client, news_index, only_twelve):
    for number in range(15):
        builders.add_article(news_index, "Tram", slug=f"draft-{number}", live=False)
    builders.add_article(news_index, "News", summary="A long way down, one tram.", slug="live")
    assert found(client, "tram") == ["News"]


def test_the_home_page_is_not_a_result(client, home):
    home.intro = "All about trams."
    home.save()
    assert found(client, "trams") == []


def test_a_file_that_a_published_page_uses_is_found_with_its_type_and_size(client, home):
    document = builders.add_document("Tram timetable", "tram.pdf", b"%PDF" + b"x" * 2044)
    page_with_file(home, document)
    assert found(client, "timetable") == ["Tram timetable"]
    page = search(client, "timetable").content.decode()
    assert f'<a href="{document.url}">Tram timetable</a>' in page
    assert "<span>File</span>" in page
    assert "<span>PDF, 2.0\xa0KB</span>" in page


def test_a_file_that_only_rich_text_links_to_is_found(client, home):
    document = builders.add_document("Tram timetable")
    link = f'<p><a linktype="document" id="{document.pk}">Times</a></p>'
    builders.add_standard_page(home, body=body(link))
    assert found(client, "timetable") == ["Tram timetable"]


@pytest.mark.parametrize("fields", [{"live": False}, {"expire_at": timezone.now()}])
def test_a_file_that_only_a_hidden_page_uses_is_never_found(client, home, fields):
    page_with_file(home, builders.add_document("Embargoed plan"), **fields)
    builders.add_document("Embargoed but unused")
    assert found(client, "embargoed") == []


def test_a_file_in_a_change_that_was_not_published_is_never_found(client, home):
    page = builders.add_standard_page(home, slug="plain")
    document = builders.add_document("Embargoed plan")
    page.body = [("file", {"file": document, "name": ""})]
    page.save_revision()
    assert found(client, "embargoed") == []


def test_things_that_are_not_pages_are_not_results(client, home):
    builders.add_contact(name="Tram office")
    builders.add_notice(lead="No trams today", expire_at=timezone.now())
    builders.add_image("A tram")
    assert found(client, "tram") == []


# How words are read


WRITTEN = (
    "Money: £16.8 million and 1,400 homes. Follow-up by May, and/or in Derby/Nottingham. "
    "It\u2019s the council\u2019s plan at www.example.org. Café Zürich. Route A52 (open). "
    "Who does what."
)


@pytest.mark.parametrize(
    "text",
    [
        "16.8",
        "£16.8",
        "1,400",
        "1,400 homes",
        "follow-up",
        "follow up",
        "nottingham",
        "Derby/Nottingham",
        "council's",
        "council\u2019s plan",
        "“council\u2019s”",
        "example",
        "www.example.org",
        "café",
        "ZÜRICH",
        "a52",
        "(open)",
        "who does what",
        "where is the money",
        "homes, money!",
        "homes AND money",
        "homes* money:",
        "homes:",
        "-homes",
        '"homes',
        "homes\u202e \u200fmoney",
        "ho\u200bmes",
        "homes homes homes",
        "homes \U0001f3e0",
    ],
)
def test_words_as_they_are_written_are_found_on_every_database(client, home, text):
    builders.add_standard_page(home, "Found", slug="found", summary="S.", body=body(WRITTEN))
    builders.add_standard_page(home, "Other", slug="other", summary="S.", body=body("Nothing."))
    assert found(client, text) == ["Found"]


@pytest.mark.parametrize("text", ["8.16", "400,1", "homes OR monorail", "up-follow", "hom*"])
def test_other_words_are_not(client, home, text):
    builders.add_standard_page(home, "Found", slug="found", summary="S.", body=body(WRITTEN))
    assert found(client, text) == []


HOSTILE = [
    "'",
    '"',
    '" OR 1=1 --',
    "%' ; DROP TABLE x",
    "AND",
    "OR OR NOT",
    "NEAR(a b, 2)",
    "a NEAR/3 b",
    "*",
    "ab*",
    "^ab",
    "body:ab",
    "{title} : ab",
    "ab + cd",
    "((((ab",
    "ab))))",
    "\\",
    "ab\\",
    "!ab & | cd",
    "ab:*",
    "<->",
    ":" * 190,
    '"' * 190,
    "(" * 190,
    "\U0001f3e0\U0001f68b",
    "\u202eab\u202c",
    "\ufffd\ufffe ab",
    "ab\r\ncd\t\v\f",
    "a" * 200,
    " ".join("abcdefghijklmnopqrstuvwxyz"),
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "水 火",
    "e\u0301" * 40,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_gets_a_helpful_page(client, home, text):
    answer = search(client, text)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<h1>Search</h1>" in page
    assert HEADING.search(page)
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "parameters",
    [{"q": "x" * 201}, {"q": "x" * 4_000}, {"q": ":" * 2_000}, {"q": "a b " * 1_000}],
)
def test_too_much_is_refused_kindly(client, home, parameters):
    answer = client.get("/search/", parameters)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "no more than 200 characters" in page
    assert "<title>Error: search " in page
    assert len(answer.content) < 20_000


@pytest.mark.parametrize(
    "query",
    [
        "q=%ff%fe",
        "q=tram&page=0",
        "q=tram&page=-1",
        "q=tram&page=" + "9" * 30,
        "q=tram&page=abc",
        "q=tram&page=1&page=2",
        "q=tram&section=nowhere",
        "q=tram&section=what-we-do&section=what-we-do",
        "q=one&q=tram",
        "q[]=tram",
        "section=news",
        "&&&===",
    ],
)
def test_no_parameter_is_an_error(client, home, transport, query):
    assert client.get(f"/search/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "q=tram&section=%00", "q=" + "%3A" * 3_000])
def test_nonsense_is_refused_in_the_clothes_of_the_site(client, home, query):
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 400
    assert 'id="site-nav"' in answer.content.decode()


def test_what_cannot_be_seen_is_not_part_of_a_term():
    assert SearchTerm.typed("a\x00b\u202e c\u200bd\te\n").text == "a b cd e"


def test_it_only_reads(client, home):
    assert client.post("/search/", {"q": "tram"}).status_code == 405
    answer = client.head("/search/", {"q": "tram"})
    assert answer.status_code == 200
    assert answer.content == b""


# What the page says


def test_without_words_it_asks_for_some(client, home):
    for parameters in ({}, {"q": ""}, {"q": "  "}):
        page = client.get("/search/", parameters).content.decode()
        assert '<label class="label" for="q">' in page
        assert "<title>Search" in page
        assert "results" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("text", ["a", "?", "é", ":::"])
def test_one_letter_is_too_few(client, home, text):
    answer = search(client, text)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert heading(client, text) == "There is a problem"
    assert 'aria-describedby="q-problem"' in page
    assert '<p id="q-problem"><a href="#q">' in page
    assert not FruitlessSearch.objects.exists()


def test_the_count_is_in_words(client, home, news_index):
    builders.add_standard_page(home, "A tram", slug="tram")
    assert heading(client, "tram") == "One result for “tram”"
    for number in range(7):
        builders.add_article(news_index, f"Tram {number}", slug=f"tram-{number}")
    assert heading(client, " Tram ") == "Eight results for “Tram”"
    assert heading(client, "monorail") == "No results for “monorail”"


def test_more_than_anybody_reads_is_said_to_be_more(client, news_index, only_twelve):
    for number in range(13):
        builders.add_article(news_index, f"Tram {number}", slug=f"tram-{number}")
    assert heading(client, "tram") == "More than twelve results for “tram”"
    assert len(found(client, "tram", page=2)) == 2
    # The last page stands in for any that does not exist.
    assert found(client, "tram", page=3) == found(client, "tram", page=2)


def test_results_come_in_pages_that_say_so(client, home, news_index):
    for number in range(12):
        builders.add_article(news_index, f"Tram {number}", slug=f"tram-{number}")
    first, second = found(client, "tram"), found(client, "tram", page=2)
    assert (len(first), len(second)) == (10, 2)
    assert not set(first) & set(second)
    page = search(client, "tram", page=2).content.decode()
    assert "<title>tram: search, page 2 of 2" in page
    assert '<ol class="news-list mt-s" start="11">' in page
    assert 'aria-label="Pages of results"' in page


def test_a_result_says_what_it_is_and_where(client, home, news_index, transport):
    builders.add_article(
        news_index,
        "The tram story",
        kind="press-release",
        first_published_at=timezone.make_aware(timezone.datetime(2024, 3, 14)),
    )
    builders.add_standard_page(home, "Tram rules", slug="rules")
    transport.summary = "Every tram."
    transport.save()
    page = search(client, "tram").content.decode()
    facts = {
        TITLE.search(hit)[1]: strip_tags(hit.split("</p>")[0]).split() for hit in HITS.findall(page)
    }
    assert facts == {
        "The tram story": ["Press", "release", "14", "March", "2024"],
        "Tram rules": ["Page"],
        "Transport": ["Area", "What", "we", "do"],
    }


def test_the_words_are_marked_where_the_most_of_them_stand(client, home):
    text = "<p>A tram. </p>" + "<p>Nothing at all is here. </p>" * 40
    text += "<p>Homes near the tram are quiet.</p>"
    builders.add_standard_page(home, "Found", slug="f", summary="Start.", body=body(text))
    words = passage(client, "tram homes")
    assert "<mark>Homes</mark> near the <mark>tram</mark>" in words
    assert words.startswith("… ")
    assert len(strip_tags(words)) < 250


def test_without_the_words_in_it_a_passage_is_how_the_page_begins(client, home):
    builders.add_standard_page(home, "Trams", slug="t", summary="How it begins.")
    assert passage(client, "trams").startswith("How it begins. Why")


def test_a_passage_is_never_markup(client, home):
    builders.add_standard_page(
        home, "<b>Tram</b>", slug="t", summary="tram <script>alert(1)</script> & <i>tram"
    )
    page = search(client, "tram").content.decode()
    assert "<mark>tram</mark> &lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;i&gt;" in page
    assert "&lt;b&gt;Tram&lt;/b&gt;" in page


def test_it_is_kept_out_of_search_engines_and_sets_no_cookie(client, home):
    answer = search(client, "tram")
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


# Narrowing


@pytest.fixture
def trams(home, news_index, priority_index):
    builders.add_article(news_index, "Tram news", slug="tram-1")
    builders.add_article(news_index, "More tram news", slug="tram-2")
    builders.add_priority(priority_index, "Tram plans", slug="trams")
    page_with_file(home, builders.add_document("Tram file"))


def test_results_are_narrowed_to_parts_of_the_site(client, trams):
    assert set(found(client, "tram", section="news")) == {"Tram news", "More tram news"}
    assert found(client, "tram", section="what-we-do") == ["Tram plans"]
    assert found(client, "tram", section="files") == ["Tram file"]
    assert len(found(client, "tram", section=["news", "files"])) == 3
    assert heading(client, "tram", section="news") == "Two results for “tram” in News"


def test_each_part_says_how_much_is_in_it(client, trams):
    page = search(client, "tram", section="news").content.decode()
    assert 'value="news" checked>News (2)</label>' in page
    assert 'value="what-we-do">What we do (1)</label>' in page
    assert 'value="files">Files (1)</label>' in page
    assert '<input type="hidden" name="q" value="tram">' in page


def test_a_part_with_nothing_in_it_offers_the_whole_site(client, trams):
    page = search(client, "plans", section="news").content.decode()
    assert "No results for “plans” in News" in page
    assert '<a href="?q=plans">Search the whole site</a>' in page
    assert not FruitlessSearch.objects.exists()


def test_a_part_is_searched_to_its_end_where_there_is_more_than_anybody_reads(
    client, home, news_index, only_twelve
):
    for number in range(13):
        builders.add_article(news_index, f"Tram {number}", slug=f"tram-{number}")
    builders.add_standard_page(home, "Rules", slug="rules", summary="One tram, far down the list.")
    assert found(client, "tram", section="rules") == ["Rules"]
    page = search(client, "tram", section="rules").content.decode()
    assert "News (at least 12)</label>" in page


# Nothing found


def test_the_nearest_words_of_the_site_are_offered(client, home):
    builders.add_standard_page(home, "Brownfield land", slug="b")
    page = search(client, "brwnfeild").content.decode()
    assert '<a href="/search/?q=brownfield"><strong>brownfield</strong></a>' in page
    page = search(client, "brwnfeild land").content.decode()
    assert '<a href="/search/?q=brownfield%20land">' in page


def test_promoted_terms_are_offered_too(client, home):
    page = builders.add_standard_page(home, "Roads", slug="roads")
    builders.add_promotion("pothole", page=page)
    assert "<strong>pothole</strong>" not in search(client, "potthole").content.decode()
    page.summary = "Tell us of a pothole."
    page.save()
    assert "<strong>pothole</strong>" in search(client, "potthole").content.decode()


def test_words_of_drafts_are_never_offered(client, home):
    draft = builders.add_standard_page(home, "Brownfield land", slug="b", live=False)
    builders.add_promotion("brownfields", page=draft)
    assert "Did you mean" not in search(client, "brwnfeild").content.decode()
    draft.live = True
    draft.save()
    assert "Did you mean" in search(client, "brwnfeild").content.decode()


def test_nothing_is_offered_that_finds_nothing(client, home):
    builders.add_standard_page(home, "Brownfield land", slug="b")
    assert "Did you mean" not in search(client, "brwnfeild monorail").content.decode()


def test_there_are_places_to_go(client, home, transport, news_index):
    builders.add_standard_page(home, "Contact us", slug="contact")
    main = search(client, "monorail").content.decode().split("<main")[1].split("</main")[0]
    for address in ("/what-we-do/", "/what-we-do/transport/", "/news/", "/contact/"):
        assert f'<a href="{address}">' in main


# Faults


def failing(part_of_statement: str):
    """A database on which statements that name something fail."""

    def execute(execute, sql, params, many, context):
        if part_of_statement in sql:
            raise OperationalError("the database is not well")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(execute)


def test_a_broken_index_gets_an_apology_and_places_to_go(client, home, transport):
    with failing("wagtailsearch_indexentry"):
        answer = search(client, "tram")
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "Search is not working right now" in page
    assert 'value="tram"' in page
    assert '<a href="/what-we-do/transport/">' in page
    assert answer.headers["Retry-After"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert not FruitlessSearch.objects.exists()


def test_without_a_database_the_apology_is_in_plain_words(client, home):
    with failing(""):
        answer = search(client, "tram")
    assert answer.status_code == 503
    assert "Search is not working right now" in answer.content.decode()


def test_the_apology_asks_the_database_for_nothing_that_is_kept(client, home, transport):
    search(client, "tram")
    with failing("wagtailsearch_indexentry"), CaptureQueriesContext(connection) as asked:
        search(client, "tram")
    assert len(asked) <= 3


# Forms


@pytest.mark.parametrize("address", ["/", "/what-we-do/transport/", "/nothing/", "/search/?q=tram"])
def test_every_page_has_a_box_in_its_menu_and_a_link(client, home, transport, address):
    page = client.get(address).content.decode()
    menu = page.split('<nav class="site-nav')[1].split("</nav>")[0]
    assert 'role="search" aria-label="Search, from the menu" action="/search/"' in menu
    assert '<label class="label" for="nav-q">Search this site</label>' in menu
    assert '<a href="/search/"' in menu
    current = re.search(r'<a href="/search/"( aria-current="page")?>Search</a>', menu)
    assert bool(current[1]) == address.startswith("/search/")


def test_the_home_page_asks_what_you_want_to_find_with_banners_a_picture_or_neither(client, home):
    asked = '<label class="label" for="home-q">What do you want to find?</label>'
    assert asked in client.get("/").content.decode()
    home.banner_image = builders.add_image()
    home.save()
    assert asked in client.get("/").content.decode()
    builders.add_banner(home)
    page = client.get("/").content.decode()
    assert page.count(asked) == 1
    assert '<div class="deep askband">' in page


def test_a_page_that_is_not_there_asks_what_you_were_looking_for(client, home):
    page = client.get("/nothing/").content.decode()
    assert '<label class="label" for="lost-q">What were you looking for?</label>' in page


def test_ids_are_used_once(client, home, transport):
    builders.add_standard_page(home, "Tram", slug="tram")
    for address in ("/", "/nothing/", "/search/?q=tram", "/search/?q=a", "/search/?q=monorail"):
        ids = re.findall(r' id="([^"]*)"', client.get(address).content.decode())
        assert len(ids) == len(set(ids)), address


# What PostgreSQL does beyond words as they are written

STEMS = [("home", "Homes"), ("homes", "Home"), ("building", "Build"), ("retrofitted", "Retrofit")]


@pytest.mark.parametrize(("text", "written"), STEMS)
def test_other_forms_of_a_word_are_found_where_the_database_knows_english(
    client, home, text, written
):
    builders.add_standard_page(home, written, slug="p", summary="S.")
    knows_english = connection.vendor == "postgresql"
    assert found(client, text) == ([written] if knows_english else [])
