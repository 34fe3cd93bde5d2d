"""What search engines and other sites read of a page."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from home.sitemap import ServiceSitemap
from tests import builders

HOSTILE = "</script><script>alert(1)</script> & \u2028 \U0001f600"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

# What schema.org and the search engines that read it ask for.
REQUIRED = {
    "GovernmentOrganization": {"@id", "name", "url", "logo"},
    "WebSite": {"name", "url", "potentialAction", "publisher"},
    "NewsArticle": {"headline", "datePublished", "dateModified", "author", "publisher", "image"},
    "BreadcrumbList": {"itemListElement"},
}


def head(client, address: str) -> str:
    return client.get(address).content.decode().split("</head>")[0]


def meta(head: str, name: str) -> str | None:
    match = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', head)
    return match and match[1]


def graph(head: str) -> list[dict]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


@pytest.fixture
def article(news_index, transport):
    return builders.add_article(
        news_index,
        "Better buses",
        slug="better-buses",
        summary="More of them.",
        priorities=[transport],
        lead_picture=builders.add_image(description="A bus"),
    )


ALL = ["/", "/what-we-do/", "/what-we-do/transport/", "/news/", "/news/better-buses/", "/about/"]


@pytest.mark.parametrize("address", ALL)
def test_every_page_has_its_own_title_description_and_canonical_address(
    client, home, article, address, site_settings
):
    site_settings.name = "Westerly"
    site_settings.save()
    builders.add_standard_page(home, slug="about")
    page = head(client, address)
    assert re.search(r"<title>[^<]*Westerly</title>", page)
    assert meta(page, "description") is not None
    assert page.count('rel="canonical"') == 1
    assert f'href="http://testserver{address}"' in page or address == "/"
    assert meta(page, "og:url").endswith(address)
    assert meta(page, "og:title")


def test_a_title_for_search_engines_takes_the_place_of_the_heading(client, home):
    builders.add_standard_page(
        home, slug="about", seo_title="Who we are", search_description="For engines."
    )
    page = head(client, "/about/")
    assert "<title>Who we are " in page
    assert meta(page, "description") == meta(page, "og:description") == "For engines."


def test_a_share_picture_is_the_banner_image_cut_to_shape(client, home):
    image = builders.add_image(file=builders.picture_file(size=(2000, 1400)), description="Hills")
    builders.add_standard_page(home, slug="about", banner_image=image)
    page = head(client, "/about/")
    address = meta(page, "og:image")
    assert address.startswith(f"{settings.SITE_URL}/files/{image.uuid}/")
    assert (meta(page, "og:image:width"), meta(page, "og:image:height")) == ("1200", "630")
    assert meta(page, "og:image:alt") == "Hills"


def test_else_it_is_the_areas_illustration_and_else_the_sites(
    client, home, news_index, transport, site_settings
):
    site_settings.share_picture = builders.add_image("The site's")
    site_settings.save()
    bare = builders.add_article(news_index, slug="bare")
    assert str(site_settings.share_picture.uuid) in meta(head(client, bare.url), "og:image")

    transport.banner_image = builders.add_image("The area's")
    transport.save()
    about_it = builders.add_article(news_index, slug="about-it", priorities=[transport])
    assert str(transport.banner_image.uuid) in meta(head(client, about_it.url), "og:image")


def test_without_any_picture_none_is_named(client, home):
    assert meta(head(client, "/"), "og:image") is None


@pytest.mark.parametrize("address", ALL)
def test_structured_data_has_what_the_vocabulary_asks_for(client, home, article, address):
    builders.add_standard_page(home, slug="about")
    things = graph(head(client, address))
    assert things
    for thing in things:
        missing = REQUIRED[thing["@type"]] - thing.keys()
        assert not missing, (thing["@type"], missing)


def test_the_home_page_describes_the_authority_and_how_to_search(client, home, site_settings):
    site_settings.name = "Westerly"
    site_settings.social_links = [("link", {"name": "Films", "url": "https://example.org/f"})]
    site_settings.save()
    organisation, website = graph(head(client, "/"))
    assert organisation["name"] == website["name"] == "Westerly"
    assert organisation["sameAs"] == ["https://example.org/f"]
    assert website["potentialAction"]["target"]["urlTemplate"].endswith(
        "/search/?q={search_term_string}"
    )


def test_an_article_says_when_and_about_what(client, article):
    news, trail = graph(head(client, article.url))
    assert news["headline"] == "Better buses"
    assert news["articleSection"] == ["Transport"]
    assert datetime.fromisoformat(news["datePublished"]) == article.first_published_at
    assert datetime.fromisoformat(news["dateModified"]) == article.first_published_at
    assert [step["name"] for step in trail["itemListElement"]] == ["Home", "News", "Better buses"]
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]


def test_no_text_of_an_editors_ends_the_data_block(client, news_index):
    article = builders.add_article(
        news_index, HOSTILE, slug="a", summary=HOSTILE, lead_picture=builders.add_image()
    )
    page = head(client, article.url)
    assert "<script>alert(1)" not in page
    assert graph(page)[0]["headline"] == HOSTILE


def test_the_sitemap_lists_what_visitors_may_read_with_true_dates(client, home, article):
    changed = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    about = builders.add_standard_page(home, slug="about", last_published_at=timezone.now())
    builders.add_change(about, "An older one.", took_effect_at=changed - timedelta(days=9))
    builders.add_change(about, took_effect_at=changed)
    builders.add_change(about, size="small", took_effect_at=changed + timedelta(days=9))
    builders.add_standard_page(home, slug="secret", live=False)
    builders.add_standard_page(home, slug="ended", expire_at=timezone.now() - timedelta(seconds=1))
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"].startswith("application/xml")
    entries = {
        entry.find(f"{SITEMAP}loc").text: entry.findtext(f"{SITEMAP}lastmod")
        for entry in ET.fromstring(answer.content)
    }
    assert f"{settings.SITE_URL}/news/better-buses/" in entries
    assert entries[f"{settings.SITE_URL}/about/"] == "2026-03-01"
    assert not any("secret" in address or "ended" in address for address in entries)
    assert len(entries) == len(set(entries)) == 6 + len(ServiceSitemap().items())


def test_the_sitemap_asks_for_one_thing_however_long_it_is(
    client, home, news_index, django_assert_max_num_queries
):
    client.get("/sitemap.xml")
    for number in range(30):
        builders.add_article(news_index, f"A{number}", slug=f"a{number}")
    with django_assert_max_num_queries(4):
        assert client.get("/sitemap.xml").content.count(b"<loc>") == 32 + len(
            ServiceSitemap().items()
        )


def test_robots_are_told_where_not_to_go_and_where_the_sitemap_is(client, db):
    text = client.get("/robots.txt").content.decode()
    assert text.startswith("User-agent: *\nDisallow: /admin/\n")
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text


def test_security_txt_names_a_contact(client, home, site_settings, settings):
    settings.SECURITY_TXT_EXPIRES = date.today() + timedelta(days=2)
    assert client.get("/.well-known/security.txt").status_code == 404
    site_settings.contact = builders.add_contact(email="hello@example.org")
    site_settings.save()
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:hello@example.org\n" in text
    assert f"Expires: {settings.SECURITY_TXT_EXPIRES:%Y-%m-%d}T00:00:00Z\n" in text


@pytest.mark.parametrize("passed", ["unset", "today"])
def test_security_txt_is_not_there_unless_somebody_answers_for_it(
    client, home, site_settings, settings, passed
):
    site_settings.contact = builders.add_contact(email="hello@example.org")
    site_settings.save()
    if passed == "today":
        settings.SECURITY_TXT_EXPIRES = datetime.now(UTC).date()
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/favicon.ico", "image/x-icon"), ("/apple-touch-icon.png", "image/png")],
)
def test_icons_are_where_browsers_look(client, address, kind):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] in {kind, "image/vnd.microsoft.icon"}


def test_a_404_offers_the_page_that_was_moved_and_the_one_that_was_mistyped(
    client, home, article, transport
):
    moved = client.get("/old/place/better-buses/").content.decode()
    assert '<a href="/news/better-buses/">Better buses</a>' in moved
    mistyped = client.get("/what-we-do/transprt/").content.decode()
    assert "Did you mean" in mistyped
    assert '<a href="/what-we-do/transport/">Transport</a>' in mistyped.split("<footer")[0]
    assert "Did you mean" not in client.get("/zzzz/").content.decode()


def test_a_404_never_offers_a_draft(client, home):
    builders.add_standard_page(home, "Secret plan", slug="secret-plan", live=False)
    assert "Secret plan" not in client.get("/x/secret-plan/").content.decode()
