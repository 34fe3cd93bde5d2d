"""What each type of page may ask of the database, uncached, on a small site and on a large one."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emca_site.site_version.models import SiteVersion
from tests import full_site
from tests.snapshots import standing_on

MOST_STATEMENTS = 12
MOST_OF_ONE_TEXT = 2


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker, folder_of_run):
    """Shared by the tests here; what each of them adds is rolled back."""
    made = folder_of_run / "full.sqlite3"
    with django_db_blocker.unblock(), standing_on(made, full_site.build):
        yield


ADDRESSES = {
    "home": "/",
    "what we do": "/what-we-do/",
    "priority page": "/what-we-do/transport/",
    "commitment": "/what-we-do/transport/promise-0/",
    "commitment, no longer current": "/what-we-do/transport/promise-1/",
    "commitments": "/commitments/",
    "commitments, filtered": "/commitments/?area=transport&council=northwick",
    "commitments, nothing found": "/commitments/?status=stopped",
    "news": "/news/",
    "news, second page": "/news/?page=2",
    "news, filtered": "/news/?priority=transport&kind=press-release&page=2",
    "news, nothing found": "/news/?priority=transport&kind=statement",
    "feed": "/news/feed/",
    "feed of an area": "/news/feed/?priority=transport",
    "JSON feed": "/news/feed.json",
    "article": "/news/article-3/",
    "article, no longer current": "/news/article-4/",
    "gone": "/news/article-5/",
    "replaced": "/news/article-6/",
    "standard page": "/about/",
    "who does what": "/who-does-what/",
    "who does what, of a topic": "/who-does-what/?topic=topic-1",
    "who does what, in a place": "/who-does-what/?council=northwick",
    "who does what, an answer": "/who-does-what/?topic=topic-1&council=northwick",
    "who does what, unknown": "/who-does-what/?topic=none&council=northwick",
    "our figures": "/figures/",
    "figures as CSV": "/figures.csv",
    "figures as JSON": "/figures.json",
    "about the data": "/figures/about-the-data/",
    "accessibility statement": "/accessibility-statement/",
    "report a problem": "/accessibility-statement/report/?page=/about/",
    "thanks": "/about/?thanks=1",
    "search": "/search/?q=article",
    "search, second page": "/search/?q=article&page=2",
    "search, one section": "/search/?q=article&section=news",
    "search, nothing found": "/search/?q=artilce+monorail",
    "search, no words": "/search/",
    "404": "/nothing/here/",
}


def statements(client, address: str) -> list[str]:
    client.get("/")  # Wagtail keeps the site's root for an hour, and we what all pages share
    client.get("/commitments/")  # and every commitment, which pages of areas and their own share
    client.get("/search/?q=unheard-of")  # and the words it suggests; old weeks go once a week
    return asked_by(client, address)


def asked_by(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    unusual = {"/nothing/here/": 404, "/news/article-5/": 410, "/news/article-6/": 301}
    assert answer.status_code == unusual.get(address, 200)
    return [query["sql"] for query in captured.captured_queries]


def counts(client) -> dict[str, int]:
    """Count the statements of each address, once what the site caches has been asked for."""
    for address in ADDRESSES.values():
        client.get(address)
    return {name: len(asked_by(client, address)) for name, address in ADDRESSES.items()}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
@pytest.mark.django_db
def test_a_page_asks_the_database_at_most_twelve_things(client, address):
    asked = statements(client, address)
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
    text, times = Counter(asked).most_common(1)[0]
    assert times <= MOST_OF_ONE_TEXT, text


@pytest.mark.django_db
def test_no_page_asks_more_when_there_is_more(client):
    before = counts(client)
    full_site.add_more()
    after = counts(client)
    assert [(name, before[name], after[name]) for name in after if after[name] > before[name]] == []


WHO_DOES_WHAT = {name: address for name, address in ADDRESSES.items() if "who-does" in address}


@pytest.mark.parametrize("address", WHO_DOES_WHAT.values(), ids=WHO_DOES_WHAT)
@pytest.mark.django_db
def test_who_does_what_asks_once_after_each_change_and_then_keeps_the_answers(client, address):
    client.get("/")
    SiteVersion.renew()
    with CaptureQueriesContext(connection) as cold:
        client.get(address)
    assert len(cold) <= MOST_STATEMENTS
    assert Counter(query["sql"] for query in cold).most_common(1)[0][1] <= MOST_OF_ONE_TEXT
    with CaptureQueriesContext(connection) as warm:
        client.get(address)
    assert len(warm) <= 3
