"""Check embargo: what it asks for, what it calls a leak, and what it leaves behind."""

from html import unescape

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.rich_text import RichText

from emca_site.publishing.embargo import check as embargo
from emca_site.publishing.embargo.wagtail_hooks import offered
from emca_site.search.models import FruitlessSearch
from news.models import ArticlePage
from tests import builders
from tests.desk_site import desk_of, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

TITLE = "The kestrel budget in full"


@pytest.fixture
def release():
    """A draft with a picture in two sizes and a file, about one area."""
    picture = builders.add_image("Kestrel picture", file=builders.picture_file("kestrel.png"))
    picture.get_rendition("fill-20x20|format-avif")
    file = builders.add_document("Kestrel tables", "kestrel.pdf")
    words = f'<p>See <a linktype="document" id="{file.pk}">the tables</a>.</p>'
    draft = builders.add_article(
        page("/news/"),
        TITLE,
        slug="kestrel-budget",
        live=False,
        first_published_at=None,
        lead_picture=picture,
        body=[("text", RichText(words))],
        priorities=[page("/what-we-do/transport/")],
    )
    draft.save_revision()
    return ArticlePage.objects.get(pk=draft.pk)


def address_of(thing) -> str:
    return reverse("publishing_check_embargo", args=[thing._meta.label_lower, thing.pk])


def rows(result) -> dict[str, embargo.Row]:
    return {row.address: row for row in result.rows}


def test_everything_of_a_draft_is_asked_for_and_passes(release):
    result = embargo.check(release)
    assert not result.failures, result.failures
    asked = rows(result)
    picture = release.lead_picture
    file = embargo.Check(release, None).files[-1]
    assert {
        "/news/kestrel-budget/",
        *picture.addresses(),
        file.url,
        "/",
        "/news/",
        "/news/?priority=transport",
        "/what-we-do/transport/",
        "/news/feed/",
        "/news/feed/?priority=transport",
        "/news/feed.json",
        "/sitemap.xml",
        "/search/?q=The+kestrel+budget+in",
    } <= set(asked)
    assert len(picture.addresses()) == 2
    assert result.in_words == f"{len(result.rows)} addresses asked, all pass"


def test_what_is_live_fails_where_a_visitor_finds_it(release):
    # As if a draft had become public by mistake: the row says live, the person does not know.
    draft = ArticlePage.objects.get(pk=release.pk)
    draft.get_latest_revision().publish()
    check = embargo.Check(release, embargo.Visitor())
    failed = {row.address for row in check.rows() if row.outcome == embargo.FAIL}
    assert {
        "/news/kestrel-budget/",
        "/news/",
        "/what-we-do/transport/",
        "/news/feed/",
        "/news/feed.json",
        "/sitemap.xml",
    } <= failed


def test_a_file_that_something_else_live_uses_is_said_to_be_public(release):
    builders.add_article(page("/news/"), "Known to all", lead_picture=release.lead_picture)
    row = rows(embargo.check(release))[release.lead_picture.file.url]
    assert row.outcome == embargo.PUBLIC
    assert "something live uses it" in row.said


def test_a_title_that_a_live_page_tells_fails(release):
    builders.add_article(page("/news/"), "Known to all", summary=f"Soon: {TITLE}")
    failed = {row.address: row.said for row in embargo.check(release).failures}
    assert failed["/news/"] == f"It holds “{TITLE}”."


def test_the_new_title_and_the_new_picture_of_a_live_page_are_checked():
    live = builders.add_article(page("/news/"), "Known to all")
    live.title = TITLE
    live.lead_picture = builders.add_image("Kestrel picture")
    live.save_revision()
    live.refresh_from_db()
    result = embargo.check(live)
    asked = rows(result)
    assert not result.failures
    assert live.get_latest_revision_as_object().lead_picture.file.url in asked
    assert live.url not in asked


@pytest.mark.parametrize("kind", ["banner", "notice"])
def test_banners_and_notices_are_checked_where_they_would_show(kind):
    title = "Kestrel comes to town"
    if kind == "banner":
        thing = builders.add_banner(page("/"), headline=title, live=False)
    else:
        thing = builders.add_notice(lead=title, section=page("/news/"), live=False)
    thing.save_revision()
    assert not embargo.check(thing).failures
    thing.live = True
    thing.save()
    thing.live = False  # as whoever checks has it in hand
    failed = {
        row.address
        for row in embargo.Check(thing, embargo.Visitor()).rows()
        if row.outcome == "fail"
    }
    assert ("/" if kind == "banner" else "/news/") in failed


def test_asking_leaves_nothing_behind(release):
    embargo.check(release)
    assert not FruitlessSearch.objects.exists()


def test_comms_staff_check_from_the_desk_and_it_stays_in_the_history(comms, release):
    edit = unescape(
        comms.get(reverse("wagtailadmin_pages:edit", args=[release.pk])).content.decode()
    )
    assert address_of(release) in edit
    answer = comms.post(address_of(release))
    assert answer.url == address_of(release)
    entry = PageLogEntry.objects.get(action="publishing.check_embargo")
    assert entry.object_id == str(release.pk) or entry.page_id == release.pk
    screen = unescape(comms.get(address_of(release)).content.decode())
    assert "addresses asked, all pass" in screen
    assert "/news/kestrel-budget/" in screen
    assert "Not found, like a nonsense address." in screen
    history = reverse("wagtailadmin_pages:history", args=[release.pk])
    assert "Embargo checked:" in comms.get(history).content.decode()


def test_an_approver_may_check_what_they_decide_on(approver, release):
    assert approver.get(address_of(release)).status_code == 200


def test_who_may_not_know_of_it_may_not_check_it(release):
    for name in ("transport", "emergency"):
        client = desk_of(name)
        assert client.get(address_of(release)).status_code == 404
        assert client.post(address_of(release)).status_code == 404
    assert not PageLogEntry.objects.filter(action="publishing.check_embargo").exists()


def test_what_is_wholly_live_offers_no_check(comms):
    live = builders.add_article(page("/news/"), "Known to all")
    edit = comms.get(reverse("wagtailadmin_pages:edit", args=[live.pk])).content.decode()
    assert address_of(live) not in edit
    comms.post(address_of(live))
    assert "there is nothing to check" in said_to(comms)


def test_a_figure_is_checked_in_its_list_and_its_files():
    figure = builders.add_figure(
        key="kestrels", label="kestrels counted in the valley", value=16_800_000, live=False
    )
    figure.save_revision()
    result = embargo.check(figure)
    assert {"/figures/", "/figures.csv", "/figures.json"} <= {row.address for row in result.rows}
    assert not result.failures
    figure.live = True
    figure.save()
    figure.live = False  # as whoever checks has it in hand
    failed = {row.address for row in embargo.check(figure).failures}
    assert {"/figures/", "/figures.csv", "/figures.json"} <= failed


def test_the_new_number_of_a_figure_is_looked_for_where_the_old_one_stands():
    figure = builders.add_figure(key="kestrels", label="for kestrels", value=16_800_000)
    about = builders.add_article(
        page("/news/"),
        "Known to all",
        body=[("figures", {"heading": "", "figures": [figure]})],
    )
    figure.value = 16_900_000
    figure.save_revision()
    figure.refresh_from_db()
    result = embargo.check(figure)
    assert about.url in {row.address for row in result.rows}
    assert not result.failures
    about.title = "All of £16.9 million"
    about.save()
    assert [row.address for row in embargo.check(figure).failures if row.address == about.url]


BOTH = ["Check embargo", "Fact-check link"]


@pytest.mark.parametrize(
    ("name", "links"),
    [("comms", BOTH), ("approver", BOTH), ("housing", [])],
)
def test_links_to_a_draft_are_offered_to_whom_it_is_visible(set_up_site, name, links):
    draft = builders.add_article(page("/news/"), "A draft", slug="draft", live=False)
    draft.save_revision(user=person("comms"))
    found = [link.label for link, _ in offered(draft, person(name))]
    assert found == links
