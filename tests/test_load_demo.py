import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from emca_site.accounts.models import User
from emca_site.banners.models import Banner, Notice
from emca_site.core.models import Contact, SiteSettings
from emca_site.core.rich_text import sources_in
from emca_site.councils.models import Council, CountyCouncil, Topic
from emca_site.figures.models import Figure
from emca_site.media import pictures
from emca_site.media.models import SiteImage
from emca_site.media.pictures import make_renditions
from home.demo import loading, picture_files
from home.demo.body import stream, table_block
from home.demo.reading import content
from home.demo.rich_text import has_view, rich_text
from home.models import (
    AccessibilityStatementPage,
    HomePage,
    KnownIssue,
    LoadedItem,
    StandardPage,
)
from news.models import ArticlePage
from priorities.models import PriorityPage

pytestmark = pytest.mark.django_db

PAGE_LINK = re.compile(r'linktype="page" id="(\d+)"')
HREF = re.compile(r'href="([^"]*)"')


@pytest.fixture(autouse=True)
def a_machine_to_try_the_site_on(settings, tmp_path, monkeypatch):
    settings.DEBUG = True
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(pictures, "make_renditions", lambda image: 0)


def load(**options) -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def dump() -> str:
    out = io.StringIO()
    call_command("dumpdata", exclude=["wagtailsearch", "auth.permission"], stdout=out)
    return out.getvalue()


def loaded_pages() -> list[Page]:
    return list(HomePage.objects.get().get_descendants(inclusive=True).specific())


def rich_texts() -> list[str]:
    texts = [SiteSettings.load().footer_text]
    for page in loaded_pages():
        texts.extend(sources_in(getattr(page, "body", [])))
        texts.append(getattr(page, "notes_to_editors", ""))
    return texts


def test_it_refuses_where_debug_is_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="load_demo --force"):
        load()
    assert not LoadedItem.objects.exists()
    assert not User.objects.exists()


def test_it_loads_where_debug_is_off_if_told_to(settings):
    settings.DEBUG = False
    load(force=True)
    assert ArticlePage.objects.live().exists()


def test_a_second_run_changes_nothing():
    load()
    before = dump()
    load()
    assert dump() == before


def test_everything_is_there_once():
    said = load()
    counts = {
        ArticlePage: 16,
        PriorityPage: 5,
        StandardPage: 5,
        AccessibilityStatementPage: 1,
        KnownIssue: 3,
        Banner: 3,
        Notice: 3,
        Figure: 29,
        Contact: 11,
        CountyCouncil: 2,
        Council: 17,
        Topic: 36,
        SiteImage: 7,
    }
    assert {model: model.objects.count() for model in counts} == counts
    assert "Picture 7 of 7" in said
    assert Page.objects.filter(live=True, has_unpublished_changes=True).count() == 0


def test_every_page_is_published_from_a_revision_that_is_valid():
    load()
    for page in loaded_pages():
        assert page.live
        assert page.live_revision_id == page.latest_revision_id
        draft = page.get_latest_revision_as_object()
        draft.full_clean()
        if hasattr(draft, "body"):
            draft.body.stream_block.clean(draft.body)
            assert draft.body or page.slug in {"what-we-do", "news"}


def test_no_link_in_any_text_leads_nowhere():
    load()
    live = set(Page.objects.live().values_list("pk", flat=True))
    texts = rich_texts()
    assert {int(pk) for text in texts for pk in PAGE_LINK.findall(text)} <= live
    for address in {href for text in texts for href in HREF.findall(text)}:
        if has_view(address):
            continue
        if address.startswith("/"):
            HomePage.objects.get().route(None, address.split("?")[0].strip("/").split("/"))
        else:
            assert address.startswith(("https://", "mailto:"))
    for page in loaded_pages():
        for block in getattr(page, "body", []):
            if block.block_type == "links":
                for link in block.value["links"]:
                    address = link["external_url"]
                    assert link["page"] or address.startswith("https://") or has_view(address)


def test_articles_link_to_each_other_whichever_was_made_first():
    load()
    old = ArticlePage.objects.get(slug="brownfield-money-for-homes")
    new = ArticlePage.objects.get(slug="homes-target-date-passed")
    assert old.first_published_at < new.first_published_at
    assert f'linktype="page" id="{new.pk}"' in "".join(sources_in(old.body))
    assert old.chosen_articles.first().article == new


def test_dates_are_those_of_the_content_at_nine_in_the_morning_uk_time():
    load()
    winter = ArticlePage.objects.get(slug="new-authority-set-up-in-law")
    assert winter.first_published_at == datetime(2024, 2, 28, 9, tzinfo=UTC)
    assert winter.last_published_at == winter.first_published_at
    summer = ArticlePage.objects.get(slug="what-retrofit-means")
    assert summer.first_published_at == datetime(2026, 7, 9, 8, tzinfo=UTC)
    corrected = ArticlePage.objects.get(slug="brownfield-money-for-homes")
    assert corrected.updated_at == datetime(2026, 4, 1, 8, tzinfo=UTC)
    assert [change.note for change in corrected.changes_shown()] == [
        "We added a note to say that the target date has passed.",
        "We corrected how we describe the £16.8 million. It is a single sum.",
    ]


def test_embargoed_and_withdrawn_articles_are_not_loaded():
    load()
    hidden = [words for words in content("articles")["articles"] if words["state"] != "live"]
    assert hidden
    for words in hidden:
        assert not Page.objects.filter(slug=words["slug"]).exists()


def test_the_contact_page_has_every_team_that_answers_the_public():
    load()
    page = StandardPage.objects.get(slug="contact")
    blocks = [block for block in page.body if block.block_type == "contacts"]
    names = [contact.name for block in blocks for contact in block.value["contacts"]]
    assert len(names) == len(set(names)) == 10
    assert "do not ring" in page.body[0].value["text"].source
    assert "Nowhere-on-Trent<br/>" in "".join(sources_in(page.body))


def test_a_made_up_story_says_so_to_the_reader():
    load()
    made_up = [words for words in content("articles")["articles"] if words["illustration"]]
    for page in ArticlePage.objects.filter(slug__in=[words["slug"] for words in made_up]):
        assert "We made up this" in "".join(sources_in(page.body))


def test_banners_are_live_until_an_end_that_is_still_to_come(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2030, 1, 1, tzinfo=UTC))
    load()
    assert Banner.objects.published().count() == 3
    assert {banner.expire_at for banner in Banner.objects.all()} == {
        datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=30)
    }


def test_one_notice_is_live_and_the_others_wait_as_drafts():
    load()
    live, warning, emergency = (
        Notice.objects.get(level=level) for level in ("information", "warning", "emergency")
    )
    assert live.live
    for draft in (warning, emergency):
        assert not draft.live
        assert draft.latest_revision
        assert draft.latest_revision.approved_go_live_at is None
    assert warning.go_live_at == datetime(2026, 12, 4, 9, tzinfo=UTC)
    assert emergency.expire_at is None


def test_a_figure_has_a_day_only_where_the_source_gives_one():
    load()
    votes, jobs, money = (
        Figure.objects.get(key=key)
        for key in ("mayor-votes", "growth-plan-jobs", "brownfield-secured")
    )
    assert (f"{votes.as_at:%Y-%m-%d}", votes.as_at_text) == ("2024-05-02", "")
    assert (jobs.as_at, jobs.as_at_text) == (None, "October 2025")
    assert (money.as_at, money.as_at_text) == (None, "")


def test_every_figure_is_written_as_the_content_writes_it():
    load()
    for item in content("figures")["figures"]:
        figure = Figure.objects.get(key=item["key"])
        assert (figure.in_text, figure.short) == (item["display"], item["display_short"])


def test_edits_are_kept():
    load()
    page = ArticlePage.objects.get(slug="what-retrofit-means")
    page.title = "Our own title"
    page.save_revision().publish()
    banner = Banner.objects.first()
    banner.headline = "Our own headline"
    banner.save_revision().publish()
    Figure.objects.filter(key="mayor-votes").update(label="our own words")
    Contact.objects.filter(name="Press office").update(phone="01632 960 999")
    SiteSettings.objects.update(strapline="Our own line")
    before = dump()
    load()
    assert dump() == before


def test_what_was_deleted_does_not_come_back():
    load()
    for thing in (
        ArticlePage.objects.get(slug="what-retrofit-means"),
        StandardPage.objects.get(slug="cookies"),
        Figure.objects.get(key="community-fund"),
        Contact.objects.get(name="Web team"),
        Topic.objects.first(),
        Council.objects.first(),
        Banner.objects.first(),
        Notice.objects.first(),
        SiteImage.objects.get(title__contains="moor"),
        User.objects.get(email="comms@example.org"),
    ):
        thing.delete()
    before = dump()
    load()
    assert dump() == before


def test_a_page_that_somebody_edited_before_the_demo_is_left_alone():
    call_command("setup_site")
    about = StandardPage.objects.get(slug="about")
    about.title = "Our own page"
    about.save_revision().publish()
    contact = StandardPage.objects.get(slug="contact")
    contact.unpublish()
    SiteSettings(name="Another authority").save()
    load()
    about.refresh_from_db()
    contact.refresh_from_db()
    assert about.title == "Our own page"
    assert not about.body
    assert not contact.live
    assert SiteSettings.load().name == "Another authority"


def test_a_page_that_somebody_moved_is_filled_where_it_is():
    call_command("setup_site")
    cookies = StandardPage.objects.get(slug="cookies")
    cookies.move(StandardPage.objects.get(slug="privacy"), pos="last-child")
    load()
    cookies = StandardPage.objects.get(slug="cookies")
    assert cookies.url_path.endswith("/privacy/cookies/")
    assert cookies.body


@pytest.mark.parametrize("step", ["load_pages", "fill_articles"])
def test_an_interrupted_load_goes_on_where_it_stopped(monkeypatch, step):
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
    assert ArticlePage.objects.live().count() == 16
    assert Banner.objects.published().count() == 3
    assert all(page.live_revision_id for page in loaded_pages())


@pytest.mark.parametrize("damage", ["missing", "cut short", "not a picture"])
def test_a_picture_that_cannot_be_read_stops_it_before_anything_is_written(
    monkeypatch, tmp_path, damage
):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for path in picture_files.PICTURES_FOLDER.iterdir():
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


def test_a_picture_that_was_loaded_is_not_needed_again(monkeypatch, tmp_path):
    load()
    monkeypatch.setattr(picture_files, "PICTURES_FOLDER", tmp_path)
    load()


def test_pictures_keep_their_focal_points_and_say_what_they_show():
    load()
    picture = LoadedItem.objects.find("picture:transport", SiteImage)
    assert (picture.focal_point_x, picture.focal_point_y) == (1440, 696)
    assert (picture.focal_point_width, picture.focal_point_height) == (240, 120)
    assert picture.description.startswith("Illustration of a train")
    assert picture.file.name.startswith(f"{picture.uuid}/")
    assert picture.file_size


def test_every_size_is_made_and_counted(monkeypatch):
    specs = ("fill-80x45|format-webp", "fill-80x45|format-jpeg")
    monkeypatch.setattr(pictures, "ALL_SPECS", specs)
    monkeypatch.setattr(pictures, "make_renditions", make_renditions)
    said = load()
    assert said.count(": 2 sizes in") == 7
    for picture in SiteImage.objects.all():
        assert picture.renditions.count() == 2


def test_the_account_is_made_once_and_keeps_its_password(settings):
    settings.DEMO_PASSWORD = "a-password-to-try"
    load()
    admin = User.objects.get(email="admin@example.org")
    assert admin.is_superuser
    assert admin.check_password("a-password-to-try")


def test_an_account_that_is_there_already_keeps_its_password(settings):
    User.objects.create_user("Admin@example.org", "their own password")
    load()
    assert User.objects.get(email="admin@example.org").check_password("their own password")


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
