"""A number of the demonstration is changed once; the old one is nowhere in the next answer."""

import re
from html import unescape

import pytest
from django.urls import reverse

from emca_site.figures.models import Figure
from priorities.models import published_areas
from tests.desk_site import SUBMIT, decide, desk_of
from tests.test_figures_at_the_desk import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]

LISTS = [
    "/figures/",
    "/figures/about-the-data/",
    "/figures.csv",
    "/figures.json",
    "/commitments/",
    "/commitments/?area=housing",
    "/commitments.csv",
    "/commitments.json",
    "/commitments/measurements.csv",
    "/commitments/measurements.json",
    "/news/feed/",
    "/news/feed.json",
    "/search/?q=housing",
    "/search/?q=money",
    "/who-does-what/",
    "/sitemap.xml",
]
OLD = re.compile(r"£9 million|£9m\b|\b9000000\b")
NEW = re.compile(r"£12\.5 million|£12\.5m\b|\b12500000\b")


def everything(client) -> dict[str, str]:
    """What a visitor reads at each address of the site."""
    pages = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", client.get("/sitemap.xml").text)
    feeds = [
        f"/news/{feed}?priority={area.slug}"
        for feed in ("feed/", "feed.json")
        for area in published_areas()
    ]
    assert len(pages) > 50
    answers = {each: client.get(each) for each in dict.fromkeys([*pages, *LISTS, *feeds])}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {each: unescape(answer.text) for each, answer in answers.items()}


def test_the_old_number_stands_nowhere_and_the_new_one_wherever_it_stood(client):
    figure = Figure.objects.get(key="housing-priorities")
    before = everything(client)
    old = {address for address, text in before.items() if OLD.search(text)}
    assert {
        "/what-we-do/housing/",
        "/figures/",
        "/figures.csv",
        "/figures.json",
        "/commitments/",
        "/commitments.csv",
        "/commitments.json",
        "/news/feed/",
        "/news/feed.json",
    } <= old
    edit = reverse(Figure.snippet_viewset.get_url_name("edit"), args=[figure.pk])
    changed = form_of(figure, value="12500000", area=figure.area_id, **SUBMIT)
    assert desk_of("housing").post(edit, changed).status_code == 302
    assert not NEW.search(client.get("/figures/").text)
    decide(desk_of("approver"), figure)
    after = everything(client)
    assert {address for address, text in after.items() if OLD.search(text)} == set()
    assert {address for address, text in after.items() if NEW.search(text)} == old
