"""Promoted results: what staff put first for a term."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import Page

from demo.promotions import load_promotions
from home.models import LoadedItem
from tests import builders


def main_of(client, text: str) -> str:
    page = client.get("/search/", {"q": text}).content.decode()
    return page.split("<main")[1].split("</main")[0]


@pytest.fixture
def roads(home):
    return builders.add_standard_page(home, "Mending roads", slug="roads", summary="Tar.")


@pytest.mark.parametrize("text", ["pothole", "Pothole", "  POTHOLE  ", "pothole?"])
def test_a_promoted_page_is_shown_for_its_term_with_its_sentence(client, roads, text):
    builders.add_promotion("pothole", page=roads, description="Your council mends roads.")
    page = main_of(client, text)
    assert '<h3><a href="/roads/">Mending roads</a></h3>' in page
    assert "Our suggestion. Your council mends roads." in page
    assert "No results" not in page


def test_it_stands_above_the_results_and_on_their_first_page_only(client, roads, news_index):
    builders.add_promotion("tar", page=roads, external_link_text="Start here")
    for number in range(11):
        builders.add_article(news_index, f"Tar {number}", slug=f"tar-{number}")
    page = main_of(client, "tar")
    assert page.index("Twelve results") < page.index("Start here") < page.index('class="hit"')
    answer = client.get("/search/", {"q": "tar", "page": 2})
    assert "Start here" not in answer.content.decode()


def test_only_its_own_term_shows_it(client, roads):
    builders.add_promotion("pothole", page=roads)
    assert "/roads/" not in main_of(client, "potholes galore")


def test_several_stand_in_the_order_that_staff_gave_them(client, roads, news_index):
    builders.add_promotion("pothole", page=news_index, sort_order=1)
    builders.add_promotion("pothole", page=roads, sort_order=0)
    page = main_of(client, "pothole")
    assert page.index("/roads/") < page.index("/news/")


@pytest.mark.parametrize(
    "fields",
    [{"live": False}, {"expire_at": timezone.now() - timedelta(seconds=1)}],
    ids=["a draft", "past its end"],
)
def test_what_a_visitor_may_not_read_is_not_promoted(client, home, fields):
    draft = builders.add_standard_page(home, "Secret plan", slug="secret", **fields)
    builders.add_promotion("pothole", page=draft, description="Hush.")
    page = main_of(client, "pothole")
    assert "secret" not in page.lower()
    assert "Hush" not in page


def test_a_link_to_another_site_is_shown(client, home):
    builders.add_promotion(
        "pothole", external_link_url="https://example.org/a?b&c", external_link_text="Report it"
    )
    assert '<a href="https://example.org/a?b&amp;c">Report it</a>' in main_of(client, "pothole")


def test_what_staff_write_is_never_markup(client, home):
    builders.add_promotion(
        "pothole",
        external_link_url='https://example.org/"><script>',
        external_link_text="<script>",
        description="<script>",
    )
    assert "<script>" not in main_of(client, "pothole")


def test_looking_for_it_writes_nothing(client, roads):
    builders.add_promotion("pothole", page=roads)
    with CaptureQueriesContext(connection) as asked:
        client.get("/search/", {"q": "pothole"})
        client.get("/search/", {"q": "tar"})
    assert not [query for query in asked if not query["sql"].startswith("SELECT")]
    assert Query.objects.count() == 1
    assert not QueryDailyHits.objects.exists()


def test_a_new_promotion_is_in_the_very_next_answer_and_among_the_suggestions(client, roads):
    assert "Did you mean" not in main_of(client, "potthole")
    roads.summary = "Each pothole is mended."
    roads.save()
    client.get("/search/", {"q": "potthole"})
    builders.add_promotion("pothole", page=roads)
    assert "<strong>pothole</strong>" in main_of(client, "potthole")


def test_staff_make_one_on_the_desk(desk, client, roads):
    answer = desk.post(
        "/admin/searchpicks/add/",
        {
            "query_string": "Pothole",
            "editors_picks-TOTAL_FORMS": 1,
            "editors_picks-INITIAL_FORMS": 0,
            "editors_picks-MIN_NUM_FORMS": 0,
            "editors_picks-MAX_NUM_FORMS": 1000,
            "editors_picks-0-page": roads.pk,
            "editors_picks-0-description": "Here.",
            "editors_picks-0-ORDER": 1,
        },
    )
    assert answer.status_code == 302
    assert "/roads/" in main_of(client, "pothole")


# Those of the demonstration


@pytest.fixture
def a_site(db):
    call_command("setup_site")


def test_the_demonstration_has_those_whose_page_is_there(client, a_site):
    new = load_promotions()
    assert new == SearchPromotion.objects.count() > 20
    assert "We plan the network." in main_of(client, "bus timetable")
    # The article about it is not made by set-up.
    assert not Query.objects.filter(query_string="heat pump").exists()


def test_a_second_load_changes_nothing_and_brings_nothing_back(a_site):
    load_promotions()
    SearchPromotion.objects.filter(query__query_string="foi").delete()
    SearchPromotion.objects.filter(query__query_string="bus").update(description="Our words.")
    assert load_promotions() == 0
    assert not SearchPromotion.objects.filter(query__query_string="foi").exists()
    assert SearchPromotion.objects.get(query__query_string="bus").description == "Our words."


def test_a_page_that_comes_later_is_promoted_later(a_site):
    load_promotions()
    news = LoadedItem.objects.find("page:/news/", Page).specific
    article = builders.add_article(news, "What retrofit means", slug="what-retrofit-means")
    LoadedItem.objects.load("page:/news/what-retrofit-means/", lambda: article)
    assert load_promotions() == 4
    assert SearchPromotion.objects.get(query__query_string="heat pump").page_id == article.pk


def test_those_of_staff_stay_first(client, a_site):
    roads = builders.add_standard_page(
        LoadedItem.objects.find("page:/", Page), "Our bus page", slug="bus"
    )
    builders.add_promotion("bus", page=roads, sort_order=0)
    load_promotions()
    page = main_of(client, "bus")
    assert page.index("Our bus page") < page.index("We plan the network.")
