"""Addresses of own pages inside something else: other addresses, words, a link to one draft."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText

from emca_site.media.models import Grant
from emca_site.publishing.checks.gate import find
from emca_site.publishing.lifecycle.addresses import find_targets, own_address
from news.models import ArticlePage
from tests import builders
from tests.desk_site import SUBMIT, add, edit, page
from tests.test_typed_addresses import (
    PATH,
    add_article,
    in_a_list_of_links,
    link,
    target_page,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

HOLDING = {
    "by mail": "mailto:?subject=Our%20plan&body=Read%20https%3A%2F%2Ftestserver{path}%2C%20please",
    "by mail, without a scheme": "mailto:?body=See testserver{path}.",
    "shared": "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Ftestserver{path}&t=x",
    "shared, encoded twice": "https://example.org/?u=https%253A%252F%252Ftestserver{path}",
    "kept": "https://web.archive.org/web/2026/https://testserver{path}",
    "kept, without a scheme": "https://web.archive.org/web/2026/testserver{path}",
    "carried by another site": "https://example.org/?u={path}",
    "carried and encoded": "https://example.org/page?a=b&u=%252Fabout%252Fkestrel-plan%3Fa%3Db",
    "carried behind a number sign": "https://example.org/#{path}",
    "to come back to, on any page": "?next={path}",
    "a place with its name": "#{path}",
    "translated": "https://testserver.translate.goog{path}?_x_tr_tl=pl",
    "to come back to": "/search/?next={path}",
    "behind a number sign": "https://testserver/#{path}",
    "with a scheme before it": "view-source:https://testserver{path}",
    "with another scheme": "ftp://testserver{path}",
}
TOGETHER = pytest.mark.parametrize("holding", HOLDING.values(), ids=HOLDING)


def holding(text: str) -> str:
    return text.format(path=PATH)


@TOGETHER
@pytest.mark.parametrize("state", ["draft", "scheduled", "expired", "error", "nonsense"])
def test_an_address_that_holds_that_of_a_draft_is_not_told(holding, state):
    target_page(state)
    typed = holding.format(path=PATH)
    assert find_targets([typed]).typed[typed].shown == ""


@TOGETHER
def test_it_is_told_as_it_was_typed_once_the_page_is_live(holding):
    target_page("live")
    typed = holding.format(path=PATH)
    assert (
        find_targets([typed]).typed[typed].shown.endswith(typed.removeprefix("https://testserver"))
    )


@TOGETHER
def test_the_words_stay_in_pages_and_feeds(client, holding):
    target_page("draft")
    typed = holding.format(path=PATH)
    add_article(typed, body=[("text", RichText(link(typed)))])
    assert told(client, ["/news/known/", "/news/feed/", "/news/feed.json"]) == []
    assert "<a>our plan</a>" in client.get("/news/known/").text


def test_so_they_do_in_a_list_of_links(client):
    target_page("draft")
    typed = holding(HOLDING["shared"])
    assert told(client, in_a_list_of_links(typed)) == []


@TOGETHER
def test_what_links_here_counts_it(holding):
    target_page("live")
    article = add_article("", body=[("text", RichText(link(holding.format(path=PATH))))])
    references = ReferenceIndex.get_references_for_object(article)
    assert PATH in references.values_list("to_object_id", flat=True)


def test_it_is_over_when_the_page_is_over():
    target = target_page("live")
    target.expire_at = timezone.now() + timedelta(hours=1)
    target.save()
    typed = holding(HOLDING["kept"])
    assert find_targets([typed]).typed[typed].until == target.expire_at


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.org/?u=https%3A%2F%2Fexample.com%2Fabout%2Fkestrel-plan%2F",
        "https://example.org/about/kestrel-plan/",
        "https://example.org/?next=/kestrel-plan/",
        "https://example.org/?next=/our-council/kestrel-plan/&page=/about/",
        "https://example.org/?plan=about/kestrel-plan/",
        "https://example.org//about//kestrel-plan/",
        "mailto:press@testserver",
        "mailto:?body=https%3A%2F%2Ftestserver%2Fnews%2F",
    ],
)
def test_what_holds_no_secret_address_is_told(typed):
    assert find_targets([typed]).typed[typed].shown == typed


# --- What opens a draft to one person -------------------------------------------------------------


def a_grant():
    """The token that opens a draft, and the address of a public file that it uses as well."""
    file = builders.add_document("Plan", "plan.pdf")
    builders.use_live(file)
    body = [("file", {"file": file, "name": "Plan"})]
    draft = builders.add_article(page("/news/"), "The kestrel budget", live=False, body=body)
    expires_at = timezone.now() + timedelta(days=1)
    grant = Grant.objects.create(
        revision=draft.save_revision(), for_whom="A checker", expires_at=expires_at
    )
    return grant.token, file.url


@pytest.mark.parametrize("spelling", ["?grant=", "?a=b&grant=", "?gr%61nt=", "#?grant="])
def test_a_token_that_opens_a_draft_is_never_printed(client, spelling):
    token, address = a_grant()
    assert client.get(f"/fact-check/{token}/").status_code == 200
    typed = f"https://testserver{address}{spelling}{token}"
    add_article(typed, body=[("text", RichText(link(typed)))])
    for place in ("/news/known/", "/news/feed/", "/news/feed.json"):
        assert token not in unescape(client.get(place).text)
    assert find_targets([address]).typed[address].shown == address


def test_the_gate_refuses_it():
    token, address = a_grant()
    body = [("text", RichText(link(f"{address}?grant={token}")))]
    article = ArticlePage(title="Buses", slug="buses", summary="In short.", body=body)
    assert "address_for_staff_only" in [each.rule for each in find(article) if each.is_refusal]


# --- In words -------------------------------------------------------------------------------------

IN_WORDS = [
    f"Read https://testserver{PATH} now.",
    f"Read (testserver{PATH.rstrip('/')}).",
    f"Read www.testserver{PATH} or TESTSERVER{PATH}",
    f"Read {PATH}, soon.",
    f"Read “{PATH.rstrip('/')}”.",
]


@pytest.mark.parametrize("words", IN_WORDS)
def test_words_that_tell_the_address_of_a_draft_are_refused(comms, words):
    target_page("draft")
    article = add(comms, body=f"<p>{words}</p>")
    said = [each.rule for each in find(article.get_latest_revision_as_object())]
    assert "words_tell_an_address" in said


def test_nor_can_they_be_submitted(comms):
    target_page("draft")
    article = add(comms, body=f"<p>{IN_WORDS[0]}</p>")
    answer = edit(comms, article, body=f"<p>{IN_WORDS[0]}</p>", **SUBMIT)
    assert f"“testserver{PATH}” is an address here" in unescape(answer.text)
    assert not article.workflow_states.exists()


@pytest.mark.parametrize("state", ["draft", "nonsense"])
def test_what_it_says_is_the_same_of_a_draft_as_of_nothing(state):
    target_page(state)
    article = ArticlePage(title=f"Read testserver{PATH}", slug="a", summary="S.", body=[])
    said = [each.message for each in find(article) if each.rule == "words_tell_an_address"]
    assert said == [
        f"“testserver{PATH}” is an address here where readers find nothing yet, and in words "
        "everybody can read it. Say what it is instead, and make those words a link to the page."
    ]


@pytest.mark.parametrize(
    "words",
    [
        f"Read https://testserver{PATH} now.",
        "Write to press@testserver or call 0115/123/4567.",
        "It is either/or, and/or 24/7, at 3/4 of the price per km/h.",
        "Read https://example.org/about/nothing/ and testserver/news.",
        "The address of this page is testserver/news/buses/.",
    ],
)
def test_other_words_pass(words):
    target_page("live")
    article = builders.add_article(
        page("/news/"),
        "Buses",
        slug="buses",
        live=False,
        body=[("text", RichText(f"<p>{words}</p>"))],
    )
    assert own_address(article.url)
    assert "words_tell_an_address" not in [each.rule for each in find(article)]


@pytest.mark.parametrize("words", [f"See testserver{PATH} instead.", "It was wrong on [date]."])
def test_what_readers_are_told_of_a_retired_page_passes_the_gate(administrator, words):
    target_page("draft")
    known = add_article("")
    address = reverse("publishing_ask_to_retire", args=[known._meta.label_lower, known.pk])
    form = {"retire_as": "error", "public_reason": words, "reason": "It was wrong."}
    answer = administrator.post(address, form)
    assert "public_reason" in answer.context["form"].errors
    assert administrator.post(address, form | {"public_reason": "It was wrong."}).status_code == 302
