"""The standard and legal pages of the demonstration say what is true and what the law asks for."""

import re
from html import unescape
from pathlib import Path

import pytest
import wagtail.admin
from django.utils.html import strip_tags

from demo.reading import content
from home.models import HomePage, StandardPage
from tests.desk_site import loaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]

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


def read(client, address: str) -> str:
    return client.get(address).content.decode().split("<main")[1].split("</main>")[0]


def second_headings(html: str) -> list[str]:
    return [
        unescape(strip_tags(heading)) for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.S)
    ]


def section(html: str, heading: str) -> str:
    return re.split(r"<h2", html.split(f">{heading}</h2>")[1])[0]


def test_the_publication_scheme_has_the_seven_classes_of_the_law_each_with_content(client):
    html = read(client, "/publication-scheme/")
    assert [heading for heading in second_headings(html) if heading in CLASSES] == CLASSES
    for heading in CLASSES:
        items = re.findall(r"<li>(.*?)</li>", section(html, heading))
        assert items, heading
        for item in items:
            assert re.search(r"<a href|not part of this demonstration|not here yet", item), item


def test_each_part_of_the_scheme_says_why_it_is_not_there_or_leads_to_it(client):
    html = read(client, "/publication-scheme/")
    for address in re.findall(r'<a href="(/[^"]*)"', html):
        assert client.get(address).status_code == 200, address


def test_the_contact_page_leads_to_a_request_for_information(client):
    asking = section(read(client, "/contact/"), "Ask for information we hold")
    assert "freedom of information request" in asking
    assert "20 working days" in asking
    assert "mailto:information@example.org" in asking
    assert 'href="/publication-scheme/"' in asking


def test_about_says_who_decides(client):
    html = read(client, "/about/")
    assert 'href="#who-decides"' in html
    deciding = section(html, "Who decides")
    for words in ("Mayor", "board", "councils", "How decisions are made", "audit committee"):
        assert words in deciding


def test_privacy_says_how_long_feedback_is_kept(client):
    assert "for a year at most" in section(
        read(client, "/privacy/"), "When you tell us if a page was useful"
    )


def cookies_of(*answers) -> set[str]:
    return {name for answer in answers for name in answer.cookies}


def test_the_cookies_page_names_each_cookie_that_the_site_sets_and_no_other(
    client, settings, django_user_model
):
    django_user_model.objects.create_superuser("walker@example.org", "a-pass-phrase")
    visitors = [
        client.get(page.url)
        for page in HomePage.objects.get().get_descendants(inclusive=True).live()
    ]
    visitors += [
        client.get(address)
        for address in ("/accessibility-statement/report/", "/about/?thanks=1", "/nothing/")
    ]
    assert cookies_of(*visitors) == set()

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


def test_the_cookies_page_shows_what_its_content_lists(client):
    html = read(client, "/cookies/")
    for row in content("cookies")["cookies"]:
        assert row["name"] in html
        assert row["lasts"] in html
