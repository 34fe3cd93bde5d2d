"""Loading the demonstration onto a site without it, or with half of it."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page

from demo import commitments, loading, picture_files
from demo.body import stream, table_block
from demo.picture_files import load_pictures
from demo.reading import content
from demo.rich_text import rich_text
from emca_site.accounts.models import User
from emca_site.banners.models import Banner
from emca_site.core.models import SiteSettings
from emca_site.media import pictures
from emca_site.media.models import SiteImage
from emca_site.media.pictures import make_renditions
from home.models import (
    HomePage,
    LoadedItem,
    StandardPage,
)
from news.models import ArticlePage
from site_setup.pages import set_up
from tests.demo_site import load, small_pictures

pytestmark = pytest.mark.django_db

PAGE_LINK = re.compile(r'linktype="page" id="(\d+)"')
AS_THEY_ARE = picture_files.PICTURES_FOLDER
HREF = re.compile(r'href="([^"]*)"')


@contextmanager
def a_machine_to_try_the_site_on(folder: Path):
    """Small pictures, few commitments and no sizes of pictures: each of them takes a while."""
    words = content("commitments")
    few = words | {"commitments": words["commitments"][:2]}
    pictures_folder = folder / "small"
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(DEBUG=True, MEDIA_ROOT=folder / "files"),
    ):
        patch.setattr(commitments, "content", lambda name: few)
        patch.setattr(picture_files, "PICTURES_FOLDER", small_pictures(pictures_folder))
        patch.setattr(pictures, "make_renditions", lambda image: 0)
        yield


@pytest.fixture
def to_try(tmp_path):
    with a_machine_to_try_the_site_on(tmp_path):
        yield


@pytest.fixture(scope="class")
def site_in_use(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, loaded in 2030 and with DEBUG off onto a site that people had edited."""
    with (
        django_db_blocker.unblock(),
        a_machine_to_try_the_site_on(tmp_path_factory.mktemp("in-use")),
        override_settings(DEBUG=False),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(timezone, "now", lambda: datetime(2030, 1, 1, tzinfo=UTC))
        call_command("setup_site", verbosity=0)
        about = StandardPage.objects.get(slug="about")
        about.title = "Our own page"
        about.save_revision().publish()
        StandardPage.objects.get(slug="contact").unpublish()
        cookies = StandardPage.objects.get(slug="cookies")
        cookies.move(StandardPage.objects.get(slug="privacy"), pos="last-child")
        SiteSettings(name="Another authority").save()
        User.objects.create_user("Admin@example.org", "their own password")
        load(force=True)
        yield
        transaction.set_rollback(True)


def loaded_pages() -> list[Page]:
    return list(HomePage.objects.get().get_descendants(inclusive=True).specific())


@pytest.mark.usefixtures("site_in_use")
class TestOnASiteInUse:
    def test_it_loads_where_debug_is_off_if_told_to(self):
        assert ArticlePage.objects.live().exists()

    def test_banners_are_live_until_an_end_that_is_still_to_come(self):
        assert Banner.objects.filter(live=True).count() == 3
        assert {banner.expire_at for banner in Banner.objects.all()} == {
            datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=30)
        }

    def test_a_page_that_somebody_edited_before_is_left_alone(self):
        about = StandardPage.objects.get(slug="about")
        assert about.title == "Our own page"
        assert not about.body
        assert not StandardPage.objects.get(slug="contact").live
        assert SiteSettings.load().name == "Another authority"

    def test_a_page_that_somebody_moved_is_filled_where_it_is(self):
        cookies = StandardPage.objects.get(slug="cookies")
        assert cookies.url_path.endswith("/privacy/cookies/")
        assert cookies.body

    def test_an_account_that_is_there_already_keeps_its_password(self):
        account = User.objects.get(email__iexact="admin@example.org")
        assert account.check_password("their own password")


def test_it_refuses_where_debug_is_off(to_try, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="load_demo --force"):
        load()
    assert not LoadedItem.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("step", ["load_pages", "fill_articles"])
def test_an_interrupted_load_goes_on_where_it_stopped(to_try, monkeypatch, step):
    items_before_it_stops = 2
    original = LoadedItem.objects.load
    calls = []

    def stop_in_the_middle(self, key, make):
        calls.append(key)
        if len(calls) > items_before_it_stops:
            # After the item is made and before its transaction ends.
            return original(key, lambda: [make(), stop()])
        return original(key, make)

    def stop():
        raise KeyboardInterrupt

    def interrupted():
        with monkeypatch.context() as patch:
            patch.setattr(type(LoadedItem.objects), "load", stop_in_the_middle)
            return steps[step]()

    steps = {function.__name__: function for _, function in loading.STEPS}
    with monkeypatch.context() as patch:
        patch.setattr(
            loading,
            "STEPS",
            [
                (name, interrupted if function.__name__ == step else function)
                for name, function in loading.STEPS
            ],
        )
        with pytest.raises(KeyboardInterrupt):
            load()
    assert not LoadedItem.objects.filter(key=calls[-1]).exists()
    load()
    assert ArticlePage.objects.live().count() == 17
    assert Banner.objects.published().count() == 3
    assert all(page.live_revision_id or page.scheduled_revision for page in loaded_pages())


@pytest.mark.parametrize("damage", ["missing", "cut short", "not a picture"])
def test_a_picture_that_cannot_be_read_stops_it_before_anything_is_written(
    to_try, monkeypatch, tmp_path, damage
):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for path in AS_THEY_ARE.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    bad = folder / "skills.jpg"
    if damage == "missing":
        bad.unlink()
    else:
        bad.write_bytes(bad.read_bytes()[:9000] if damage == "cut short" else b"words")
    monkeypatch.setattr(picture_files, "PICTURES_FOLDER", folder)
    with pytest.raises(
        CommandError, match=r"skills\.jpg is missing or damaged.*Put it back"
    ) as error:
        load()
    assert "\n" not in str(error.value)
    assert not LoadedItem.objects.exists()
    assert not SiteImage.objects.exists()


def test_pictures_keep_their_focal_points_and_say_what_they_show(to_try, monkeypatch):
    monkeypatch.setattr(picture_files, "PICTURES_FOLDER", AS_THEY_ARE)
    set_up()
    load_pictures()
    picture = LoadedItem.objects.find("picture:transport", SiteImage)
    assert (picture.focal_point_x, picture.focal_point_y) == (1440, 696)
    assert (picture.focal_point_width, picture.focal_point_height) == (240, 120)
    assert picture.description.startswith("Illustration of a train")
    assert picture.file.name.startswith(f"{picture.uuid}/")
    assert picture.file_size


def test_every_size_is_made_and_counted(to_try, monkeypatch):
    specs = ("fill-80x45|format-webp", "fill-80x45|format-jpeg")
    monkeypatch.setattr(pictures, "ALL_SPECS", specs)
    monkeypatch.setattr(pictures, "make_renditions", make_renditions)
    said = load()
    assert said.count(": 2 sizes in") == 7
    for picture in SiteImage.objects.all():
        assert picture.renditions.count() == 2


def test_small_markdown_becomes_rich_text_as_the_editor_stores_it():
    call_command("setup_site")
    about = StandardPage.objects.get(slug="about")
    text = (
        "**Bold** and [£9 million](figure:housing-priorities), [about us](/about/), "
        "[nowhere](/nowhere/), [elsewhere](https://example.org/?a=1&b=2), "
        "[news](/news/?kind=news), [mail](mailto:web@example.org) & more"
    )
    assert rich_text(text) == (
        f'<p><b>Bold</b> and £9 million, <a linktype="page" id="{about.pk}">about us</a>, nowhere, '
        '<a href="https://example.org/?a=1&amp;b=2">elsewhere</a>, '
        '<a href="/news/?kind=news">news</a>, <a href="mailto:web@example.org">mail</a> '
        "&amp; more</p>"
    )
    assert rich_text("- one\n- two") == "<ul><li>one</li><li>two</li></ul>"


def test_texts_that_follow_each_other_become_one_block():
    one, two = {"type": "text", "value": "<h2>A</h2>"}, {"type": "text", "value": "<p>B</p>"}
    quote = {"type": "quote", "value": {}}
    assert stream([one, two, quote, two]) == (
        '[{"type": "text", "value": "<h2>A</h2><p>B</p>"}, {"type": "quote", "value": {}}, '
        '{"type": "text", "value": "<p>B</p>"}]'
    )


def test_a_column_of_numbers_stands_to_the_right():
    table = table_block(
        {
            "caption": "C",
            "headers": ["Who", "Votes", "Mixed"],
            "rows": [["A", "181,040", "£1.5m"], ["B", "9", "Not stated"]],
            "row_headers": True,
        }
    )
    columns = table["value"]["table"]["columns"]
    assert [column["type"] for column in columns] == ["text", "number", "text"]
