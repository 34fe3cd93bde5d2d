"""Anything may be sent to a public address. It answers in the site's own clothes, never 500."""

import pytest
from django.test import Client

from tests import builders
from tests.snapshots import standing_on

WELCOME = {200, 400, 404}
SOME_FOLDER = "31e53cd2-0800-45a8-911c-cc98d4b15244"

ADDRESSES = [
    "/",
    "/what-we-do/",
    "/what-we-do/transport/",
    "/news/",
    "/news/better-buses/",
    "/about/",
    "/news/feed/",
    "/news/feed.json",
    "/search/",
    "/who-does-what/",
    "/figures/",
    "/figures.csv",
    "/figures.json",
    "/figures/about-the-data/",
    "/accessibility-statement/report/",
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/health/live",
    "/nothing/here/",
]
PARAMETERS = ["page", "q", "priority", "kind", "year", "section", "topic", "council", "p", "x[]"]
VALUES = {
    "nothing": "",
    "a NUL": "a%00b",
    "invalid UTF-8": "%ff%fe%c0%af",
    "half a surrogate": "%ed%a0%80",
    "nested brackets": "[" * 200 + "]" * 200,
    "a negative number": "-1",
    "a huge number": "9" * 400,
    "not a number": "1e999",
    "another script's digits": "%D9%A1%D9%A2",
    "a quote": "'",
    "two quotes": '%22"',
    "SQL": "1' OR '1'='1'; DROP TABLE x; --",
    "a script": "<script>alert(1)</script>",
    "a template": "{{7*7}}{% debug %}${7*7}",
    "a path": "../../../../etc/passwd",
    "operators": "AND OR NOT NEAR * ( : ^ -",
    "colons": ":" * 3000,
    "emoji": "%F0%9F%9A%8C%E2%80%8D%F0%9F%8F%BB",
    "right to left": "%E2%80%AEabc%E2%80%8F",
    "line breaks": "a%0d%0aSet-Cookie:%20x=1",
    "four thousand characters": "a" * 4000,
    "more than a query may be": "a" * 20_000,
    "unknown": "there-is-no-such-thing",
}


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_site")]


@pytest.fixture(scope="module")
def public_site(django_db_setup, django_db_blocker, folder_of_run):
    """Shared by the tests here: all of them only ask."""
    with django_db_blocker.unblock(), standing_on(folder_of_run / "bad-input.sqlite3", build):
        yield


def build() -> None:
    home = builders.add_home()
    transport = builders.add_priority(builders.add_priority_index(home), slug="transport")
    news_index = builders.add_news_index(home)
    builders.add_article(news_index, slug="better-buses", priorities=[transport])
    builders.add_standard_page(home, slug="about")


def ask(client, address: str, query: str = "", method: str = "GET", **extra):
    """Send a request with its query as it is: nothing encodes it again."""
    return client.generic(method, address, QUERY_STRING=query, **extra)


def check(answer, sent: str) -> None:
    assert answer.status_code in WELCOME, (answer.status_code, sent)
    assert "Set-Cookie" not in answer.headers, sent
    assert not answer.cookies, sent
    if answer.status_code == 400:
        assert '<footer class="site-footer' in answer.content.decode(), sent


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_any_value_of_any_parameter_answers(client, value):
    # All at once: what one parameter breaks, it breaks beside the others too.
    query = "&".join(f"{parameter}={value}" for parameter in PARAMETERS)
    for address in ADDRESSES:
        check(ask(client, address, query), f"{address}?{query[:60]}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_parameter_may_come_many_times_or_not_be_one(client, address):
    for query in (
        "&".join(f"page={number}" for number in range(200)),
        "&".join(f"priority=a{number}&kind=b&year=c" for number in range(60)),
        "page[]=1&page[x][y]=2",
        "&&&===;;;",
        "%",
        "%zz",
        "page",
        "page=1=2",
    ):
        check(ask(client, address, query), f"{address}?{query[:60]}")


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/news/%00/",
        "/%ff/",
        "/..%2f..%2fetc/passwd",
        "//evil.example/",
        "/news//better-buses//",
        "/NEWS/",
        "/" + "a/" * 500,
        "/" + "a" * 3000 + "/",
        "/news/better-buses/%20",
        "/.git/config",
        "/wp-login.php",
        "/files/",
        f"/files/{SOME_FOLDER}/",
        f"/files/{SOME_FOLDER}/%00",
        f"/files/{SOME_FOLDER}/a%0ab",
        "/fact-check/",
        "/fact-check/%ff.%ed%a0%80/",
        "/fact-check/a%00b/",
        "/fact-check/../page/",
        "/fact-check/" + "a." * 1500 + "/page/",
        "/\u202eabc/",
    ],
)
def test_any_path_answers(client, path):
    answer = client.generic("GET", path, follow=False)
    assert answer.status_code in WELCOME | {301}, answer.status_code
    if answer.status_code == 301:
        assert not answer.headers["Location"].startswith("//")
        assert "evil.example" not in answer.headers["Location"].split("/")[:3]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW", "get"])
def test_any_method_answers(client, method):
    for address in ADDRESSES:
        answer = ask(client, address, method=method)
        assert answer.status_code < 500, (method, address)


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "", "a b", "[::"])
def test_a_host_that_is_not_ours_is_refused_in_words(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "We cannot read that address" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data; boundary=" + "x" * 300, b"--x"),
        ("application/x-www-form-urlencoded", b"a=%00&b=%ff" * 10),
        ("application/x-www-form-urlencoded", b"a=1&" * 20_000),
        ("application/json", b"{"),
        ("text/plain; charset=nonsense", b"a"),
    ],
)
def test_a_body_of_any_kind_answers(content_type, body):
    strict = Client(enforce_csrf_checks=True)
    for address in ADDRESSES:
        answer = strict.generic("POST", address, body, content_type=content_type)
        assert answer.status_code < 500, address


def test_a_megabyte_in_the_query_is_refused(client):
    check(ask(client, "/news/", "page=" + "9" * 1_000_000), "a megabyte")


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_COOKIE": "sessionid=" + "x" * 4000},
        {"HTTP_COOKIE": "\x01\x02=;;;"},
        {"HTTP_ACCEPT_LANGUAGE": "x" * 5000},
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
        {"HTTP_IF_NONE_MATCH": 'W/"' + "x" * 2000},
        {"HTTP_RANGE": "bytes=9-1,-,--"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"CONTENT_LENGTH": "abc"},
    ],
)
def test_any_header_answers_and_none_changes_the_page(client, header):
    for address in ADDRESSES:
        answer = ask(client, address, **header)
        assert answer.status_code in WELCOME, address
        if not answer.streaming:
            assert b"evil.example" not in answer.content


def test_a_form_from_elsewhere_is_refused_in_the_sites_clothes():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    assert answer.status_code == 403
    assert "You cannot see this" in answer.content.decode()
