"""Every page names the team that answers for it, and when it was published."""

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from emca_site.site_version.models import SiteVersion
from home.models import HomePage, StandardPage
from site_setup.pages import PLAN
from site_setup.teams import TEAMS
from tests import builders


def read(client, address: str) -> str:
    return client.get(address).content.decode().split("<main")[1].split("</main>")[0]


def test_each_page_says_when_it_was_published_and_which_team_answers_for_it(client, home):
    team = builders.add_team("Transport editors")
    early, late = (timezone.make_aware(timezone.datetime(2026, month, 3, 9)) for month in (3, 5))
    page = builders.add_standard_page(home, slug="about", owned_by=team, first_published_at=early)
    change = builders.add_change(page, took_effect_at=late)
    html = read(client, page.url)
    assert 'Published <time datetime="2026-03-03">3 March 2026</time>' in html
    assert 'Updated <time datetime="2026-05-03">3 May 2026</time>' in html
    assert "Transport editors answer for this page" in html
    change.delete()
    StandardPage.objects.filter(pk=page.pk).update(changed_at=None, owned_by=None)
    html = read(client, page.url)
    assert "Updated" not in html
    assert "answer for this page" not in html


def test_an_article_gives_its_dates_in_the_head_and_its_team_at_the_foot(client, news_index):
    team = builders.add_team("Comms staff")
    article = builders.add_article(news_index, owned_by=team)
    html = read(client, article.url)
    assert html.count("Published ") == 1
    assert html.index("Published ") < html.index("Because a bus helps")
    assert html.index("Because a bus helps") < html.index("Comms staff answer for this page")


def test_a_renamed_team_is_a_change_that_visitors_see(home):
    team = builders.add_team()
    before = SiteVersion.current()
    team.name = "Roads team"
    team.save()
    assert SiteVersion.current() != before


def test_a_page_outlives_the_team_that_answered_for_it(home):
    page = builders.add_standard_page(home, owned_by=builders.add_team())
    page.save_revision().publish()
    page.owned_by.delete()
    page.refresh_from_db()
    assert page.owned_by is None
    assert page.get_latest_revision_as_object().owned_by is None


def test_set_up_gives_each_page_a_team_and_makes_no_team_twice(db):
    call_command("setup_site")
    assert set(Group.objects.values_list("name", flat=True)) >= set(TEAMS.values())
    pages = HomePage.objects.get().get_descendants(inclusive=True).specific()
    assert len(pages) == len(PLAN) + 1
    assert all(page.owned_by for page in pages)
    teams = {page.slug: page.owned_by.name for page in pages}
    assert teams["transport"] == "Transport editors"
    assert teams["economic-development"] == "Economy editors"
    assert teams["news"] == "Comms staff"
    assert teams["privacy"] == "Administrators"
    Group.objects.filter(name="Comms staff").update(name="Press")
    Group.objects.get(name="Skills editors").delete()
    before = list(Group.objects.values())
    call_command("setup_site")
    assert list(Group.objects.values()) == before
