"""The standard and legal pages of the demonstration say what is true and what the law asks for."""

import re
from html import unescape
from pathlib import Path

import pytest
import wagtail.admin
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import strip_tags

from emca_site.core.models import SiteVersion
from emca_site.media import pictures
from home.demo.reading import content
from home.models import HomePage, StandardPage
from home.site_setup import PLAN
from home.teams import TEAMS
from tests import builders
from tests.desk_site import loaded

# As the Information Commissioner's Office names them, in its model publication scheme.
CLASSES = [
    "Who we are and what we do",
    "What we spend and how we spend it",
    "What our priorities are and how we are doing",
    "How we make decisions",
    "Our policies and procedures",
    "Lists and registers",
    "The services we offer",
]


@pytest.fixture
def demo(db, settings, tmp_path, monkeypatch):
    settings.DEBUG = True
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(pictures, "make_renditions", lambda image: 0)
    call_command("load_demo", verbosity=0)
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]


def read(client, address: str) -> str:
    return client.get(address).content.decode().split("<main")[1].split("</main>")[0]


def second_headings(html: str) -> list[str]:
    return [
        unescape(strip_tags(heading)) for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.S)
    ]


def section(html: str, heading: str) -> str:
    return re.split(r"<h2", html.split(f">{heading}</h2>")[1])[0]


def test_the_publication_scheme_has_the_seven_classes_of_the_law_each_with_content(client, demo):
    html = read(client, "/publication-scheme/")
    assert [heading for heading in second_headings(html) if heading in CLASSES] == CLASSES
    for heading in CLASSES:
        items = re.findall(r"<li>(.*?)</li>", section(html, heading))
        assert items, heading
        for item in items:
            assert re.search(r"<a href|not part of this demonstration|not here yet", item), item


def test_each_part_of_the_scheme_says_why_it_is_not_there_or_leads_to_it(client, demo):
    html = read(client, "/publication-scheme/")
    for address in re.findall(r'<a href="(/[^"]*)"', html):
        assert client.get(address).status_code == 200, address


def test_the_contact_page_leads_to_a_request_for_information(client, demo):
    asking = section(read(client, "/contact/"), "Ask for information we hold")
    assert "freedom of information request" in asking
    assert "20 working days" in asking
    assert "mailto:information@example.org" in asking
    assert 'href="/publication-scheme/"' in asking


def test_about_says_who_decides(client, demo):
    html = read(client, "/about/")
    assert 'href="#who-decides"' in html
    deciding = section(html, "Who decides")
    for words in ("Mayor", "board", "councils", "How decisions are made", "audit committee"):
        assert words in deciding


def test_privacy_says_how_long_feedback_is_kept(client, demo):
    assert "for a year at most" in section(
        read(client, "/privacy/"), "When you tell us if a page was useful"
    )


def cookies_of(*answers) -> set[str]:
    return {name for answer in answers for name in answer.cookies}


def test_the_cookies_page_names_each_cookie_that_the_site_sets_and_no_other(
    client, demo, settings, django_user_model
):
    django_user_model.objects.create_superuser("walker@example.org", "a-pass-phrase")
    strangers = [
        client.get(page.url)
        for page in HomePage.objects.get().get_descendants(inclusive=True).live()
    ]
    strangers += [
        client.get(address)
        for address in ("/accessibility-statement/report/", "/about/?thanks=1", "/nothing/")
    ]
    assert cookies_of(*strangers) == set()

    page = StandardPage.objects.get(slug="cookies")
    edit = f"/admin/pages/{page.pk}/edit/"
    form = {
        "title": "Cookies",
        "slug": "cookies",
        "summary": "S.",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **loaded(page),
    }
    who = {"username": "walker@example.org", "password": "a-pass-phrase"}
    staff = [
        client.get("/admin/login/"),
        client.post("/admin/login/", who),
        client.get("/admin/"),
        client.get(edit),
        saved := client.post(edit, form),
        client.get(saved.url),  # with the message that it was saved
        client.get("/about/"),
        client.post("/admin/logout/"),
    ]
    assert saved.status_code == 302
    # What is expired again, such as at the end of a session, was a cookie too.
    listed = {row["name"] for row in content("cookies")["cookies"] if row["set_by"] == "server"}
    assert cookies_of(*staff) == listed
    assert page.get_latest_revision_as_object().title == "Cookies"
    assert settings.SESSION_COOKIE_AGE == 8 * 60 * 60
    assert settings.CSRF_COOKIE_AGE // 86_400 in {364, 365}
    lasting = {row["name"]: row["lasts"] for row in content("cookies")["cookies"]}
    assert lasting["sessionid"].startswith("Eight hours")
    assert lasting["csrftoken"] == "One year"


def test_scripts_of_the_desk_set_only_the_cookies_that_the_page_names():
    listed = [row["name"] for row in content("cookies")["cookies"] if row["set_by"] == "script"]
    scripts = Path(wagtail.admin.__file__).parent.parent.rglob("static/**/*.js")
    setting = [path for path in scripts if "document.cookie" in path.read_text()]
    assert [path.name for path in setting] == ["sidebar.js"]
    assert listed == re.findall(r'"(wagtail_\w*)"', setting[0].read_text())


def test_our_own_scripts_store_nothing():
    root = Path(__file__).resolve().parent.parent
    for path in (root / "static").rglob("*.js"):
        assert not re.search(r"document\.cookie|localStorage|sessionStorage", path.read_text())


def test_the_cookies_page_shows_what_its_content_lists(client, demo):
    html = read(client, "/cookies/")
    for row in content("cookies")["cookies"]:
        assert row["name"] in html
        assert row["lasts"] in html


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


def test_a_renamed_team_is_a_change_that_strangers_see(home):
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
