"""The demonstration once it is loaded: what is in it, and what another load leaves alone."""

import io
import re
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import registry
from wagtail.models import Page

from demo import picture_files
from demo.reading import content, uk_time
from demo.rich_text import has_view
from demo.scheduled import still_to_come, time_and_day
from emca_site.accounts.models import User
from emca_site.banners.models import Banner, Notice
from emca_site.core.addresses import validate_address
from emca_site.core.models import Contact, SiteSettings
from emca_site.councils.models import Council, CountyCouncil, Topic
from emca_site.figures.models import Figure
from emca_site.media.models import SiteImage
from emca_site.publishing.checks.gate import find, refusals
from emca_site.publishing.lifecycle.models.retirement import Retirement
from emca_site.text.rich_text import sources_in
from home.models import (
    AccessibilityStatementPage,
    HomePage,
    KnownIssue,
    StandardPage,
)
from news.models import ArticlePage
from priorities.models import CommitmentPage, PriorityPage
from tests.demo_site import PASSWORD, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]

PAGE_LINK = re.compile(r'linktype="page" id="(\d+)"')
EMBARGOED = "see-every-promise-in-one-place"
HREF = re.compile(r'href="([^"]*)"')


@pytest.fixture
def may_load(settings):
    """The command refuses where DEBUG is off, as it is in tests."""
    settings.DEBUG = True


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


def test_a_second_run_changes_nothing(may_load):
    before = dump()
    load()
    assert dump() == before


def test_everything_is_there_once(demo_site):
    counts = {
        ArticlePage: 18,
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
    assert "Picture 7 of 7" in demo_site
    assert Page.objects.filter(live=True, has_unpublished_changes=True).count() == 0


def test_every_page_is_published_from_a_revision_that_is_valid():
    for page in loaded_pages():
        if page.slug == EMBARGOED:
            continue
        assert page.live
        assert page.live_revision_id == page.latest_revision_id
        draft = page.get_latest_revision_as_object()
        draft.full_clean()
        if hasattr(draft, "body"):
            draft.body.stream_block.clean(draft.body)
            may_be_empty = page.slug in {"what-we-do", "news"} or isinstance(page, CommitmentPage)
            assert draft.body or may_be_empty


def test_no_link_in_any_text_leads_nowhere():
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
    old = ArticlePage.objects.get(slug="brownfield-money-for-homes")
    new = ArticlePage.objects.get(slug="homes-target-date-passed")
    assert old.first_published_at < new.first_published_at
    assert f'linktype="page" id="{new.pk}"' in "".join(sources_in(old.body))
    assert old.chosen_articles.first().article == new


def test_dates_are_those_of_the_content_at_nine_in_the_morning_uk_time():
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


def test_a_withdrawn_article_is_kept_as_a_record_under_its_notice(client):
    words = next(each for each in content("articles")["articles"] if each["state"] == "withdrawn")
    article = ArticlePage.objects.get(slug=words["slug"])
    assert article.first_published_at == datetime(2024, 5, 14, 8, tzinfo=UTC)
    retirement = Retirement.objects.archived().get()
    assert retirement.page_id == article.pk
    assert retirement.retired_at == datetime(2026, 4, 1, 8, tzinfo=UTC)
    text = client.get(article.url).text
    assert "1 April 2026</time>: this page is no longer current" in text
    assert 'href="/what-we-do/housing/">Go to housing and land</a>' in text
    for address in ("/news/", "/news/?year=2024", "/what-we-do/housing/", "/sitemap.xml"):
        assert words["slug"] not in client.get(address).text, address


def test_old_and_likely_addresses_lead_to_pages(client):
    redirects = content("redirects")["redirects"]
    assert Redirect.objects.count() == len(redirects)
    for words in redirects:
        answer = client.get(words["from"])
        assert (answer.status_code, answer["Location"]) == (301, words["to"])
    assert not Redirect.objects.filter(redirect_page=None).exclude(old_path="/rss").exists()


def test_a_press_release_is_approved_for_a_time_that_is_still_to_come(client):
    page = ArticlePage.objects.get(slug=EMBARGOED)
    at = page.scheduled_revision.approved_go_live_at
    assert not page.live
    assert at > timezone.now()
    local = timezone.localtime(at)
    assert (local.weekday(), local.hour, local.minute) == (1, 9, 0)
    words = page.scheduled_revision.as_object()
    assert f"before 9am on {local.day} {local:%B %Y}" in words.notes_to_editors
    assert words.lead_picture
    entry = registry.get_logs_for_instance(page).get(action="wagtail.publish.schedule")
    assert entry.user == User.objects.get(email="approver@example.org")
    assert page.changed_by() == {User.objects.get(email="comms@example.org").pk}
    assert refusals(find(words)) == []
    assert client.get(f"/news/{EMBARGOED}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/news/",
        "/news/feed/",
        "/news/feed.json",
        "/sitemap.xml",
        "/search/?q=promise",
        "/what-we-do/skills/",
        "/news/homes-target-date-passed/",
        f"/news/{EMBARGOED}/",
    ],
)
def test_nothing_tells_of_it_before_its_time(client, address):
    said = client.get(address).content.decode()
    assert "every promise" not in said
    assert address.endswith(f"{EMBARGOED}/") or EMBARGOED not in said


@pytest.mark.parametrize(
    ("today", "day"),
    [
        ("2026-11-25", "1 December 2026"),
        ("2026-12-01", "8 December 2026"),
        ("2026-12-02", "15 December 2026"),
        ("2027-03-24", "6 April 2027"),
    ],
)
def test_its_time_moves_on_when_it_has_passed(monkeypatch, today, day):
    now = uk_time(datetime.fromisoformat(f"{today}T12:00"))
    monkeypatch.setattr(timezone, "now", lambda: now)
    at = still_to_come(uk_time("2026-12-01T09:00"))
    assert time_and_day(at) == f"9am on {day}"


def test_the_contact_page_has_every_team_that_answers_the_public():
    page = StandardPage.objects.get(slug="contact")
    blocks = [block for block in page.body if block.block_type == "contacts"]
    names = [contact.name for block in blocks for contact in block.value["contacts"]]
    assert len(names) == len(set(names)) == 10
    assert "do not ring" in page.body[0].value["text"].source
    assert "Nowhere-on-Trent<br/>" in "".join(sources_in(page.body))


def test_a_made_up_story_says_so_to_the_reader():
    made_up = [words for words in content("articles")["articles"] if words["illustration"]]
    for page in ArticlePage.objects.filter(slug__in=[words["slug"] for words in made_up]):
        assert "We made up this" in "".join(sources_in(page.body))


def test_one_notice_is_live_one_is_scheduled_and_one_waits_as_a_draft():
    live, warning, emergency = (
        Notice.objects.get(level=level) for level in ("information", "warning", "emergency")
    )
    assert live.live
    for draft in (warning, emergency):
        assert not draft.live
        assert draft.latest_revision
    at = datetime(2026, 12, 4, 9, tzinfo=UTC)  # its words name the day, so it does not move
    is_still_to_come = at > timezone.now()
    assert warning.latest_revision.approved_go_live_at == (at if is_still_to_come else None)
    assert emergency.latest_revision.approved_go_live_at is None
    assert warning.go_live_at == at
    assert emergency.expire_at is None


def test_a_figure_has_a_day_only_where_the_source_gives_one():
    votes, jobs, money = (
        Figure.objects.get(key=key)
        for key in ("mayor-votes", "growth-plan-jobs", "brownfield-secured")
    )
    assert (f"{votes.as_at:%Y-%m-%d}", votes.as_at_text) == ("2024-05-02", "")
    assert (jobs.as_at, jobs.as_at_text) == (None, "October 2025")
    assert (money.as_at, money.as_at_text) == (None, "")


def test_every_figure_is_written_as_the_content_writes_it():
    for item in content("figures")["figures"]:
        figure = Figure.objects.get(key=item["key"])
        assert (figure.in_text, figure.short) == (item["display"], item["display_short"])


def test_edits_are_kept(may_load):
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


def test_what_was_deleted_does_not_come_back(may_load):
    for thing in (
        Redirect.objects.first(),
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


def test_a_picture_that_was_loaded_is_not_needed_again(may_load, monkeypatch, tmp_path):
    monkeypatch.setattr(picture_files, "PICTURES_FOLDER", tmp_path)
    load()


def test_the_account_is_made_once_and_keeps_its_password():
    admin = User.objects.get(email="admin@example.org")
    assert admin.is_superuser
    assert admin.check_password(PASSWORD)


def test_nothing_that_the_demonstration_publishes_would_be_refused():
    pages = Page.objects.filter(depth__gt=1).live().specific()
    shown = [Banner.objects.published(), Notice.objects.published(), Figure.objects.all()]
    things = [*pages, *(thing for several in shown for thing in several)]
    assert len(things) > 50
    refused = {str(thing): refusals(find(thing)) for thing in things}
    assert {name: found for name, found in refused.items() if found} == {}


def main_of(client, address: str) -> str:
    return client.get(address).text.split("<main")[1].split("</main>")[0]


def test_pages_lead_to_who_does_what(client):
    for address in ("/about/", "/contact/", "/publication-scheme/", "/what-we-do/net-zero/"):
        assert '<a href="/who-does-what/">' in main_of(client, address), address
    related = StandardPage.objects.get(slug="about").body.blocks_by_name("links")[0].value["links"]
    link = next(link for link in related if link["text"] == "Find out who does what")
    assert link.url == "/who-does-what/"
    validate_address(link.url)
    assert "We do not mend potholes or empty bins." in main_of(client, "/")


def test_every_commitment_is_there_as_the_content_says(client):
    words = content("commitments")
    items = [words["defaults"] | item for item in words["commitments"]]
    pages = {page.slug: page for page in CommitmentPage.objects.published().for_lists()}
    assert len(items) == len(pages) == 25
    for item in items:
        page = pages[item["key"]]
        assert page.title == item["statement"]
        assert page.summary == item["why"]
        assert page.status == item["status"]
        assert page.get_parent().slug == item["area"]
        assert [stage.name for stage in page.stage_list] == [
            stage["name"] for stage in item["stages"]
        ]
        assert [each.link_url for each in page.evidence_shown] == [
            each["link"] for each in item["evidence"]
        ]
        assert {area.slug for area in page.also_areas.all()} == set(item.get("also_areas", []))
        assert page.progress_words == item["progress_text"]
        assert page.chosen_articles.count() == len(item["related_articles"])
        if figure := item["target"]["value"] and item["target"]["figure"]:
            assert page.target_figure.key == figure
            assert page.target_value is None


def test_the_homes_on_brownfield_land_say_that_their_date_has_passed(client):
    page = CommitmentPage.objects.get(slug="homes-on-brownfield-first-round")
    html = client.get(page.url).content.decode()
    assert "Target date March 2026 has passed. Last reported: no count published." in html
    assert "Up to 1,400 homes by March 2026" in html
    assert "Now delayed, was committed" in html
    assert "<progress" not in html


def test_a_resident_of_mansfield_sees_what_is_promised_there(client):
    html = client.get("/commitments/?council=mansfield").content.decode()
    assert "Twenty-four commitments" in html  # of one it is not stated whom it touches
    assert (
        '<a href="/commitments/?council=mansfield">Mansfield</a>'
        in client.get("/commitments/").content.decode()
    )


def test_one_change_of_a_figure_reaches_what_is_promised(client):
    figure = Figure.objects.get(key="housing-priorities")
    figure.value = 9_500_000
    figure.save()
    for address in ("/commitments/", "/what-we-do/housing/housing-priorities-money/"):
        html = client.get(address).content.decode()
        assert "£9.5 million for housing priorities" in html
        assert "£9 million" not in html
    assert "9500000" in client.get("/commitments.csv").content.decode()
