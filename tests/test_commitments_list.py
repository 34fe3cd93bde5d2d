"""The list of all commitments: counts, filters, what changed lately, and the way of a resident."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emca_site.site_version.models import SiteVersion
from home.sitemap import SITEMAPS
from priorities.models import CommitmentPage
from tests import builders

pytestmark = pytest.mark.django_db

ADDRESS = "/commitments/"


@pytest.fixture
def promises(transport, housing):
    """Four commitments in two areas, one of them for one council alone."""
    builders.add_city("Midchester")
    northwick = builders.add_district("Northwick")
    return [
        builders.add_commitment(transport, "Better buses"),
        builders.add_commitment(transport, "One plan", status="delivered"),
        builders.add_commitment(
            housing,
            "Build homes",
            status="delayed",
            status_reason="Late.",
            reach="some",
            councils=[northwick],
        ),
        builders.add_commitment(housing, "Warmer homes", reach="unknown"),
    ]


def get(client, query="") -> str:
    answer = client.get(f"{ADDRESS}{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def titles(html: str) -> list[str]:
    """The commitments in the list, in order."""
    main = html.split("<main")[1]
    return re.findall(r"<h[34]><a[^>]*>([^<]+)</a></h[34]>", main)


def test_everything_stands_under_its_area(client, promises):
    html = get(client)
    assert titles(html) == ["Better buses", "One plan", "Build homes", "Warmer homes"]
    assert "Four commitments</h2>" in html
    assert ">Transport: two</h3>" in html
    assert ">Housing and land: two</h3>" in html


def test_counts_in_words_lead_to_what_they_count(client, promises):
    html = get(client)
    for words, noun, query in (
        ("Two", "committed", "committed"),
        ("No", "stopped", "stopped"),
        ("One", "delayed", "delayed"),
    ):
        pattern = rf'<a[^>]*href="/commitments/\?status={query}"><b>{words}</b>.*?{noun}</span>'
        assert re.search(pattern, html), words
    assert titles(get(client, "?status=delivered")) == ["One plan"]


FILTERS = {
    "?area=housing": ["Build homes", "Warmer homes"],
    "?status=delayed": ["Build homes"],
    "?status=delayed&status=delivered": ["One plan", "Build homes"],
    "?council=northwick": ["Better buses", "One plan", "Build homes"],
    "?council=midchester": ["Better buses", "One plan"],
    "?council=midchester&council=northwick": ["Better buses", "One plan", "Build homes"],
    "?area=housing&council=northwick&status=delayed": ["Build homes"],
    "?area=transport&area=housing&status=committed": ["Better buses", "Warmer homes"],
    # What the site does not know is passed over.
    "?area=atlantis": ["Better buses", "One plan", "Build homes", "Warmer homes"],
    "?status=delayed&council=atlantis": ["Build homes"],
    "?area=&status=&council=": ["Better buses", "One plan", "Build homes", "Warmer homes"],
}


@pytest.mark.parametrize(("query", "found"), FILTERS.items(), ids=FILTERS)
def test_choices_of_one_sort_widen_and_of_different_sorts_narrow(client, promises, query, found):
    assert titles(get(client, query)) == found


@pytest.mark.parametrize(
    "query", ["?area=%00", "?status[]=x", f"?council={'x' * 5000}", "?" + "area=a&" * 900]
)
def test_nonsense_is_answered_calmly(client, promises, query):
    assert client.get(f"{ADDRESS}{query}").status_code in (200, 400)


def test_each_choice_can_be_taken_away(client, promises):
    html = get(client, "?area=housing&status=delayed&council=northwick")
    chips = dict(
        re.findall(r'<a class="chip" href="([^"]*)"><span class="vh">Remove: </span>([^<]*)', html)
    )
    assert chips == {
        "/commitments/?status=delayed&council=northwick": "Housing and land",
        "/commitments/?area=housing&council=northwick": "Delayed",
        "/commitments/?area=housing&status=delayed": "Northwick",
    }
    assert '<a href="/commitments/">Clear all</a>' in html
    assert "<title>Commitments: housing and land, delayed, Northwick" in html
    assert "One commitment</h2>" in html
    assert '<details class="filters" open>' in html
    assert '<option value="northwick" selected>' in html


def test_when_nothing_matches_it_says_what_was_chosen_and_what_to_drop(client, promises):
    html = get(client, "?area=transport&status=stopped")
    assert (
        "None of our four commitments is <strong>stopped</strong> in <strong>transport</strong>."
        in html
    )
    assert '<a href="/commitments/?area=transport">See all two in transport</a>' in html
    assert '<a href="/commitments/">clear all</a>' in html
    assert "commitments.csv" not in html.split("<main")[1]


def test_a_resident_sees_the_commitments_for_their_council_in_two_steps(client, promises):
    html = get(client)  # the first step leads here from the header of every page
    assert f'<a href="{ADDRESS}"' in client.get("/").content.decode()
    assert '<a href="/commitments/?council=northwick">Northwick</a>' in html  # the second
    # Or by the form: choose, and press the button.
    assert re.search(r'<select id="council" name="council".*<option value="northwick">', html, re.S)
    found = get(client, "?area=&council=northwick")
    assert titles(found) == ["Better buses", "One plan", "Build homes"]
    assert found.count('class="status') == 3  # and how far each has got


def test_without_any_it_says_so(client, transport):
    html = get(client)
    assert "No commitments yet" in html
    assert "filters" not in html.split("<main")[1]


def test_what_changed_lately_is_three_of_the_newest(client, promises):
    for number, each in enumerate(promises):
        row = CommitmentPage.objects.get(pk=each.pk)
        row.tell_history(timezone.make_aware(datetime(2026, 3, 1 + number)))
    SiteVersion.renew()
    html = get(client).split('id="lately"')[1].split("</section>")[0]
    days = re.findall(r'datetime="([\d-]+)"', html)
    assert days == ["2026-03-04", "2026-03-03", "2026-03-02"]
    assert "Published here as <strong>delayed</strong>" in html


def test_below_an_area_that_is_no_more_nothing_is_listed(client, promises, housing):
    housing.live = False
    housing.save()
    assert titles(get(client)) == ["Better buses", "One plan"]


def test_it_reads_and_writes_nothing_else(client, promises):
    assert client.post(ADDRESS).status_code == 405
    answer = client.get(ADDRESS)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_search_engines_and_the_menus_know_it(client, promises):
    assert "commitments" in SITEMAPS["services"]().items()
    assert promises[0].url in client.get("/sitemap.xml").content.decode()
    html = get(client)
    assert re.search(r'<a href="/commitments/" aria-current="page">Commitments</a>', html)
    assert 'rel="canonical" href="http' in html


def test_what_is_narrowed_has_one_address(client, promises):
    html = get(client, "?council=northwick&area=housing&nonsense=1")
    assert re.search(
        r'rel="canonical" href="[^"]*/commitments/\?area=housing&council=northwick"', html
    )


# --- What it asks of the database


def statements(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_it_asks_little_and_no_more_when_there_is_more(client, promises, transport, news_index):
    article = builders.add_article(news_index, priorities=[transport])
    page = builders.add_commitment(
        transport,
        "Measured",
        slug="measured",
        articles=[article],
        measurements=[(date(2026, 1, 1), 1), (date(2026, 2, 1), 2)],
        stages=[("Agreed", "now")],
        evidence=[{"link_text": "News", "link_page": news_index}],
    )
    addresses = [
        ADDRESS,
        f"{ADDRESS}?council=northwick",
        page.url,
        transport.url,
        "/commitments.csv",
    ]
    before = {}
    for address in addresses:
        client.get("/")
        SiteVersion.renew()
        client.get("/")  # what all pages share
        cold = statements(client, address)
        before[address] = (cold, statements(client, address))
    assert before[ADDRESS][0] <= 12  # although it reads every commitment anew
    assert all(warm <= 12 for _, warm in before.values()), before
    for number in range(25):
        builders.add_commitment(
            transport,
            f"Promise {number}",
            measurements=[(date(2026, 1, 1), 1)],
            stages=[("Agreed", "now")],
            evidence=[{"link_text": "News", "link_page": news_index}],
        )
    for address in addresses:
        client.get("/")
        SiteVersion.renew()
        client.get("/")
        cold = statements(client, address)
        assert cold <= before[address][0], address
        assert statements(client, address) <= before[address][1], address


def test_files_are_made_for_their_sizes_once_and_never_for_a_narrowed_list(
    client, promises, made_files
):
    SiteVersion.renew()
    assert "(CSV, " in client.get(ADDRESS).content.decode()
    made = len(made_files)
    assert made
    client.get(ADDRESS)
    narrowed = client.get(f"{ADDRESS}?status={promises[0].status}").content.decode()
    assert "Download these (CSV)" in narrowed
    assert len(made_files) == made


def test_one_that_comes_to_its_end_is_gone_at_once(client, promises, monkeypatch):
    first = promises[0]
    first.expire_at = timezone.now() + timedelta(minutes=1)
    first.save()
    assert "Better buses" in get(client)
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)  # and no sweep has run
    assert "Better buses" not in get(client)
