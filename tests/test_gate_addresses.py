"""What the gate says of addresses that readers cannot open, each with the way to mend it."""

import pytest
from django.test import override_settings

from emca_site.publishing.checks.gate import find
from news.models import ArticlePage
from priorities.models import CommitmentPage, Evidence, Measurement
from tests import builders

pytestmark = pytest.mark.django_db


def said_of(address: str, how: str = "text") -> list[tuple[str, bool, str]]:
    """Return the findings about an unsaved article: rule, whether it refuses, and message."""
    escaped = address.replace("&", "&amp;")
    text = f'<h2>Why it matters</h2><p>See <a href="{escaped}">our plan</a>.</p>'
    links = [{"text": "our plan", "page": None, "external_url": address}]
    body = {"text": ("text", text), "block": ("links", {"heading": "Read on", "links": links})}
    page = ArticlePage(title="Buses", slug="buses", summary="In short.", body=[body[how]])
    return [(each.rule, each.is_refusal, each.message) for each in find(page)]


def rules(address: str, how: str = "text") -> list[str]:
    return [rule for rule, _, _ in said_of(address, how)]


SAFE = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fplan&data=05"
)
REFUSED = {
    "https://testserver/admin/pages/3/edit/": "Choose the page",
    "/admin/": "Choose the page",
    "/fact-check/abc:def/": "Choose the page",
    "http://localhost:8000": "the address that the public uses",
    "http://127.0.0.1:8000/about/": "the address that the public uses",
    "http://[::1]/": "the address that the public uses",
    "http://192.168.1.9/plan": "the address that the public uses",
    "https://intranet.local": "the address that the public uses",
    "https://intranet/plan": "the address that the public uses",
    "http://files.county.internal/x": "the address that the public uses",
    "file:///C:/plan.pdf": "Upload the file",
    "\\\\server\\share\\plan.pdf": "Upload the file",
    "C:\\plans\\plan.pdf": "Upload the file",
    SAFE: "inside: https://example.org/plan",
    "https://www.google.com/url?q=https://example.org/plan&sa=D": "inside: https://example.org/plan",
    "https://urldefense.com/v3/__https://example.org/plan__;!!x": "inside: https://example.org/plan",
    "https://eur01.safelinks.protection.outlook.com/": "Open it",
    "https://someone:secret@example.org/": "Take it out",
}


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_readers_cannot_open_is_refused_with_the_way_to_mend_it(home, address):
    refusals = [message for _, is_refusal, message in said_of(address) if is_refusal]
    assert [REFUSED[address] in message for message in refusals] == [True]


@pytest.mark.parametrize("address", ["/admin/", "https://intranet.local", SAFE])
def test_the_same_in_a_list_of_links(home, address):
    assert [is_refusal for _, is_refusal, _ in said_of(address, "block")] == [True]


WARNED = {
    "https://county.sharepoint.com/:w:/s/plans/x": "private window",
    "https://county-my.sharepoint.com/personal/x": "private window",
    "https://1drv.ms/x": "private window",
    "/nothing/here/": "readers find nothing yet",
    "https://testserver/nothing/": "readers find nothing yet",
    "www.example.org/plan": "readers find nothing yet",
    "#no-such-anchor": "#why-it-matters",
}


@pytest.mark.parametrize("address", WARNED)
def test_an_address_that_somebody_should_try_is_warned_of(home, address):
    found = [(is_refusal, WARNED[address] in said) for _, is_refusal, said in said_of(address)]
    assert found == [(False, True)]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/plan",
        "https://www.google.com/maps",
        "https://8.8.8.8/",
        "https://xn--bcher-kva.example/",
        "mailto:someone@example.org",
        "tel:01234567",
        "#why-it-matters",
        "#main",
        "/figures/",
        "https://testserver/",
    ],
)
def test_other_addresses_pass(home, address):
    assert said_of(address) == []


@override_settings(DEBUG=True, SITE_URL="http://127.0.0.1:8000")
@pytest.mark.parametrize("address", ["http://localhost:8000/", "http://127.0.0.1:8000/"])
def test_whoever_tries_the_site_on_their_own_machine_may_give_its_address(home, address):
    assert said_of(address) == []


def test_a_draft_is_spoken_of_as_an_address_that_nothing_has(home):
    nothing = said_of("/kestrel/")
    builders.add_standard_page(home, "Kestrel", slug="kestrel", live=False)
    assert said_of("/kestrel/") == nothing != []


def test_addresses_in_fields_are_read_too(home):
    figure = builders.add_figure(source_url="https://intranet.local/x")
    assert "address_for_staff_only" in [each.rule for each in find(figure)]
    page = CommitmentPage(title="One plan", slug="one", summary="S.")
    page.measurements = [Measurement(measured_on="2026-01-01", value=1, evidence_url="/admin/")]
    page.evidence = [Evidence(link_text="The report", link_url="https://intranet.local/x")]
    found = [each.field for each in find(page) if each.rule == "address_for_staff_only"]
    assert sorted(found) == ["evidence", "measurements"]
