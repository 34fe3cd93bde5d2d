"""What `setup_site` makes, and what it leaves alone when it runs again."""

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.models import Page, Site

from home.models import HomePage, LoadedItem, StandardPage
from news.models import NewsIndexPage
from priorities.areas import AREAS
from priorities.models import PriorityIndexPage, PriorityPage
from site_setup.pages import PLAN
from tests.snapshots import standing_on

pytestmark = pytest.mark.django_db


def everything():
    pages = Page.objects.order_by("pk").values()
    sites = Site.objects.order_by("pk").values()
    return [*pages, *sites, *LoadedItem.objects.order_by("pk").values()]


@pytest.fixture(scope="module")
def after_the_first_run(django_db_setup, django_db_blocker, folder_of_run):
    """Shared by the tests here; what each of them does is rolled back."""

    def build():
        call_command("setup_site", verbosity=0)

    with django_db_blocker.unblock(), standing_on(folder_of_run / "first-run.sqlite3", build):
        yield


@pytest.fixture
def site(after_the_first_run, db):
    return Site.objects.get()


def test_the_first_run_makes_every_page_live_at_its_address(site):
    home = site.root_page.specific
    assert isinstance(home, HomePage)
    assert home.slug == "home"
    addresses = {page.get_url_parts()[2] for page in home.get_descendants().live()}
    assert addresses == {page.address for page in PLAN}
    assert not home.get_descendants(inclusive=True).exclude(latest_revision=None).exists()
    assert not home.get_descendants(inclusive=True).filter(first_published_at=None).exists()


def test_the_areas_stand_in_their_order_each_with_a_theme_of_its_own(site):
    areas = PriorityPage.objects.in_tree_order()
    assert [(area.slug, area.theme) for area in areas] == [(row.slug, row.key) for row in AREAS]


def test_menus_show_what_we_do_and_news_and_no_standard_page(site):
    in_menus = site.root_page.get_children().in_menu()
    assert [page.slug for page in in_menus] == ["what-we-do", "news"]


def test_the_welcome_page_is_gone_and_the_site_answers_with_the_home_page(site):
    assert Page.objects.filter(depth=2).get().specific == HomePage.objects.get()
    assert site.is_default_site


def test_a_second_run_changes_nothing(site, capsys):
    before = everything()
    capsys.readouterr()
    call_command("setup_site")
    assert everything() == before
    assert "Nothing to do" in capsys.readouterr().out


def test_what_staff_renamed_moved_or_deleted_is_not_made_again(site):
    about = StandardPage.objects.get(slug="about")
    about.title, about.slug = "Who we are", "who-we-are"
    about.save_revision().publish()
    cookies, privacy = (StandardPage.objects.get(slug=slug) for slug in ("cookies", "privacy"))
    cookies.move(privacy, pos="last-child")
    StandardPage.objects.get(slug="contact").delete()
    PriorityPage.objects.get(slug="skills").delete()
    NewsIndexPage.objects.get().delete()
    before = everything()
    call_command("setup_site")
    assert everything() == before


def test_the_areas_do_not_come_back_without_the_page_that_lists_them(site):
    PriorityIndexPage.objects.get().delete()
    call_command("setup_site")
    assert not PriorityPage.objects.exists()


def test_a_page_that_staff_made_at_an_address_is_used_as_it_is(site):
    LoadedItem.objects.get(key="page:/about/").delete()
    before = StandardPage.objects.get(slug="about")
    call_command("setup_site")
    assert StandardPage.objects.get(slug="about") == before


def test_a_page_that_a_later_version_adds_is_made_on_an_older_site(site):
    LoadedItem.objects.get(key="page:/cookies/").delete()
    StandardPage.objects.get(slug="cookies").delete()
    call_command("setup_site")
    assert StandardPage.objects.filter(slug="cookies").exists()


def test_the_home_page_alone_comes_back(site):
    HomePage.objects.get().delete()
    call_command("setup_site")
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert HomePage.objects.get().get_descendant_count() == 0


@pytest.mark.parametrize(
    ("url", "hostname", "port"),
    [
        ("https://www.example.org", "www.example.org", 443),
        ("http://www.example.org", "www.example.org", 80),
        ("http://127.0.0.1:8123", "127.0.0.1", 8123),
    ],
)
def test_the_address_of_the_site_follows_the_setting(site, url, hostname, port):
    with override_settings(SITE_URL=url):
        call_command("setup_site")
    site.refresh_from_db()
    assert (site.hostname, site.port) == (hostname, port)


def test_an_address_without_a_scheme_is_refused_in_one_line(site):
    with (
        override_settings(SITE_URL="www.example.org"),
        pytest.raises(CommandError, match=r"SITE_URL is “www\.example\.org”"),
    ):
        call_command("setup_site")


def test_an_address_that_another_site_has_is_refused_in_one_line(site):
    Site.objects.create(hostname="other.example.org", port=443, root_page=site.root_page)
    with (
        override_settings(SITE_URL="https://other.example.org"),
        pytest.raises(CommandError, match="check --database default"),
    ):
        call_command("setup_site")
