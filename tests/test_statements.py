"""What each type of page may ask of the database, uncached, on a small site and on a large one."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.rich_text import RichText

from emca_site.core.models import Contact, SiteVersion
from emca_site.councils.models import Council
from emca_site.figures.models import Figure
from emca_site.media.pictures import make_renditions
from emca_site.publishing.models import RetiredAs, Retirement
from news.models import ArticlePage
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
    figures = [
        builders.add_figure(key=f"figure-{number}", area=area)
        for number, area in enumerate([transport, housing, None])
    ]
    inline = f'<embed embedtype="figure" id="{figures[0].pk}"/>'
    link = f'<p>See <a linktype="page" id="{transport.pk}">our plans</a> for {inline}.</p>'
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
    statement = builders.add_accessibility_statement(home, coverage=link, improving=link)
    for title in ("A", "B"):
        builders.add_known_issue(statement, title=title)
    team = builders.add_team()
    for page in (home, priority_index, transport, housing, news_index, standard, statement):
        page.banner_image = image
        page.owned_by = team
        if hasattr(page, "body"):
            page.body = body
        page.save()
        builders.add_change(page)
    home.key_figures = [("figure", figure) for figure in figures]
    home.save()
    for page in (home, priority_index, transport, news_index):
        for number in range(3):
            builders.add_banner(page, picture=image, link_page=standard, link_text=f"B{number}")
    for number in range(2):
        builders.add_notice(lead=f"N{number}", section=home, link_page=standard, link_text="Go")
    builders.add_city(), builders.add_district()
    add_topics(10, transport, standard, start=0)
    featured = add_articles(news_index, 14, image=image, body=body, priorities=[transport, housing])
    for page in (home, news_index):
        page.featured_article = featured
        page.save()
    retire(news_index, transport)
    commitments = add_commitments(transport, 2, start=0)
    for commitment in commitments[:2]:
        commitment.body = body
        commitment.save()
    Retirement.objects.start(commitments[1], RetiredAs.KEPT, reason="It was replaced.")
    return home


def retire(news_index, successor):
    pages = {page.slug: page.specific for page in news_index.get_children()}
    for number, outcome in ((4, RetiredAs.KEPT), (5, RetiredAs.ERROR), (6, RetiredAs.REPLACED)):
        page = pages[f"article-{number}"]
        Retirement.objects.start(page, outcome, reason="It was wrong.", successor=successor)


def add_commitments(area, count, *, start) -> list:
    """Each with everything there is on its page."""
    councils, articles = list(Council.objects.all()[:2]), list(ArticlePage.objects.all()[:3])
    return [
        builders.add_commitment(
            area,
            f"Promise {number}",
            slug=f"promise-{number}",
            owned_by=Group.objects.first(),
            contact=Contact.objects.first(),
            target_figure=Figure.objects.first(),
            unit="money",
            reach="some",
            councils=councils,
            also_areas=[area],
            articles=articles,
            evidence=[{"link_text": "Our plans", "link_page": area}],
            stages=[("Agreed", "done"), ("Under way", "now")],
            measurements=[(date(2026, 1, 1), 1), (date(2026, 2, 1), 2)],
        )
        for number in range(start, start + count)
    ]


def add_articles(news_index, count, *, image, body, priorities, start=0):
    for number in range(start, start + count):
        article = builders.add_article(
            news_index,
            f"Article {number}",
            slug=f"article-{number}",
            kind="press-release",
            lead_picture=image,
            banner_image=image,
            owned_by=Group.objects.first(),
            body=body,
            priorities=priorities,
            notes_to_editors=body[0][1].source,
            first_published_at=timezone.now() - timedelta(days=number),
        )
        builders.add_change(article)
    return article


def add_topics(count, area, link_page, *, start):
    councils = list(Council.objects.all())
    for number in range(start, start + count):
        fields = {"area": area, "note": "Not here.", "note_councils": councils}
        if number % 2:
            fields |= {"link_page": link_page, "link_url": ""}
        builders.add_topic(f"Topic {number}", **fields)


ADDRESSES = {
    "home": "/",
    "what we do": "/what-we-do/",
    "priority page": "/what-we-do/transport/",
    "commitment": "/what-we-do/transport/promise-0/",
    "commitment, no longer current": "/what-we-do/transport/promise-1/",
    "commitments": "/commitments/",
    "commitments, filtered": "/commitments/?area=transport&council=northwick",
    "commitments, nothing found": "/commitments/?status=stopped",
    "news": "/news/",
    "news, second page": "/news/?page=2",
    "news, filtered": "/news/?priority=transport&kind=press-release&page=2",
    "news, nothing found": "/news/?priority=transport&kind=statement",
    "feed": "/news/feed/",
    "feed of an area": "/news/feed/?priority=transport",
    "JSON feed": "/news/feed.json",
    "article": "/news/article-3/",
    "article, no longer current": "/news/article-4/",
    "gone": "/news/article-5/",
    "replaced": "/news/article-6/",
    "standard page": "/about/",
    "who does what": "/who-does-what/",
    "who does what, of a topic": "/who-does-what/?topic=topic-1",
    "who does what, in a place": "/who-does-what/?council=northwick",
    "who does what, an answer": "/who-does-what/?topic=topic-1&council=northwick",
    "who does what, unknown": "/who-does-what/?topic=none&council=northwick",
    "our figures": "/figures/",
    "figures as CSV": "/figures.csv",
    "figures as JSON": "/figures.json",
    "about the data": "/figures/about-the-data/",
    "accessibility statement": "/accessibility-statement/",
    "report a problem": "/accessibility-statement/report/?page=/about/",
    "thanks": "/about/?thanks=1",
    "search": "/search/?q=article",
    "search, second page": "/search/?q=article&page=2",
    "search, one section": "/search/?q=article&section=news",
    "search, nothing found": "/search/?q=artilce+monorail",
    "search, no words": "/search/",
    "404": "/nothing/here/",
}


def statements(client, address: str) -> list[str]:
    client.get("/")  # Wagtail keeps the site's root for an hour, and we what all pages share
    client.get("/commitments/")  # and every commitment, which pages of areas and their own share
    client.get("/search/?q=unheard-of")  # and the words it suggests; old weeks go once a week
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    unusual = {"/nothing/here/": 404, "/news/article-5/": 410, "/news/article-6/": 301}
    assert answer.status_code == unusual.get(address, 200)
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
    add_topics(20, transport, transport, start=100)
    for number in range(60):
        builders.add_figure(key=f"more-{number}", area=transport)
    if "commitments" in address or "what-we-do" in address:
        add_commitments(transport, 60, start=100)
    for number in range(9):
        builders.add_district(f"Place {number}")
    assert len(statements(client, address)) <= before


WHO_DOES_WHAT = {name: address for name, address in ADDRESSES.items() if "who-does" in address}


@pytest.mark.parametrize("address", WHO_DOES_WHAT.values(), ids=WHO_DOES_WHAT)
def test_who_does_what_asks_once_after_each_change_and_then_keeps_the_answers(
    client, full_site, address
):
    client.get("/")
    SiteVersion.renew()
    with CaptureQueriesContext(connection) as cold:
        client.get(address)
    assert len(cold) <= MOST_STATEMENTS
    assert Counter(query["sql"] for query in cold).most_common(1)[0][1] <= MOST_OF_ONE_TEXT
    with CaptureQueriesContext(connection) as warm:
        client.get(address)
    assert len(warm) <= 3
