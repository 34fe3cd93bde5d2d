"""The news as Atom and as JSON Feed: well-formed, whole, and true in the next response."""

import json
import uuid
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.rich_text import RichText

from emca_site.media.pictures import make_renditions
from emca_site.site_version.models import SiteVersion
from news.feeds.html import feed_html, printable
from news.models import ArticlePage
from tests import builders

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/news/feed/", "/news/feed.json"]


def atom(client, query: str = "") -> ET.Element:
    """The feed, read by a parser that forgives nothing."""
    return ET.fromstring(client.get(f"/news/feed/{query}").content)


def entries(client, query: str = "") -> list[ET.Element]:
    return atom(client, query).findall(f"{ATOM}entry")


def items(client, query: str = "") -> list[dict]:
    return json.loads(client.get(f"/news/feed.json{query}").content)["items"]


def titles(client, query: str = "") -> list[str]:
    """The titles in the feeds, which are the same in both."""
    in_atom = [entry.findtext(f"{ATOM}title") for entry in entries(client, query)]
    assert [item["title"] for item in items(client, query)] == in_atom
    return in_atom


def is_absolute(address: str) -> bool:
    return address.startswith("http://testserver/") and bool(urlsplit(address).path)


@pytest.fixture
def article(news_index, transport, site_settings):
    site_settings.name = "Westerly Combined Authority"
    site_settings.save()
    image = builders.add_image()
    make_renditions(image)
    link = f'<a linktype="page" id="{transport.pk}">plans</a>'
    article = builders.add_article(
        news_index,
        "Trams & <trains>",
        slug="trams",
        summary="Fares < £2 & falling.",
        priorities=[transport],
        lead_picture=image,
        notes_to_editors="<p>Call us.</p>",
        first_published_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
        last_published_at=datetime(2026, 5, 3, 11, tzinfo=UTC),  # a small change moves nothing
        body=[
            ("text", RichText(f"<h2>Why</h2><p>Our {link}.</p>")),
            (
                "picture",
                {"image": image, "caption": "A tram"},
            ),
            ("details", {"heading": "", "items": [{"question": "Q?", "answer": RichText("A.")}]}),
        ],
    )
    builders.add_change(article, took_effect_at=datetime(2026, 4, 2, 10, tzinfo=UTC))
    return article


# --- What they hold ----------------------------------------------------------------------------


def test_an_atom_entry_says_all_there_is(client, article):
    [entry] = entries(client)
    assert entry.findtext(f"{ATOM}title") == "Trams & <trains>"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{article.translation_key}"
    assert entry.findtext(f"{ATOM}published") == "2026-03-01T09:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-04-02T10:00:00+00:00"
    assert entry.find(f"{ATOM}category").attrib == {"term": "Transport"}
    summary = entry.find(f"{ATOM}summary")
    assert summary.text == "Fares < £2 & falling."
    assert "type" not in summary.attrib  # plain words, not HTML
    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
    assert links["alternate"].get("href") == "http://testserver/news/trams/"
    assert is_absolute(links["enclosure"].get("href"))
    assert links["enclosure"].get("type") == "image/jpeg"
    assert client.get(urlsplit(links["enclosure"].get("href")).path).status_code == 200
    assert entry.find(f"{ATOM}content").get("type") == "html"


def test_the_atom_feed_says_whose_it_is_and_where(client, article, news_index):
    feed = atom(client, "?priority=transport")
    assert feed.findtext(f"{ATOM}title") == "News about transport, Westerly Combined Authority"
    assert feed.findtext(f"{ATOM}updated") == "2026-04-02T10:00:00+00:00"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Westerly Combined Authority"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/news/feed/?priority=transport"
    assert links["alternate"] == "http://testserver/news/?priority=transport"


def test_the_json_feed_keeps_to_version_1_1(client, article):
    answer = client.get("/news/feed.json")
    assert answer.headers["Content-Type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "News, Westerly Combined Authority"
    assert feed["home_page_url"] == "http://testserver/news/"
    assert feed["feed_url"] == "http://testserver/news/feed.json"
    assert feed["language"] == "en-GB"
    assert feed["authors"] == [{"name": "Westerly Combined Authority", "url": "http://testserver/"}]
    [item] = feed["items"]
    assert item["id"] == f"urn:uuid:{article.translation_key}"
    assert item["url"] == "http://testserver/news/trams/"
    assert item["title"] == "Trams & <trains>"
    assert item["summary"] == "Fares < £2 & falling."
    assert datetime.fromisoformat(item["date_published"]) == article.first_published_at
    assert datetime.fromisoformat(item["date_modified"]) == article.updated_at
    assert item["tags"] == ["Transport"]
    assert is_absolute(item["image"])
    assert item["content_html"] == entries(client)[0].findtext(f"{ATOM}content")


def test_the_content_is_the_whole_article_and_nothing_of_our_pages(client, article):
    html = items(client)[0]["content_html"]
    assert "<h2>Why</h2><p>Our " in html
    assert '<a href="http://testserver/what-we-do/transport/">plans</a>' in html
    assert "<h3>Q?</h3>" in html
    assert "<h2>Notes to editors</h2>" in html
    assert "<p>Call us.</p>" in html
    assert '<figure>\n<img alt="" height="' in html
    assert 'src="http://testserver/files/' in html
    for furniture in ("<svg", "<form", "<details", "<picture", "<source", "class=", " id=", '"/'):
        assert furniture not in html


def test_a_consultation_says_until_when_people_can_reply(client, news_index):
    builders.add_article(
        news_index,
        kind="consultation",
        closes_on=datetime(2026, 12, 18).date(),
        consultation_url="https://example.org/reply",
    )
    html = items(client)[0]["content_html"]
    assert "18 December 2026" in html
    assert 'href="https://example.org/reply"' in html


def test_a_feed_never_says_what_visitors_may_not_know(client, article, news_index, transport):
    draft = builders.add_standard_page(news_index.get_parent(), "Plan", slug="secret", live=False)
    builders.add_article(news_index, "Secret", live=False)
    builders.add_article(news_index, "Over", expire_at=timezone.now())
    article.body = [("text", RichText(f'<p><a linktype="page" id="{draft.pk}">a plan</a></p>'))]
    article.save()
    transport.unpublish()
    assert titles(client) == ["Trams & <trains>"]
    assert "<p>a plan</p>" in items(client)[0]["content_html"]
    for address in FEEDS:
        page = client.get(address).content.decode()
        assert "secret" not in page.lower()
        assert "Transport" not in page


def test_the_newest_twenty_come_newest_first(client, news_index):
    for number in range(22):
        builders.add_article(
            news_index,
            f"Article {number}",
            first_published_at=timezone.now() - timedelta(days=number),
        )
    assert titles(client) == [f"Article {number}" for number in range(20)]


def test_a_feed_may_be_of_one_area_or_of_several(client, news_index, transport, housing):
    for title, areas in (("H", [housing]), ("T", [transport]), ("Both", [transport, housing])):
        builders.add_article(news_index, title, priorities=areas)
    builders.add_article(news_index, "Neither")
    assert titles(client, "?priority=housing") == ["Both", "H"]
    assert titles(client, "?priority=housing&priority=transport") == ["Both", "T", "H"]
    ids = {
        atom(client, query).findtext(f"{ATOM}id")
        for query in ("", "?priority=housing", "?priority=transport&priority=housing")
    }
    assert len(ids) == 3
    assert all(uuid.UUID(each) for each in ids)


def test_ids_stay_when_addresses_change(client, article, transport, home):
    before = [entries(client)[0].findtext(f"{ATOM}id"), atom(client).findtext(f"{ATOM}id")]
    of_area = atom(client, "?priority=transport").findtext(f"{ATOM}id")
    article.slug, transport.slug = "trains", "travel"
    article.save()
    transport.save()
    index = ArticlePage.objects.get().get_parent().specific
    index.slug = "latest"
    index.save()
    after = [entries(client)[0].findtext(f"{ATOM}id"), atom(client).findtext(f"{ATOM}id")]
    assert after == before
    assert atom(client, "?priority=travel").findtext(f"{ATOM}id") == of_area
    # The feeds stay where they are, wherever the news is.
    assert items(client)[0]["url"] == "http://testserver/latest/trains/"


def test_a_picture_whose_sizes_are_not_made_is_left_out_and_not_made(client, news_index):
    image = builders.add_image()
    image.renditions.all().delete()
    builders.add_article(news_index, lead_picture=image)
    assert "image" not in items(client)[0]
    assert not image.renditions.exists()


@pytest.mark.parametrize("address", FEEDS)
def test_a_site_without_articles_has_empty_feeds(client, news_index, address):
    assert client.get(address).status_code == 200
    assert items(client) == entries(client) == []


@pytest.mark.parametrize("address", FEEDS)
def test_where_there_is_no_news_page_there_are_no_feeds(client, home, address):
    assert client.get(address).status_code == 404


# --- Whatever an editor types ------------------------------------------------------------------

HOSTILE = [
    *(chr(code) for code in range(1, 0x20)),  # no database keeps U+0000 in words
    "\x7f",
    "\x85",
    "\ufffe",
    "\uffff",
    "]]>",
    "<![CDATA[",
    "<!-- -->",
    "&nbsp;",
    "\U0001f68b\u200d\U0001f33f",
    "\u202eright to left\u202c \u200f",
    "\"'<>&",
]


def test_whatever_is_typed_the_feeds_stay_well_formed(client, news_index, transport, site_settings):
    typed = "x".join(HOSTILE)
    site_settings.name = transport.title = typed[:100]
    site_settings.save()
    transport.save()
    builders.add_article(
        news_index,
        typed,
        slug="typed",
        summary=typed,
        priorities=[transport],
        notes_to_editors=f"<p>{typed}</p>",
        body=[
            ("text", RichText(f"<p>{typed}</p>")),
            ("quote", {"text": typed, "attribution": typed}),
        ],
    )
    [entry] = entries(client)
    [item] = items(client)
    for kept in ("]]>", "<![CDATA[", "\U0001f68b\u200d\U0001f33f", "\u202e", "&nbsp;"):
        for words in (entry.findtext(f"{ATOM}title"), item["title"], item["summary"]):
            assert kept in words
    for lost in ("\x01", "\x0b", "\x1f", "\ufffe", "\uffff"):
        assert lost not in json.dumps(item, ensure_ascii=False)


@pytest.mark.parametrize("code", [*range(0x20), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_what_xml_cannot_write_is_dropped(code):
    kept = chr(code) if code in (0x9, 0xA, 0xD) else ""
    assert printable(f"a{chr(code)}b") == f"a{kept}b"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<a href="/x/?a=1&amp;b=2">x</a>', '<a href="http://s/x/?a=1&amp;b=2">x</a>'),
        ('<a href="#part">x</a>', '<a href="http://s/here/#part">x</a>'),
        ('<a href="mailto:a@b.c">x</a>', '<a href="mailto:a@b.c">x</a>'),
        ('<a href="javascript:x()">x</a>', "x"),
        ('<a href="http://[">x</a>', "x"),
        ("<a>x</a> <a href='/y/'>y</a>", 'x <a href="http://s/y/">y</a>'),
        ("<p onclick='x()' style='x'>x</p>", "<p>x</p>"),
        ("<svg><use href='#x'/></svg><p>x</p>", "<p>x</p>"),
        ("<form><input><p>x</p></form>y", "y"),
        ("<p>x<span class='big vh'>hidden <b>too</b><br></span>y</p>", "<p>xy</p>"),
        ("<script>if (a < b) {}</script>x", "x"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p>x</b></p></p>y<!-- not said -->", "<p>x</p>y"),
        ("<p>Fish &amp; chips: £5, caf&eacute;<br/></p>", "<p>Fish &amp; chips: £5, café<br></p>"),
        ("<blockquote><footer>Who</footer></blockquote>", "<blockquote><p>Who</p></blockquote>"),
    ],
)
def test_html_for_readers_keeps_the_words_and_whole_addresses(html, cleaned):
    assert feed_html(html, "http://s/here/") == cleaned


# --- How they are asked for --------------------------------------------------------------------


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize(
    "query", ["nowhere", "transport&priority=nowhere", "%ff", "a" * 900, "[]", "-1"]
)
def test_an_area_that_is_not_there_is_not_found(client, article, address, query):
    assert client.get(f"{address}?priority={query}").status_code == 404


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("query", ["?kind=news", "?page=9", "?priority=", "?x[]=1&&=", "?%ff"])
def test_anything_else_in_the_address_is_passed_over(client, article, address, query):
    assert client.get(address + query).status_code == 200
    assert titles(client, query) == ["Trams & <trains>"]


@pytest.mark.parametrize("address", FEEDS)
def test_a_reader_that_has_the_latest_gets_no_more(client, article, address):
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    for header, value in (
        ("If-None-Match", answer.headers["ETag"]),
        ("If-Modified-Since", answer.headers["Last-Modified"]),
    ):
        with CaptureQueriesContext(connection) as asked:
            again = client.get(address, headers={header: value})
        assert again.status_code == 304
        assert not again.content
        assert again.headers["ETag"] == answer.headers["ETag"]
        assert again.headers["Cache-Control"] == "public, max-age=300"
        assert len(asked) == 1


@pytest.mark.parametrize("address", FEEDS)
def test_a_change_is_in_the_next_answer(client, article, address):
    seen = client.get(address).headers["ETag"]
    SiteVersion.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    since = client.get(address).headers["Last-Modified"]
    article.unpublish()
    for headers in ({"If-None-Match": seen}, {"If-Modified-Since": since}):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200
        assert "Trams" not in answer.content.decode()


def test_a_person_who_opens_the_feed_can_read_it(client, article):
    reader = client.get("/news/feed/")
    browser = client.get("/news/feed/", headers={"Accept": "text/html,application/xml;q=0.9"})
    assert reader.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    # Under a feed's own type browsers show code, whatever the style sheet.
    assert browser.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert browser.headers["Vary"] == reader.headers["Vary"] == "Accept"
    assert browser.content == reader.content
    opening = reader.content.decode().split("<feed")[0]
    assert '<?xml-stylesheet type="text/css" href="/static/css/feed.css"?>' in opening
    link = atom(client).find(f"{ATOM}subtitle//{{http://www.w3.org/1999/xhtml}}a")
    assert link.get("href") == "http://testserver/news/"


@pytest.mark.parametrize("address", ["/", "/news/", "/news/trams/"])
def test_pages_tell_readers_where_the_feeds_are(client, article, address):
    head = client.get(address).content.decode().split("</head>")[0]
    assert 'type="application/atom+xml" title="News feed (Atom)" href="/news/feed/">' in head
    assert 'type="application/feed+json" title="News feed (JSON Feed)"' in head
    assert 'href="/news/feed.json">' in head


def test_a_filtered_page_leads_to_the_feed_of_its_areas(client, article):
    page = client.get("/news/?priority=transport&kind=news&year=2026").content.decode()
    assert '<a class="more" href="/news/feed/?priority=transport">' in page
    assert "Feed of transport news (Atom)" in page
    assert 'href="/news/feed.json?priority=transport">' in page.split("</head>")[0]
    assert (
        '<a class="more" href="/news/feed/">News feed (Atom)'
        in client.get("/news/?kind=news").content.decode()
    )


def test_twenty_long_articles_cost_no_more_questions_than_one(
    client, news_index, transport, housing, home, site_settings
):
    page = builders.add_standard_page(home)

    def add_long_article(number):
        image = builders.add_image(f"Picture {number}")
        make_renditions(image)
        link = f'<p><a linktype="page" id="{transport.pk}">Plans</a></p>'
        document = builders.add_document(f"Plan {number}")
        linked = {"text": "About", "page": page, "external_url": ""}
        figures = [builders.add_figure(key=f"figure-{number}")]
        body = [
            ("text", RichText(link.replace("Plans", f"Plans {number}"))),
            ("picture", {"image": image, "caption": ""}),
            ("figures", {"heading": "", "figures": figures}),
            ("file", {"file": document, "name": ""}),
            ("links", {"heading": "Read on", "links": [linked]}),
            ("contacts", {"contacts": [builders.add_contact(name=f"Team {number}")]}),
            ("callout", {"heading": "Note", "text": RichText(link)}),
        ]
        builders.add_article(
            news_index,
            f"Article {number}",
            body=body,
            lead_picture=image,
            priorities=[transport, housing],
        )

    def asked() -> list[str]:
        client.get("/news/feed/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/news/feed/").status_code == 200
        return [query["sql"] for query in captured.captured_queries]

    add_long_article(0)
    one = asked()
    for number in range(1, 20):
        add_long_article(number)
    twenty = asked()
    assert len(one) == len(twenty) <= 12, "\n".join(twenty)
    html = items(client)[19]["content_html"]  # each article keeps its own
    assert "Plans 0" in html
    assert "Team 0" in html
    assert "Plan 0" in html
    assert "Team 1" not in html
