"""A site with every type of page and of thing on it, on which statements are counted."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.rich_text import RichText

from emca_site.core.models import Contact, SiteSettings
from emca_site.councils.models import Council
from emca_site.figures.models import Figure
from emca_site.media.pictures import make_renditions
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from news.models import ArticlePage, NewsIndexPage
from priorities.models import PriorityPage
from tests import builders


def build() -> None:
    """Add every type of page, each with every kind of thing it may show."""
    home = builders.add_home()
    priority_index = builders.add_priority_index(home)
    transport = builders.add_priority(priority_index, "Transport", slug="transport")
    housing = builders.add_priority(
        priority_index, "Housing and land", slug="housing", theme="housing"
    )
    news_index = builders.add_news_index(home)
    site_settings = SiteSettings.load()
    contact = builders.add_contact()
    site_settings.contact = site_settings.press_contact = contact
    site_settings.access_contact = contact
    site_settings.footer_text = '<p>See <a href="/what-we-do/transport/">transport</a>.</p>'
    site_settings.social_links = [("link", {"name": "News", "url": "https://testserver/news/"})]
    site_settings.save()
    image = builders.add_image()
    make_renditions(image)
    figures = [
        builders.add_figure(key=f"figure-{number}", area=area, source_url="/about/#plan")
        for number, area in enumerate([transport, housing, None])
    ]
    inline = f'<embed embedtype="figure" id="{figures[0].pk}"/>'
    link = f'<p>See <a linktype="page" id="{transport.pk}">our plans</a> for {inline}.</p>'
    # By their addresses: one that is not there, one that is.
    link += '<p>Or <a href="/about/next/">this</a> and <a href="/news/?kind=news">news</a>.</p>'
    links = [
        {"text": "News", "page": news_index, "external_url": ""},
        *({"text": f"Page {n}", "page": None, "external_url": f"/page-{n}/"} for n in range(4)),
        {"text": "Housing", "page": None, "external_url": "https://testserver/what-we-do/housing"},
    ]
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
            builders.add_banner(page, picture=image, link_url="/about/", link_text=f"B{number}")
    for number in range(2):
        builders.add_notice(lead=f"N{number}", section=home, link_url="/about/", link_text="Go")
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
    Retirement.objects.start(commitments[1], RetiredAs.ARCHIVED, reason="It was replaced.")


def add_more() -> None:
    """Many more of everything that there is any number of."""
    transport = PriorityPage.objects.get(slug="transport")
    news_index = NewsIndexPage.objects.get()
    add_articles(
        news_index,
        25,
        image=news_index.get_children().first().specific.lead_picture,
        body=[("text", RichText("<p>More.</p>"))],
        priorities=[transport],
        start=100,
    )
    add_topics(20, transport, transport, start=100)
    for number in range(25):
        builders.add_figure(key=f"more-{number}", area=transport)
    add_commitments(transport, 25, start=100)
    for number in range(9):
        builders.add_district(f"Place {number}")


def retire(news_index, successor):
    pages = {page.slug: page.specific for page in news_index.get_children()}
    for number, outcome in ((4, RetiredAs.ARCHIVED), (5, RetiredAs.ERROR), (6, RetiredAs.REPLACED)):
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
            evidence=[
                {"link_text": "Our plans", "link_page": area},
                {"link_text": "About us", "link_url": f"/about/?promise={number}"},
            ],
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
