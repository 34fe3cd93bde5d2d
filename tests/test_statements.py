"""What each type of page may ask of the database, uncached, on a small site and on a large one."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.rich_text import RichText

from emca_site.media.pictures import make_renditions
from tests import builders

MOST_STATEMENTS = 12
MOST_OF_ONE_TEXT = 2


@pytest.fixture
def full_site(home, priority_index, transport, housing, news_index, site_settings):
    """Every type of page, each with every kind of thing it may show."""
    contact = builders.add_contact()
    site_settings.contact = site_settings.press_contact = contact
    site_settings.access_contact = contact
    site_settings.save()
    image = builders.add_image()
    make_renditions(image)
    figures = [builders.add_figure(key=f"figure-{number}") for number in range(3)]
    link = f'<p>See <a linktype="page" id="{transport.pk}">our plans</a>.</p>'
    links = [{"text": "News", "page": news_index, "external_url": ""}]
    body = [
        ("text", RichText(f"<h2>Why</h2>{link}")),
        ("text", RichText(f"<h2>How</h2>{link}<p>More.</p>")),
        ("figures", {"heading": "", "figures": figures}),
        ("callout", {"heading": "Note", "text": RichText(link)}),
        (
            "details",
            {"heading": "Q", "items": [{"question": "Q?", "answer": RichText(link)}] * 3},
        ),
        ("links", {"heading": "Read on", "links": links}),
    ]
    standard = builders.add_standard_page(home, "About us", slug="about", body=body)
    for page in (home, priority_index, transport, housing, news_index, standard):
        page.banner_image = image
        if hasattr(page, "body"):
            page.body = body
        page.save()
    home.key_figures = [("figure", figure) for figure in figures]
    home.save()
    for page in (home, priority_index, transport, news_index):
        for number in range(3):
            builders.add_banner(page, picture=image, link_page=standard, link_text=f"B{number}")
    for number in range(2):
        builders.add_notice(lead=f"N{number}", section=home, link_page=standard, link_text="Go")
    featured = add_articles(news_index, 14, image=image, body=body, priorities=[transport, housing])
    for page in (home, news_index):
        page.featured_article = featured
        page.save()
    return home


def add_articles(news_index, count, *, image, body, priorities, start=0):
    for number in range(start, start + count):
        article = builders.add_article(
            news_index,
            f"Article {number}",
            slug=f"article-{number}",
            kind="press-release",
            lead_picture=image,
            banner_image=image,
            body=body,
            priorities=priorities,
            notes_to_editors=body[0][1].source,
            first_published_at=timezone.now() - timedelta(days=number),
        )
    return article


ADDRESSES = {
    "home": "/",
    "what we do": "/what-we-do/",
    "priority page": "/what-we-do/transport/",
    "news": "/news/",
    "news, second page": "/news/?page=2",
    "news, filtered": "/news/?priority=transport&kind=press-release&page=2",
    "news, nothing found": "/news/?priority=transport&kind=statement",
    "feed": "/news/feed/",
    "feed of an area": "/news/feed/?priority=transport",
    "JSON feed": "/news/feed.json",
    "article": "/news/article-3/",
    "standard page": "/about/",
    "404": "/nothing/here/",
}


def statements(client, address: str) -> list[str]:
    client.get("/")  # Wagtail keeps the site's root for an hour, and we what all pages share
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == (404 if "nothing" in address else 200)
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_a_page_asks_the_database_at_most_twelve_things(client, full_site, address):
    asked = statements(client, address)
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
    text, times = Counter(asked).most_common(1)[0]
    assert times <= MOST_OF_ONE_TEXT, text


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_it_asks_no_more_when_there_is_more(client, full_site, news_index, transport, address):
    before = len(statements(client, address))
    article = news_index.get_children().first().specific
    add_articles(
        news_index,
        60,
        image=article.lead_picture,
        body=[("text", RichText("<p>More.</p>"))],
        priorities=[transport],
        start=100,
    )
    assert len(statements(client, address)) <= before
