"""Things for tests to stand on, with valid defaults: a test states only what it is about."""

import io
from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, Revision, Site

from emca_site.banners.models import Banner, Notice
from emca_site.core.models import Contact
from emca_site.councils.models import Council, CouncilKind, CountyCouncil, Topic, Who
from emca_site.figures.models import Figure
from emca_site.media.models import SiteDocument, SiteImage
from emca_site.publishing.publishable.models.change import Change, Size
from home.models import AccessibilityStatementPage, HomePage, KnownIssue, StandardPage
from news.models import ArticlePage, NewsIndexPage
from priorities.models import (
    CommitmentArticle,
    CommitmentPage,
    Evidence,
    Measurement,
    PriorityIndexPage,
    PriorityPage,
    Stage,
)

BODY = [("text", "<h2>Why</h2><p>Because a bus helps.</p>")]


@transaction.atomic  # for a moment the site has no root
def add_home(**fields) -> HomePage:
    """The home page, in place of Wagtail's welcome page, as the root of the one site."""
    remove_welcome_page()
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(**{"title": "Home", "slug": "home", "headline": "One region"} | fields)
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "port": 80, "root_page": home, "site_name": "Site"},
    )
    Site.clear_site_root_paths_cache()
    return home


def remove_welcome_page() -> None:
    """Delete what a new site begins with; past every signal if it is only that, as that is slow."""
    pages = Page.objects.filter(depth=2)
    untouched = pages.filter(slug="home", content_type__model="page", latest_revision=None)
    if pages.count() == untouched.filter(numchild=0).count() == 1:
        untouched._raw_delete(untouched.db)
        Page.objects.filter(depth=1).update(numchild=0)
    else:
        pages.delete()


def add_priority_index(home: HomePage, **fields) -> PriorityIndexPage:
    defaults = {
        "title": "What we do",
        "slug": "what-we-do",
        "summary": "Five areas.",
        "show_in_menus": True,
    }
    return home.add_child(instance=PriorityIndexPage(**defaults | fields))


def add_priority(index: PriorityIndexPage, title: str = "Transport", **fields) -> PriorityPage:
    defaults = {
        "summary": "S.",
        "body": BODY,
        "theme": "transport",
        "show_in_menus": True,
    }
    return index.add_child(instance=PriorityPage(title=title, **defaults | fields))


def add_news_index(home: HomePage, **fields) -> NewsIndexPage:
    defaults = {"title": "News", "slug": "news", "summary": "News.", "show_in_menus": True}
    return home.add_child(instance=NewsIndexPage(**defaults | fields))


def add_article(index: NewsIndexPage, title: str = "An article", **fields) -> ArticlePage:
    """An article: live since now unless told otherwise. `priorities` may be given."""
    priorities = fields.pop("priorities", [])
    defaults = {"summary": "S.", "body": BODY, "first_published_at": timezone.now()}
    article = ArticlePage(title=title, **defaults | fields)
    article.priorities = priorities
    return index.add_child(instance=article)


def add_commitment(area: PriorityPage, title: str = "Make one plan", **fields) -> CommitmentPage:
    """A commitment, live unless told otherwise. Children may be given: `stages` by name and state,
    `measurements` by date and value, `councils`, `also_areas`, `articles`."""
    children = {
        name: fields.pop(name, [])
        for name in ("stages", "measurements", "councils", "also_areas", "articles", "evidence")
    }
    defaults = {"summary": "It helps.", "first_published_at": timezone.now()}
    page = CommitmentPage(title=title, **defaults | fields)
    page.stages = [
        Stage(sort_order=place, name=name, state=state)
        for place, (name, state) in enumerate(children["stages"])
    ]
    page.measurements = [
        Measurement(measured_on=day, value=value, evidence_url="https://example.org/report")
        for day, value in children["measurements"]
    ]
    page.evidence = [
        Evidence(sort_order=place, **link) for place, link in enumerate(children["evidence"])
    ]
    page.councils, page.also_areas = children["councils"], children["also_areas"]
    page.chosen_articles = [CommitmentArticle(article=each) for each in children["articles"]]
    return area.add_child(instance=page)


def add_standard_page(parent: Page, title: str = "About us", **fields) -> StandardPage:
    defaults = {"summary": "S.", "body": BODY}
    return parent.add_child(instance=StandardPage(title=title, **defaults | fields))


def add_accessibility_statement(home: HomePage, **fields) -> AccessibilityStatementPage:
    defaults = {
        "title": "Accessibility statement",
        "slug": "accessibility-statement",
        "summary": "How easy it is to use.",
    }
    return home.add_child(instance=AccessibilityStatementPage(**defaults | fields))


def add_known_issue(page: AccessibilityStatementPage, **fields) -> KnownIssue:
    defaults = {
        "title": "A table has no headers",
        "criterion": "1.3.1 Info and Relationships",
        "problem": "It is read out without its columns.",
        "where": "One news story",
        "affects": "People who use a screen reader",
    }
    return KnownIssue.objects.create(page=page, **defaults | fields)


def add_change(page: Page, note: str = "We added a date.", **fields) -> Change:
    """A big change of a page, in effect since now unless told otherwise."""
    defaults = {"size": Size.BIG, "took_effect_at": timezone.now()}
    change = Change.objects.create(page_id=page.pk, note=note, **defaults | fields)
    change.copy_to_page()
    page.refresh_from_db()
    return change


def add_team(name: str = "Transport editors") -> Group:
    return Group.objects.create(name=name)


def picture_file(name: str = "picture.png", size: tuple[int, int] = (64, 40), **options):
    """A real picture file, small unless told otherwise."""
    content = io.BytesIO()
    image_format = name.rsplit(".", 1)[-1].upper().replace("JPG", "JPEG")
    Image.new("RGB", size, "#165735").save(content, image_format, **options)
    content.seek(0)
    return ImageFile(content, name=name)


def add_image(title: str = "A picture", **fields) -> SiteImage:
    file = fields.pop("file", None) or picture_file()
    return SiteImage.objects.create(title=title, file=file, **fields)


def add_document(title: str = "A plan", name: str = "plan.pdf", content: bytes = b"%PDF-1.7 ..."):
    return SiteDocument.objects.create(
        title=title, file=ContentFile(content, name=name), file_size=len(content)
    )


def use_live(thing: SiteImage | SiteDocument, **fields) -> StandardPage:
    """A live page that uses this picture or file: only then may visitors have it."""
    if isinstance(thing, SiteImage):
        fields["banner_image"] = thing
    else:
        fields["body"] = [("file", {"file": thing, "name": ""})]
    parent = Page.objects.filter(depth__lte=2).order_by("-depth").first()
    defaults = {"title": f"It uses {thing.uuid}"}
    return add_standard_page(parent, **defaults | fields)


def add_figure(**fields) -> Figure:
    defaults = {
        "key": "brownfield",
        "label": "to make land ready for homes",
        "value": Decimal("16800000"),
        "unit": "money",
        "source_name": "The plan",
        "confidence": "official",
        "source_url": "https://example.org/plan",
    }
    return Figure.objects.create(**defaults | fields)


def add_contact(**fields) -> Contact:
    return Contact.objects.create(**{"name": "Press office", "email": "p@example.org"} | fields)


def add_banner(*pages: Page, **fields) -> Banner:
    defaults = {
        "headline": "Better journeys",
        "sentence": "Planned as one.",
        "expire_at": timezone.now() + timedelta(days=1),
    }
    if "picture" not in fields:
        fields["picture"] = add_image("Banner picture")
    banner = Banner.objects.create(**defaults | fields)
    banner.pages.set(pages)
    banner.save()
    return banner


def add_notice(**fields) -> Notice:
    defaults = {
        "lead": "The office is shut.",
        "level": "warning",
        "expire_at": timezone.now() + timedelta(days=1),
    }
    return Notice.objects.create(**defaults | fields)


def add_county(county: str = "Westshire", **fields) -> CountyCouncil:
    defaults = {"name": f"{county} County Council", "website": "https://westshire.example.org/"}
    return CountyCouncil.objects.create(county=county, **defaults | fields)


def add_city(place: str = "Midchester", **fields) -> Council:
    defaults = {"name": f"{place} City Council", "slug": slugify(place), "kind": CouncilKind.CITY}
    return Council.objects.create(place=place, **defaults | fields)


def add_district(place: str = "Northwick", **fields) -> Council:
    """A borough below a county council: the first there is, unless told otherwise."""
    defaults = {"name": f"{place} Borough Council", "slug": slugify(place)}
    if "county_council" not in fields:
        fields["county_council"] = CountyCouncil.objects.first() or add_county()
    return Council.objects.create(place=place, **defaults | fields)


def add_topic(name: str = "A pothole", **fields) -> Topic:
    """A topic that each kind of council answers for itself. `note_councils` may be given."""
    note_councils = fields.pop("note_councils", [])
    defaults = {
        "slug": slugify(name),
        "city_who": Who.CITY,
        "city_sentence": "Your city council mends roads.",
        "district_who": Who.COUNTY,
        "district_sentence": "Your county council mends roads.",
        "our_part": "We do not mend roads.",
        "link_text": "Report it",
        "link_url": "https://example.org/report",
    }
    topic = Topic.objects.create(name=name, **defaults | fields)
    topic.note_councils.set(note_councils)
    return topic


def schedule(thing, when, **fields):
    """Store a version that is published at its time, as its approval does; not live before."""
    for name, value in {"go_live_at": when, **fields}.items():
        setattr(thing, name, value)
    revision = thing.save_revision()
    revision.publish()
    return revision


def bring_forward(when=None) -> None:
    """Everything that is scheduled is due: a second ago, or when told."""
    when = when or timezone.now() - timedelta(seconds=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = when
        revision.content = {**revision.content, "go_live_at": when.isoformat()}
        revision.save(update_fields=["approved_go_live_at", "content"])


def add_promotion(term: str, **fields) -> SearchPromotion:
    """`page` or `external_link_url` says where it leads."""
    query, _ = Query.objects.get_or_create(query_string=term)
    return SearchPromotion.objects.create(query=query, **fields)
