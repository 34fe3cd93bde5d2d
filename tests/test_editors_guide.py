"""The editors' guide is on the desk, and speaks of what is there."""

import re

import pytest
from django.urls import reverse

from home.guide import GUIDE
from site_setup.rights import RIGHTS
from site_setup.teams import TEAMS
from tests.desk_site import desk_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


def test_the_help_menu_leads_to_it():
    desk = desk_of("comms").get("/admin/").content.decode()
    assert reverse("editors_guide") in desk
    assert "guide.wagtail.org" not in desk


def test_everybody_reads_it():
    for name in ("comms", "emergency", "approver"):
        answer = desk_of(name).get(reverse("editors_guide"))
        assert answer.status_code == 200
        assert "Submit for approval" in answer.content.decode()


def test_every_kind_of_team_has_its_part():
    headings = re.findall(r"^## (.+)$", GUIDE.read_text(), re.MULTILINE)
    kinds = {"Area editors" if name.endswith(" editors") else name for name in TEAMS.values()}
    assert kinds <= set(headings)
    assert set(RIGHTS) == set(TEAMS)


def test_its_links_lead_to_its_headings():
    html = desk_of("comms").get(reverse("editors_guide")).content.decode()
    ids = set(re.findall(r'<h2 id="([^"]+)"', html))
    assert set(re.findall(r'href="#([a-z-]+)"', html.split('class="guide"')[1])) <= ids
