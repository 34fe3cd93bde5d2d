"""The desk speaks this site's words on every screen that somebody can click to."""

import io
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django
import pytest
import wagtail
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from emca_site.publishing.approval.models.proposal import Proposal
from tests import builders
from tests.desk_site import SUBMIT, add, decide, desk_of, edit, page, person, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

# What a colleague would have to ask about, and what this site says instead.
INSTEAD = {
    r"(?i)\bmoderat\w*": "approval",
    r"(?i)\bworkflows?\b": "approval",
    r"(?i)\brevisions?\b": "version",
    r"(?i)\bsnippets?\b": "banner, notice, figure",
    r"(?i)\breject\w*": "changes asked for",
    r"(?i)\bunlocked\b": "nothing",
    r"(?i)anyone can edit": "its editors can change it",
    r"(?i)publishing permissions": "once somebody else has approved it",
    r"(?i)page types|kinds of pages|aging|ways to approve|closed to changes": "nothing",
    r"\bLead\b(?! picture)": "headline",
    r"\b20\d\d-\d\d-\d\d\b": "24 November 2026",
    r"\b(?:True|False)\b": "yes or no",
    r"\b[ap]\.m\.": "9am",
}
FOLDER = Path(settings.LOCALE_PATHS[0]) / "en_GB/LC_MESSAGES"
DJANGO = Path(django.__file__).parent / "conf"
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value")
EACH = 2  # addresses of one screen that are visited: with other things, it has other words


def our_words():
    return read_po(io.StringIO((FOLDER / "django.po").read_text()))


def spoken(html: str) -> str:
    """What a person sees or hears of a screen, in one line."""
    soup = BeautifulSoup(html, "html.parser")
    for unspoken in soup(["script", "style"]):
        unspoken.decompose()
    attributes = [tag[name] for name in SPOKEN for tag in soup.find_all(attrs={name: True})]
    buttons = [tag["value"] for tag in soup.find_all("input", type="submit", value=True)]
    return " ".join(" ".join([soup.get_text(" "), *attributes, *buttons]).split())


def links_of(html: str, base: str) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    found = [urlsplit(urljoin(base, tag["href"])) for tag in soup.find_all("a", href=True)]
    return [each.path for each in found if each.path.startswith("/admin/") and not each.netloc]


def screens(client):
    """Address and words of every screen to which links lead, from the first page on."""
    waiting, seen, visits = ["/admin/"], {"/admin/"}, Counter()
    while waiting:
        address = waiting.pop(0)
        try:
            name = resolve(address).view_name
        except Resolver404:
            continue
        visits[name] += 1
        if visits[name] > EACH or name == "wagtailadmin_logout":
            continue
        answer = client.get(address, follow=True)
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            html = answer.content.decode()
            yield address, spoken(html) + (menu_of(html) if address == "/admin/" else "")
            new = [each for each in links_of(html, address) if each not in seen]
            seen.update(new)
            waiting += dict.fromkeys(new)


def menu_of(html: str) -> str:
    """The labels of the menu at the side, which a script makes."""
    (props,) = re.findall(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.DOTALL)
    return " ".join(re.findall(r'"label": "([^"]+)"', props))


@pytest.fixture
def desk_in_use():
    """One of each state in which something can be met at the desk."""
    comms, approver, transport = desk_of("comms"), desk_of("approver"), desk_of("transport")
    add(comms, title="A draft", slug="a-draft")
    add(comms, title="It waits", slug="it-waits", **SUBMIT)
    sent_back = add(comms, title="Sent back", slug="sent-back", **SUBMIT)
    decide(approver, sent_back, decision="reject", comment="Say when.")
    live = publish(comms, approver, title="It is live", slug="it-is-live")
    edit(comms, live, title="It is live, and changed", slug="it-is-live", size_of_change="small")
    soon = (timezone.localtime() + timedelta(days=9)).strftime("%d/%m/%Y 09:00")
    due = add(comms, title="It is due", slug="it-is-due", go_live_at=soon, **SUBMIT)
    decide(approver, due)
    banner = builders.add_banner(page("/"), headline="Ride", live=True)
    banner.save_revision(user=person("comms"), log_action=True)
    notice = builders.add_notice(lead="Closed on Monday", live=True)
    notice.save_revision(user=person("comms"), log_action=True)
    builders.add_figure()
    builders.add_commitment(page("/what-we-do/transport/"), "New buses")
    Proposal.objects.create(
        kind="retire",
        retire_as="error",
        public_reason="It was wrong.",
        publishable=live,
        asked_by=person("comms"),
        reason="It was wrong.",
    )
    assert transport


@pytest.mark.parametrize("who", ["comms", "transport", "approver", "emergency", "admin"])
def test_every_screen_speaks_the_words_of_this_site(who, desk_in_use):
    wrong, visited = {}, 0
    for address, words in screens(desk_of(who)):
        visited += 1
        for pattern, instead in INSTEAD.items():
            for match in re.finditer(pattern, words):
                around = words[max(0, match.start() - 40) : match.end() + 40]
                wrong.setdefault((match[0], around), (address, instead))
    lines = [
        f"{address}: {around!r} (say {instead})"
        for (_, around), (address, instead) in wrong.items()
    ]
    assert not lines, "\n".join(lines)
    assert visited >= 4


def test_the_compiled_words_are_those_of_the_text():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = {each.id: each.string for each in read_mo(file) if each.id}
    text = {each.id: each.string for each in our_words() if each.id}
    assert compiled == text, "Run: make words"


def test_every_message_that_is_said_otherwise_is_still_one_of_wagtails():
    folder = Path(wagtail.__file__).parent
    theirs = [folder / "admin", folder, folder / "snippets", folder / "users"]
    theirs += [folder / "contrib/redirects", DJANGO]
    texts = [(each / "locale/en/LC_MESSAGES/django.po").read_text() for each in theirs]
    known = {message.id for text in texts for message in read_po(io.StringIO(text)) if message.id}
    singular = {each[0] if isinstance(each, tuple) else each for each in known}
    assert [each.id for each in our_words() if each.id and each.id not in singular] == []
