from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from emca_site.banners.models import Level, Notice
from tests import builders


def shown_on(client, address: str) -> list[str]:
    answer = client.get(address)
    page = answer.content.decode()
    return [notice.lead for notice in Notice.objects.all() if notice.lead in page]


def test_a_notice_on_the_whole_site_stands_on_every_page_and_on_a_404(client, home, transport):
    builders.add_notice(lead="Everywhere")
    for address in ("/", "/what-we-do/", "/what-we-do/transport/", "/nothing/"):
        assert shown_on(client, address) == ["Everywhere"]


def test_a_notice_on_a_section_stands_there_and_below_it_only(client, home, news_index, transport):
    builders.add_notice(lead="News is slow", section=news_index)
    article = builders.add_article(news_index)
    assert shown_on(client, "/news/") == ["News is slow"]
    assert shown_on(client, article.url) == ["News is slow"]
    for address in ("/", "/what-we-do/", "/nothing/"):
        assert shown_on(client, address) == []
    assert "News pages only" in client.get("/news/").content.decode()


def test_a_notice_stands_before_the_header_and_after_the_skip_link(client, home):
    builders.add_notice(lead="Read this")
    page = client.get("/").content.decode()
    assert page.index("Skip to content") < page.index("Read this") < page.index("<header")


def test_the_most_urgent_comes_first(client, home):
    for level in reversed(Level.values):
        builders.add_notice(lead=f"An {level} notice", level=level)
    page = client.get("/").content.decode()
    places = [page.index(f"An {level} notice") for level in Level.values]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "fields",
    [{"live": False}, {"expire_at": timezone.now() - timedelta(seconds=1)}],
    ids=["a draft", "past its end, with no sweep"],
)
def test_a_notice_that_is_not_published_does_not_show(client, home, fields):
    builders.add_notice(lead="Hidden", **fields)
    assert shown_on(client, "/") == []


def test_a_notice_offers_seven_days():
    end = Notice().expire_at
    assert timedelta(days=6) < end - timezone.now() <= timedelta(days=7)


def test_a_notice_needs_an_end(db):
    notice = Notice(lead="For ever", level=Level.WARNING, expire_at=None)
    with pytest.raises(ValidationError, match="expire_at"):
        notice.full_clean()


def test_an_emergency_says_when_it_went_up(client, home):
    moment = datetime(2026, 6, 1, 9, 0, tzinfo=timezone.get_default_timezone())
    builders.add_notice(level=Level.EMERGENCY, first_published_at=moment)
    assert "Put up on <time" in client.get("/").content.decode()
    assert "1 June 2026, 9am</time>" in client.get("/").content.decode()


def test_a_level_is_a_word_as_well_as_a_colour(client, home):
    builders.add_notice(level=Level.EMERGENCY)
    page = client.get("/").content.decode()
    assert 'id="notice-1">Emergency</span>' in page
    assert 'aria-labelledby="notice-1"' in page


def test_a_link_to_a_draft_is_left_out(client, home):
    draft = builders.add_standard_page(home, slug="secret", live=False)
    builders.add_notice(link_text="Read more", link_page=draft)
    assert "/secret/" not in client.get("/").content.decode()
