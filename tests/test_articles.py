from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from news.models import ArticlePage, Kind
from tests import builders


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def titles(articles) -> list[str]:
    return [article.title for article in articles]


def test_articles_are_listed_newest_first(client, news_index):
    for title, days in (("Old", 30), ("Newest", 1), ("Middle", 5)):
        builders.add_article(news_index, title, first_published_at=days_ago(days))
    shown = client.get("/news/").context
    assert titles([shown["featured"], *shown["articles"]]) == ["Newest", "Middle", "Old"]


def test_a_draft_is_in_no_list_and_not_counted(client, news_index, transport):
    builders.add_article(news_index, "Secret", live=False, priorities=[transport])
    for address in ("/", "/news/", "/what-we-do/transport/"):
        assert "Secret" not in client.get(address).content.decode()
    assert client.get("/news/").context["articles"].paginator.count == 0


@pytest.mark.parametrize(
    "number",
    ["0", "-1", "1", "99", "abc", "1e9", "9" * 400, "", "1.5", "\u0661", "last", "[]"],
)
def test_any_page_number_answers(client, news_index, number):
    builders.add_article(news_index)
    assert client.get(f"/news/?page={number}").status_code == 200


def test_a_second_page_says_so_in_its_title(client, news_index):
    for number in range(14):  # one of them is featured
        builders.add_article(news_index, f"Article {number}")
    assert "<title>News, page 2 of 2" in client.get("/news/?page=2").content.decode()
    assert "<title>News " in client.get("/news/").content.decode()


def test_the_date_is_the_uk_day_of_first_publication(client, news_index):
    # Half past midnight in London in summer is still the day before in UTC.
    moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    article = builders.add_article(news_index, slug="a", first_published_at=moment)
    page = client.get(article.url).content.decode()
    assert '<time datetime="2026-07-01">1 July 2026</time>' in page


@pytest.mark.parametrize(("days", "is_open"), [(1, True), (0, True), (-1, False)])
def test_a_consultation_says_by_itself_whether_it_is_open(client, news_index, days, is_open):
    closes_on = timezone.localdate() + timedelta(days=days)
    article = builders.add_article(
        news_index,
        kind=Kind.CONSULTATION,
        closes_on=closes_on,
        consultation_url="https://example.org/reply",
    )
    for address in (article.url, "/news/"):
        page = client.get(address).content.decode()
        assert ("Open until" in page) is is_open
        assert ("Closed on" in page) is not is_open
    assert ("https://example.org/reply" in client.get(article.url).content.decode()) is is_open


def test_an_article_that_is_no_consultation_is_never_open():
    assert not ArticlePage(kind=Kind.NEWS, closes_on=date(2999, 1, 1)).is_open


def test_related_are_those_chosen_then_the_newest_of_the_same_area(news_index, transport, housing):
    article = builders.add_article(news_index, "This", priorities=[transport])
    chosen = builders.add_article(news_index, "Chosen", first_published_at=days_ago(900))
    builders.add_article(news_index, "Old", priorities=[transport], first_published_at=days_ago(9))
    builders.add_article(
        news_index, "Newer", priorities=[transport, housing], first_published_at=days_ago(2)
    )
    builders.add_article(news_index, "Other area", priorities=[housing])
    builders.add_article(news_index, "Draft", priorities=[transport], live=False)
    article.chosen_articles.create(article=chosen)
    assert titles(article.related_articles()) == ["Chosen", "Newer", "Old"]


def test_a_chosen_article_that_is_not_live_gives_its_place_away(news_index, transport):
    article = builders.add_article(news_index, "This", priorities=[transport])
    draft = builders.add_article(news_index, "Draft", live=False)
    builders.add_article(news_index, "Live", priorities=[transport])
    article.chosen_articles.create(article=draft)
    assert titles(article.related_articles()) == ["Live"]


def test_chosen_articles_keep_the_order_the_editor_gave_them(news_index):
    article = builders.add_article(news_index, "This")
    for order, title in enumerate(["B", "C", "A"]):
        chosen = builders.add_article(news_index, title)
        article.chosen_articles.create(article=chosen, sort_order=order)
    assert titles(article.related_articles()) == ["B", "C", "A"]


def test_a_press_release_names_the_press_contact_of_the_site(client, news_index, site_settings):
    site_settings.press_contact = builders.add_contact(email="press@example.org")
    site_settings.save()
    release = builders.add_article(news_index, kind=Kind.PRESS_RELEASE, slug="release")
    news = builders.add_article(news_index, kind=Kind.NEWS, slug="news-item")
    assert "mailto:press@example.org" in client.get(release.url).content.decode()
    assert "mailto:press@example.org" not in client.get(news.url).content.decode()


def test_an_articles_own_contact_comes_first(client, news_index, site_settings):
    site_settings.press_contact = builders.add_contact(email="press@example.org")
    site_settings.save()
    own = builders.add_contact(name="Mayor's office", email="mayor@example.org")
    release = builders.add_article(news_index, kind=Kind.PRESS_RELEASE, media_contact=own)
    page = client.get(release.url).content.decode()
    assert "mailto:mayor@example.org" in page
    assert "mailto:press@example.org" not in page


def test_a_priority_page_shows_its_own_newest_news(client, news_index, transport, housing):
    for number in range(4):
        builders.add_article(
            news_index,
            f"Tram {number}",
            priorities=[transport],
            first_published_at=days_ago(number),
        )
    builders.add_article(news_index, "Homes", priorities=[housing])
    shown = client.get(transport.url).context["articles"]
    assert titles(shown) == ["Tram 0", "Tram 1", "Tram 2"]
