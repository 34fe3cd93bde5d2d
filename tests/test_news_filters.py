"""Narrowing the news, paging through it, and the article that stands first."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emca_site.core.middleware import LONGEST_QUERY
from emca_site.core.paging import CappedPaginator
from news.kinds import Kind
from news.models import ArticlePage
from tests import builders


class Links(HTMLParser):
    """The addresses of links and of `link` elements, by their words or their `rel`."""

    def __init__(self, html: str):
        super().__init__()
        self.to, self.rel, self._href = {}, {}, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a":
            self._href, self._words = attrs.get("href"), ""
        elif tag == "link":
            self.rel[attrs["rel"], attrs.get("type", "")] = attrs["href"]

    def handle_data(self, data):
        if self._href is not None:
            self._words += data

    def handle_endtag(self, tag):
        if tag == "a" and self._href is not None:
            self.to[" ".join(self._words.split())] = self._href
            self._href = None


@pytest.fixture
def news(news_index, transport, housing):
    """Six articles; the newest is about neither area and stands first where nothing is chosen."""
    for title, kind, areas, day in (
        ("Newest", "news", [], datetime(2026, 9, 1, tzinfo=UTC)),
        ("Tram statement", "statement", [transport], datetime(2026, 8, 1, tzinfo=UTC)),
        ("Tram release", "press-release", [transport], datetime(2025, 8, 1, tzinfo=UTC)),
        ("Homes release", "press-release", [housing], datetime(2025, 7, 1, tzinfo=UTC)),
        ("Both news", "news", [transport, housing], datetime(2024, 7, 1, tzinfo=UTC)),
        ("Homes news", "news", [housing], datetime(2024, 6, 1, tzinfo=UTC)),
    ):
        builders.add_article(
            news_index,
            title,
            slug=title.lower().replace(" ", "-"),
            kind=kind,
            priorities=areas,
            first_published_at=day,
        )
    return news_index


def found(client, query: str) -> list[str]:
    return [article.title for article in client.get(f"/news/{query}").context["articles"]]


def text(client, query: str = "") -> str:
    return client.get(f"/news/{query}").content.decode()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?priority=transport", ["Tram statement", "Tram release", "Both news"]),
        ("?kind=press-release", ["Tram release", "Homes release"]),
        ("?year=2024", ["Both news", "Homes news"]),
        ("?priority=housing&kind=news", ["Both news", "Homes news"]),
        ("?priority=transport&kind=press-release&year=2025", ["Tram release"]),
        ("?kind=statement&kind=press-release", ["Tram statement", "Tram release", "Homes release"]),
        ("?year=2024&year=2026", ["Newest", "Tram statement", "Both news", "Homes news"]),
        (
            "?priority=transport&priority=housing",
            ["Tram statement", "Tram release", "Homes release", "Both news", "Homes news"],
        ),
        ("?priority=transport&kind=consultation", []),
    ],
)
def test_choices_of_one_sort_widen_and_of_different_sorts_narrow(client, news, query, titles):
    assert found(client, query) == titles


@pytest.mark.parametrize(
    "query", ["?priority=nowhere", "?kind=rumour", "?year=1066", "?year=", "?year=2024.0", "?x=y"]
)
def test_what_the_site_does_not_know_is_passed_over(client, news, query):
    page = text(client, query)
    assert "Five articles, newest first" in page
    assert "You chose" not in page
    assert 'rel="canonical" href="http://testserver/news/"' in page


def test_a_year_is_a_year_in_uk_time(client, news_index):
    # The first moment of 2025 in London, and the last of 2024.
    for title, moment in (
        ("In", datetime(2025, 1, 1, tzinfo=UTC)),
        ("Before", datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ):
        builders.add_article(news_index, title, first_published_at=moment)
    assert found(client, "?year=2025") == ["In"]
    assert found(client, "?year=2024") == ["Before"]


def test_the_years_to_choose_from_are_those_with_articles(client, news):
    builders.add_article(
        news, "Secret", live=False, first_published_at=datetime(2021, 1, 1, tzinfo=UTC)
    )
    assert client.get("/news/").context["years"] == [2026, 2025, 2024]
    ArticlePage.objects.get(title="Tram release").delete()
    ArticlePage.objects.get(title="Homes release").delete()
    assert client.get("/news/").context["years"] == [2026, 2024]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Five articles, newest first"),
        ("?priority=transport", "Three articles match"),
        ("?kind=statement", "One article matches"),
        ("?kind=consultation", "No articles match"),
    ],
)
def test_the_count_is_in_words(client, news, query, words):
    assert f'<h2 class="count">{words}</h2>' in text(client, query)


def test_the_form_is_closed_until_it_is_used_and_then_shows_what_was_chosen(client, news):
    assert '<details class="filters">' in text(client)
    page = text(client, "?priority=housing&kind=news&year=2024")
    assert '<details class="filters" open>' in page
    for name, value in (("priority", "housing"), ("kind", "news"), ("year", "2024")):
        assert f'name="{name}" value="{value}" checked>' in page
    assert page.count(" checked>") == 3
    assert 'name="page"' not in page


def test_each_chip_takes_one_choice_away(client, news):
    links = Links(text(client, "?priority=transport&priority=housing&kind=news&year=2024")).to
    assert links["Remove: Transport"] == "/news/?priority=housing&kind=news&year=2024"
    assert links["Remove: News"] == "/news/?priority=transport&priority=housing&year=2024"
    assert links["Remove: 2024"] == "/news/?priority=transport&priority=housing&kind=news"
    assert links["Clear all"] == links["Clear"] == "/news/"


def test_the_address_search_engines_are_given_holds_the_choices_in_one_order(client, news):
    query = "?year=2024&utm_source=x&kind=rumour&priority=housing&kind=news&priority=transport"
    canonical = Links(text(client, query + "&priority=housing&page=9")).rel["canonical", ""]
    assert canonical == (
        "http://testserver/news/?priority=transport&priority=housing&kind=news&year=2024"
    )


def test_the_title_and_the_breadcrumbs_say_what_is_shown(client, news):
    page = text(client, "?priority=housing&kind=press-release&year=2025")
    assert "<title>News about housing and land, press releases, 2025 " in page
    trail = page.split('aria-label="Breadcrumb"')[1].split("</nav>")[0]
    assert '<a href="/news/">News</a>' in trail
    assert '<li aria-current="page">Housing and land, press releases, 2025</li>' in trail


def test_when_nothing_matches_it_says_what_was_chosen_and_what_to_drop(client, news):
    page = text(client, "?priority=housing&kind=statement")
    assert "<title>News about housing and land, statements: nothing found " in page
    assert "<strong>a statement</strong> on <strong>housing and land</strong>." in page
    links = Links(page).to
    assert links["See all news on housing and land"] == "/news/?priority=housing"
    assert links["see all statements"] == "/news/?kind=statement"
    assert links["clear all"] == "/news/"


def test_a_way_out_that_leads_to_nothing_is_not_offered(client, news):
    links = Links(text(client, "?priority=housing&kind=consultation&year=2025")).to
    assert "See all news on housing and land from 2025" in links
    assert not any("consultations" in words for words in links)


def test_one_choice_that_matches_nothing_leads_back_to_all_news(client, news):
    page = text(client, "?kind=consultation")
    assert "We have not published <strong>a consultation</strong>." in page
    assert Links(page).to["See all news"] == "/news/"


def test_a_site_without_news_says_so_and_offers_no_filters(client, news_index):
    page = text(client)
    assert "No news yet" in page
    assert "filters" not in page


def test_a_draft_matches_nothing_and_an_area_that_is_not_live_is_no_choice(client, news, housing):
    builders.add_article(news, "Secret", kind="consultation", live=False)
    assert "No articles match" in text(client, "?kind=consultation")
    housing.unpublish()
    assert "You chose" not in text(client, "?priority=housing")
    assert "Housing and land" not in text(client)


@pytest.mark.parametrize(
    "query",
    [
        "?priority=%ff%fe",
        "?kind[]=news",
        "?year=-1",
        "?year=" + "9" * 5000,
        "?" + "&".join(f"priority=a{number}" for number in range(9000)),
        "?" + "&".join(["year=2024"] * 9000),
        "?page=" + "9" * 5000,
        "?page=2&page=3",
        "?priority=" + "a" * 100_000,
        "?year=\uff12\uff10\uff12\uff14",
        "?&&==&priority",
    ],
)
def test_any_query_answers(client, news, query):
    answer = client.get(f"/news/{query}")
    too_long = len(query) > LONGEST_QUERY
    assert answer.status_code == (400 if too_long else 200)
    assert len(answer.content) < 50_000  # what was asked is not given back


# --- Numbered pages ----------------------------------------------------------------------------


@pytest.fixture
def many(news_index, transport):
    """Thirty articles about one area: three pages of them when it is chosen."""
    for number in range(30):
        builders.add_article(
            news_index,
            f"Article {number}",
            priorities=[transport],
            first_published_at=timezone.now() - timedelta(hours=number),
        )


def test_a_page_says_which_it_is_and_leads_to_its_neighbours(client, many):
    page = text(client, "?page=2&priority=transport&junk=1")
    assert "<title>News about transport, page 2 of 3 " in page
    assert '<h2 class="count">Thirty articles match, page 2 of 3</h2>' in page
    links = Links(page)
    assert links.rel["canonical", ""] == "http://testserver/news/?priority=transport&page=2"
    assert links.rel["prev", ""] == links.to["Previous page"] == "/news/?priority=transport"
    assert links.rel["next", ""] == links.to["Next page"] == "/news/?priority=transport&page=3"


def test_the_first_and_last_page_lead_only_where_there_is_something(client, many):
    first, last = Links(text(client)).rel, Links(text(client, "?page=3")).rel
    assert ("prev", "") not in first
    assert first["next", ""] == "/news/?page=2"
    assert ("next", "") not in last
    assert last["prev", ""] == "/news/?page=2"


@pytest.mark.parametrize(("number", "own"), [("99", "?page=3"), ("0", "?page=3"), ("abc", "")])
def test_an_impossible_page_is_the_nearest_and_says_so(client, many, number, own):
    canonical = Links(text(client, f"?page={number}")).rel["canonical", ""]
    assert canonical == f"http://testserver/news/{own}"


def test_no_article_is_missed_or_shown_twice_on_the_way_through(client, many):
    shown = [client.get("/news/").context["featured"].title]
    for number in (1, 2, 3):
        shown += found(client, f"?page={number}")
    assert shown == [f"Article {number}" for number in range(30)]


def test_a_long_list_is_counted_so_far_and_paged_so_deep_and_no_further(client, many, monkeypatch):
    monkeypatch.setattr(CappedPaginator, "MOST_COUNTED", 25)
    monkeypatch.setattr(CappedPaginator, "MOST_PAGES", 2)
    with CaptureQueriesContext(connection) as asked:
        page = text(client, "?priority=transport&page=3")
    [count] = [query["sql"] for query in asked.captured_queries if "COUNT(" in query["sql"]]
    assert "LIMIT 26" in count
    assert "More than twenty-five articles match, page 2 of 2" in page
    assert "choose a year" in page
    assert "choose a year" not in text(client, "?priority=transport")


# --- The article that stands first -------------------------------------------------------------


def test_without_a_choice_the_newest_article_is_featured(client, news, home):
    shown = client.get("/news/").context
    assert shown["featured"].title == "Newest"
    assert "Newest" not in [article.title for article in shown["articles"]]
    assert client.get("/").context["articles"][0].title == "Newest"


def test_editors_choose_what_is_featured_on_each_page(client, news, home):
    news.featured_article = ArticlePage.objects.get(title="Homes news")
    news.save()
    home.featured_article = ArticlePage.objects.get(title="Both news")
    home.save()
    shown = client.get("/news/").context
    assert shown["featured"].title == "Homes news"
    listed = ["Newest", "Tram statement", "Tram release", "Homes release", "Both news"]
    assert [article.title for article in shown["articles"]] == listed
    front = [article.title for article in client.get("/").context["articles"]]
    assert front == ["Both news", "Newest", "Tram statement", "Tram release"]


@pytest.mark.parametrize("change", [{"live": False}, {"expire_at": timezone.now()}])
def test_what_is_featured_gives_way_when_it_is_not_public(client, news, home, change):
    secret = builders.add_article(news, "Secret", **change)
    for page in (news, home):
        page.featured_article = secret
        page.save()
    assert client.get("/news/").context["featured"].title == "Newest"
    assert client.get("/").context["articles"][0].title == "Newest"
    assert "Secret" not in text(client) + client.get("/").content.decode()


def test_the_featured_article_stands_on_the_first_page_of_all_news_alone(client, many):
    assert "lead-news" in text(client)
    assert "lead-news" not in text(client, "?page=2")
    assert "lead-news" not in text(client, "?priority=transport")


def test_a_filtered_list_holds_the_featured_article_too(client, many):
    assert found(client, "?priority=transport")[0] == "Article 0"


def test_one_article_alone_is_featured_and_no_empty_list_follows(client, news_index):
    builders.add_article(news_index, "Only one")
    page = text(client)
    assert "lead-news" in page
    assert "news-list" not in page
    assert "No articles" not in page


def test_editors_can_choose_the_featured_article_on_the_desk(desk, news, home):
    for page in (news, home):
        form = desk.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert 'name="featured_article"' in form


def test_a_deleted_article_is_featured_no_longer(client, news):
    news.featured_article = article = ArticlePage.objects.get(title="Both news")
    news.save()
    article.delete()
    assert client.get("/news/").context["featured"].title == "Newest"


def test_an_article_on_many_areas_says_how_many_in_words(client, news, priority_index, transport):
    areas = [transport]
    for name in ("Skills", "Net zero", "Land", "Jobs"):
        areas.append(builders.add_priority(priority_index, name))
    builders.add_article(news, "All", priorities=areas, kind=Kind.CONSULTATION)
    assert '<span class="tag">Five areas</span>' in text(client, "?kind=consultation")
