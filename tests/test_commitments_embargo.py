"""Check embargo of a commitment: every list and file that would name it is asked."""

import pytest

from emca_site.publishing.embargo import check as embargo
from tests import builders
from tests.desk_site import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

TITLE = "Build a tram to every village"


@pytest.fixture
def draft():
    commitment = builders.add_commitment(
        page("/what-we-do/transport/"),
        TITLE,
        slug="a-tram",
        live=False,
        first_published_at=None,
        reach="some",
        councils=[builders.add_district("Northwick")],
    )
    commitment.save_revision()
    return commitment


def test_check_embargo_asks_every_list_and_all_pass(draft):
    result = embargo.check(draft)
    assert not result.failures
    asked = {row.address for row in result.rows}
    assert {
        "/what-we-do/transport/a-tram/",
        "/what-we-do/transport/",
        "/commitments/",
        "/commitments/?council=northwick",
        "/commitments/?area=transport",
        "/commitments.csv",
        "/commitments.json",
        "/commitments/measurements.csv",
        "/commitments/measurements.json",
        "/sitemap.xml",
    } <= asked


def test_check_embargo_notices_a_leak(draft):
    transport = page("/what-we-do/transport/")
    transport.summary = f"We will {TITLE}."
    transport.standfirst = transport.summary
    transport.save()
    assert "/what-we-do/transport/" in [row.address for row in embargo.check(draft).failures]
