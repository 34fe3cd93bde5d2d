"""One small site with every type of page, every block and every state, for tests that look at all.

`build()` makes it; `ADDRESSES` are its pages, by what is worth looking at there.
"""

from datetime import date, timedelta

from django.utils import timezone
from wagtail.models import Page

from emca_site.core.models import SiteSettings
from emca_site.media.pictures import make_renditions
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from home.models import AccessibilityStatementPage, HomePage, KnownIssue
from tests import builders

ADDRESSES = {
    "home": "/",
    "what we do": "/what-we-do/",
    "priority page with every block": "/what-we-do/transport/",
    "priority page, bare": "/what-we-do/housing/",
    "commitments": "/commitments/",
    "commitments, filtered": "/commitments/?area=transport&council=northwick",
    "commitments, nothing found": "/commitments/?area=housing&status=stopped",
    "commitment with a series": "/what-we-do/transport/charging-points/",
    "commitment with one measurement": "/what-we-do/transport/course-places/",
    "commitment whose date has passed": "/what-we-do/housing/new-homes/",
    "commitment that was stopped": "/what-we-do/housing/advice-van/",
    "news": "/news/",
    "news, second page": "/news/?page=2",
    "news, filtered": "/news/?priority=transport&kind=press-release",
    "news, nothing found": "/news/?priority=housing&kind=statement",
    "press release": "/news/better-buses/",
    "consultation, open": "/news/have-your-say/",
    "consultation, closed": "/news/too-late/",
    "article, no longer current": "/news/no-longer-so/",
    "standard page": "/about/",
    "standard page, bare": "/about/who-decides/",
    "accessibility statement": "/accessibility-statement/",
    "report a problem": "/accessibility-statement/report/?page=/about/",
    "thanks for an answer": "/about/?thanks=1",
    "search": "/search/",
    "search, found": "/search/?q=buses",
    "search, nothing found": "/search/?q=zzzzzz",
    "search, too short": "/search/?q=a",
    "who does what": "/who-does-what/",
    "who does what, answered": "/who-does-what/?topic=a-pothole&council=northwick",
    "who does what, in a place": "/who-does-what/?council=midchester",
    "who does what, unknown": "/who-does-what/?topic=nothing&council=northwick",
    "our figures": "/figures/",
    "about the data": "/figures/about-the-data/",
    "not found": "/nothing/here/",
    "gone": "/news/a-mistake/",
}

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def body(image, document, contact, figures, page: Page) -> list:
    """Every block there is."""
    described = type(image).objects.get(pk=image.pk)
    described.contextual_alt_text, described.decorative = "New homes beside a canal", False
    return [
        (
            "text",
            f'<h2>Why this matters</h2><p>See <a linktype="page" id="{page.pk}">our plans</a>, '
            f'or <b>ask</b> on <a href="https://example.org/">another site</a>.</p>'
            f"<h3>Part of it</h3><ul><li>One</li><li>Two</li></ul><ol><li>First</li></ol>"
            f"<p>{LONG}</p><h2>Why this matters</h2><p>Again.</p>"
            f'<p>We have <embed embedtype="figure" id="{figures[0].pk}"/> for it.</p>',
        ),
        ("picture", {"image": described, "caption": "New homes"}),
        ("figures", {"heading": "The main numbers", "figures": figures}),
        ("figures", {"heading": "", "figures": figures[:1]}),
        (
            "aims",
            {
                "heading": "Two things we will do",
                "intro": "These are aims.",
                "items": [
                    {"title": "Work with bus companies", "text": "Better tickets."},
                    {"title": "Make one plan", "text": ""},
                ],
            },
        ),
        (
            "table",
            {
                "table": {
                    "caption": "Money by year",
                    "columns": [
                        {"type": "text", "heading": "Year"},
                        {"type": "figure", "heading": "How much"},
                    ],
                    "rows": [{"values": [str(figure.as_at), figure.pk]} for figure in figures],
                },
                "has_row_headings": True,
            },
        ),
        ("quote", {"text": "Make it ready.", "attribution": "The idea, in one line"}),
        ("callout", {"heading": "This date has passed", "text": "<p>March 2026.</p>"}),
        (
            "table",
            {
                "table": {
                    "caption": "Money for homes",
                    "columns": [
                        {"type": "text", "heading": "What it is for"},
                        {"type": "number", "heading": "How much"},
                        {"type": "text", "heading": "What kind of sum it is"},
                    ],
                    "rows": [{"values": ["Brownfield land", "£16.8m", LONG]}],
                },
                "has_row_headings": True,
            },
        ),
        (
            "details",
            {
                "heading": "Questions",
                "items": [{"question": "Do you run the buses?", "answer": "<p>No.</p>"}] * 2,
            },
        ),
        ("file", {"file": document, "name": "The plan"}),
        (
            "links",
            {
                "heading": "Read on",
                "links": [
                    {"text": "Our plans", "page": page, "external_url": ""},
                    {"text": "Elsewhere", "page": None, "external_url": "https://example.org/"},
                ],
            },
        ),
        ("contacts", {"contacts": [contact]}),
    ]


def _add_commitments(transport, housing, news, council) -> None:
    """One for each way in which a commitment stands."""
    transport_ones = {
        "charging-points": {
            "status": "at-risk",
            "status_reason": "Work on the electricity supply is late.",
            "target_value": 120,
            "measure": "charging points in use",
            "target_on": date(2128, 3, 1),
            "target_precision": "month",
            "next_report_on": date(2127, 3, 1),
            "note": "The numbers are examples.",
            "reach": "some",
            "councils": [council],
            "also_areas": [housing],
            "articles": [news.get_children().first().specific],
            "stages": [("Agreed", "done"), ("Under way", "now"), (LONG[:60], "next")],
            "evidence": [{"link_text": "Our news", "link_page": news}],
            "measurements": [
                (date(2025, 3, 31), 4),
                (date(2025, 6, 30), 9),
                (date(2025, 9, 30), None),
                (date(2026, 3, 31), 58),
            ],
        },
        "course-places": {
            "status": "on-track",
            "target_value": 500,
            "measure": "places taken",
            "measurements": [(date(2026, 9, 30), 310)],
        },
        "one-plan": {"status": "delivered", "progress_text": "Done on 1 February 2026"},
    }
    housing_ones = {
        "new-homes": {
            "status": "delayed",
            "status_reason": "We have no count of finished homes.",
            "target_value": 1400,
            "unit": "homes",
            "target_on": date(2026, 3, 1),
            "target_precision": "month",
            "stages": [("Agreed", "done"), ("Contracts", "next")],
        },
        "advice-van": {"status": "stopped", "status_reason": "Few people used it."},
    }
    for area, ones in ((transport, transport_ones), (housing, housing_ones)):
        for slug, fields in ones.items():
            title = slug.replace("-", " ").capitalize()
            page = builders.add_commitment(area, title, slug=slug, **fields)
            page.tell_history(timezone.now())


def build() -> HomePage:
    now = timezone.now()
    today = timezone.localdate()
    image = builders.add_image(file=builders.picture_file(size=(840, 360)), description="Hills")
    make_renditions(image)
    document = builders.add_document("The plan")
    contact = builders.add_contact(
        phone="01632 960 002",
        hours="Monday to Friday, 9am to 5pm",
        note="For journalists only",
        out_of_hours_phone="01632 960 003",
    )
    figures = [
        builders.add_figure(key="one", qualifier="up to", as_at=today, doubt="It may be less."),
        builders.add_figure(
            key="two",
            source_url="",
            as_at_text="September 2025",
            confidence="press",
            note="On top of the first.",
            review_by=today - timedelta(days=9),
        ),
        builders.add_figure(key="three", value=2050, unit="year", qualifier="by"),
        builders.add_figure(key="four", value=1400, unit="homes"),
    ]
    home = builders.add_home(intro="We plan what crosses council borders.", banner_image=image)
    index = builders.add_priority_index(home, banner_image=image, standfirst="Five areas.")
    transport = builders.add_priority(
        index,
        "Transport",
        slug="transport",
        banner_image=image,
        standfirst="By bus.",
        contact=contact,
    )
    figures[0].area = figures[1].area = transport
    for figure in figures[:2]:
        figure.save()
    blocks = body(image, document, contact, figures, transport)
    transport.body = blocks
    transport.save()
    index.body = blocks[:1]
    index.save()
    housing = builders.add_priority(
        index, "Housing and land", slug="housing", theme="housing", body=[]
    )
    news = builders.add_news_index(home, standfirst="What is new.")
    about = builders.add_standard_page(
        home, slug="about", standfirst="Who we are.", body=blocks, last_published_at=now
    )
    builders.add_standard_page(about, "Who decides", slug="who-decides", body=[])
    statement = home.add_child(
        instance=AccessibilityStatementPage(
            title="Accessibility statement",
            slug="accessibility-statement",
            summary="How accessible this is.",
        )
    )
    for number, (kind, days) in enumerate([("failure", 30), ("failure", -30), ("limit", 30)]):
        KnownIssue.objects.create(
            page=statement,
            title=f"Issue {number}",
            kind=kind,
            criterion="1.1.1 Non-text Content",
            problem="A picture is not described.",
            where="In one article",
            affects="People who cannot see it",
            work_around="Ask us.",
            fix_by=today + timedelta(days=days),
        )
    builders.add_article(
        news,
        "Better buses",
        slug="better-buses",
        kind="press-release",
        priorities=[transport, housing],
        lead_picture=image,
        body=blocks,
        notes_to_editors="<ol><li>A note.</li></ol>",
        media_contact=contact,
    )
    for slug, days in (("have-your-say", 5), ("too-late", -5)):
        builders.add_article(
            news,
            slug.replace("-", " ").capitalize(),
            slug=slug,
            kind="consultation",
            closes_on=today + timedelta(days=days),
            consultation_url="https://example.org/reply",
            priorities=[transport],
        )
    for number in range(12):
        builders.add_article(
            news,
            f"Older article {number} about buses",
            first_published_at=now - timedelta(days=40 * (number + 1)),
            lead_picture=image if number % 2 else None,
            priorities=[transport] if number % 3 else [],
        )
    for slug, outcome in (("no-longer-so", RetiredAs.ARCHIVED), ("a-mistake", RetiredAs.ERROR)):
        article = builders.add_article(
            news, slug.replace("-", " ").capitalize(), slug=slug, lead_picture=image, body=blocks
        )
        Retirement.objects.start(
            article, outcome, reason="The date in it has passed.", successor=transport
        )
    for number, page in enumerate([home, home, home, index, transport]):
        builders.add_banner(
            page,
            headline=f"Banner {number}",
            picture=image,
            link_page=about,
            link_text="About us",
            figure=figures[number % 2],
        )
    for level in ("emergency", "warning", "information"):
        builders.add_notice(
            level=level,
            lead=f"An example of {level}.",
            message="Nothing is wrong.",
            link_page=about,
            link_text="About us",
            section=news if level != "information" else None,
            first_published_at=now,
        )
    builders.add_city(), builders.add_topic()
    _add_commitments(transport, housing, news, builders.add_district())
    settings = SiteSettings.load()
    settings.name = "Westerly Combined Authority"
    settings.name_first_line, settings.name_second_line = "Westerly", "Combined Authority"
    settings.strapline = "Going west, together"
    settings.contact = settings.press_contact = settings.access_contact = contact
    settings.share_picture = image
    settings.social_links = [("link", {"name": "Films", "url": "https://example.org/f"})]
    settings.footer_text = '<p>Small print, with a <a href="https://example.org/">link</a>.</p>'
    settings.save()
    home.key_figures = [("figure", figure) for figure in figures]
    home.save()
    return home
