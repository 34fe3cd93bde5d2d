"""What visitors and other teams must not know of a commitment before its time."""

from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from home.sitemap import PageSitemap
from tests import builders

pytestmark = pytest.mark.django_db

TITLE = "Build a tram to every village"


@pytest.fixture
def draft(transport):
    council = builders.add_district("Northwick")
    page = builders.add_commitment(
        transport,
        TITLE,
        slug="a-tram",
        live=False,
        reach="some",
        councils=[council],
        measurements=[(date(2026, 1, 1), 1), (date(2026, 2, 1), 2)],
        stages=[("Agreed", "now")],
    )
    page.save_revision()
    return page


def test_it_is_in_the_sitemap_when_it_is_live(transport, draft):
    live = builders.add_commitment(transport, "Known to all", slug="known")
    addresses = {PageSitemap().location(page) for page in PageSitemap().items()}
    assert live.url in addresses
    assert draft.url not in addresses


def test_search_finds_it_and_says_what_it_is(client, transport, draft):
    builders.add_commitment(transport, "A monorail for everybody", slug="monorail")
    html = client.get("/search/?q=monorail").content.decode()
    assert "A monorail for everybody" in html
    assert "Commitment" in html.split("<main")[1]
    assert TITLE not in client.get("/search/?q=tram").content.decode()


def test_machines_and_other_sites_read_where_it_stands(client, transport):
    image = builders.add_image(file=builders.picture_file(size=(840, 360)))
    transport.banner_image = image
    transport.save()
    page = builders.add_commitment(transport, "A monorail", slug="monorail")
    html = client.get(page.url).content.decode()
    assert '"@type": "BreadcrumbList"' in html
    assert 'property="og:image"' in html  # that of its area
    assert f'<link rel="canonical" href="{page.full_url}">' in html


def test_an_article_that_is_to_come_may_show_on_the_commitment(transport, news_index):
    article = builders.add_article(news_index, "The tram is here", live=False, slug="tram-news")
    page = builders.add_commitment(transport, "A tram", slug="tram", articles=[article])
    assert page.url in article.listed_at()


def test_who_checks_the_facts_is_asked_of_numbers_and_stages(draft):
    draft.status_reason = "The rails are late."
    version = draft.save_revision().as_object()
    parts = {part.name: part.html for part in version.parts_to_check(RequestFactory().get("/"))}
    assert "1 January 2026" in parts["Measurements"]
    assert "<b>Agreed</b>" in parts["Stages"]
    assert "The rails are late." in "".join(parts.values())


def test_what_a_page_says_of_a_day_is_asked_each_time(client, transport, monkeypatch):
    page = builders.add_commitment(transport, target_on=timezone.localdate())
    assert "has passed" not in client.get(page.url).content.decode()
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    for address in (page.url, "/commitments/", transport.url):
        assert "has passed. Last reported" in client.get(address).content.decode()
