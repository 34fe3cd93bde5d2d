"""Redirects that staff make: each leads somewhere, and visitors find it however they write it."""

from html import unescape

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests import builders
from tests.desk_site import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

ADD = "/admin/redirects/add/"
HERE = "http://localhost"  # a host that Django takes for one


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = HERE


def make(client, old_path, *, leads_to="", to_page=None):
    form = {"old_path": old_path, "redirect_link": leads_to, "is_permanent": "on", "site": ""}
    answer = client.post(ADD, form | {"redirect_page": str(to_page.pk) if to_page else ""})
    return "" if answer.status_code == 302 else unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("old_path", "stored"),
    [
        ("/old", "/old"),
        ("/Old-Page/", "/old-page"),
        (f"{HERE}/old/", "/old"),
        ("old", "/old"),
        (" /old ", "/old"),
        ("/old?id=A7", "/old?id=A7"),
    ],
)
def test_the_old_address_is_taken_as_people_write_it(administrator, old_path, stored):
    assert make(administrator, old_path, to_page=page("/about/")) == ""
    assert Redirect.objects.get().old_path == stored


@pytest.mark.parametrize(
    ("old_path", "leads_to", "said"),
    [
        ("https://example.org/old/", "/about/", "an address of another site"),
        ("/about/", "/news/", "Something public stands at this address"),
        ("/About", "/news/", "Something public stands at this address"),
        ("/", "/news/", "Something public stands at this address"),
        ("/old/", "", "Say where it leads"),
        ("/old/", "/nothing/here/", "Nothing public stands at this address"),
        ("/old/", f"{HERE}/nothing/", "Nothing public stands at this address"),
        ("/old/", "/old/", "in a circle: /old → /old"),
        ("/old/", "/two/", "in a circle: /old → /two → /three → /old"),
    ],
)
def test_a_redirect_that_nobody_could_follow_is_refused(administrator, old_path, leads_to, said):
    for number, (start, end) in enumerate([("/two", "/three/"), ("/three", "/old/")]):
        Redirect.objects.create(pk=number + 1, old_path=start, redirect_link=HERE + end)
    assert said in make(administrator, old_path, leads_to=leads_to)
    assert Redirect.objects.count() == 2


def test_ten_redirects_in_a_circle_are_found(administrator):
    for number in range(1, 10):
        builders_link = f"{HERE}/step-{number + 1}/"
        Redirect.objects.create(old_path=f"/step-{number}", redirect_link=builders_link)
    said = make(administrator, "/step-10/", leads_to="/step-1/")
    assert "in a circle: /step-10 → /step-1 → /step-2" in said


def test_a_page_and_an_address_are_not_given_both(administrator):
    said = make(administrator, "/old/", leads_to="https://example.org/", to_page=page("/about/"))
    assert "Choose a page or give an address, and not both." in said


def test_a_page_that_is_not_public_yet_may_be_chosen(administrator, client):
    draft = builders.add_standard_page(page("/"), "Soon", slug="soon", live=False)
    assert make(administrator, "/old/", to_page=draft) == ""
    assert client.get("/old/").status_code == 404


def test_what_is_there_already_can_be_changed(administrator):
    make(administrator, "/old/", to_page=page("/about/"))
    redirect = Redirect.objects.get()
    address = f"/admin/redirects/{redirect.pk}/"
    form = {"old_path": "/old", "site": "", "redirect_page": "", "redirect_link": "/news/"}
    assert administrator.post(address, form).status_code == 302
    redirect.refresh_from_db()
    assert redirect.redirect_link == f"{HERE}/news/"


@pytest.mark.parametrize(
    "asked",
    [
        "/old-page",
        "/old-page/",
        "/Old-Page/",
        "/OLD-PAGE",
        "/old-page%20",
        "/old-page+",
        "/old-page/?utm_source=mail&utm_medium=x",
        "/old-page?fbclid=abc",
        "/old-page?page=2",
    ],
)
def test_visitors_find_it_however_they_write_it(administrator, client, asked):
    make(administrator, "/Old-Page/", to_page=page("/about/"))
    answer = client.get(asked)
    assert (answer.status_code, answer.headers.get("Location")) == (301, "/about/")


def test_a_query_that_means_something_is_not_taken_for_tracking(administrator, client):
    make(administrator, "/old?id=7", to_page=page("/about/"))
    assert client.get("/old?id=7&utm_source=x").status_code == 301
    assert client.get("/old/?id=8").status_code == 404


def test_a_path_that_ends_in_digits_keeps_them(administrator, client):
    make(administrator, "/plan-2020/", to_page=page("/about/"))
    assert client.get("/plan-2020").status_code == 301
    assert client.get("/plan-/").status_code == 404
