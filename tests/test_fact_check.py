"""A draft for one person without an account: what they see, what they answer, and who hears it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import TaskState

from emca_site.media.models import Grant
from emca_site.publishing.approval.work_done import has_done_something
from emca_site.publishing.embargo.models import FactCheckAnswer
from emca_site.publishing.uk_time.times import in_words
from emca_site.site_version.models import SiteVersion
from tests import builders
from tests.desk_site import (
    SUBMIT,
    add,
    article_form,
    decide,
    desk_of,
    edit,
    loaded,
    page,
    person,
    publish,
    said_to,
)
from tests.posts import by_id, elements, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

FILES = re.compile(r"/files/[^\s\"',]+")


@pytest.fixture
def article():
    """A draft with a heading and summary, two texts and a figure's worth of notes."""
    body = [("text", "<h2>Why</h2><p>Four are done.</p>"), ("text", "<p>One is late.</p>")]
    article = builders.add_article(
        page("/news/"),
        "A new tram",
        summary="In short.",
        slug="a-new-tram",
        live=False,
        first_published_at=None,
        body=body,
    )
    article.save_revision(user=person("comms"))
    return article


def send(thing, **fields) -> Grant:
    defaults = {
        "for_whom": "Sam Lee",
        "made_by": person("comms"),
        "expires_at": timezone.now() + timedelta(days=3),
        "revision": thing.latest_revision,
    }
    return Grant.objects.create(**defaults | fields)


def address_of(grant: Grant, name: str = "fact_check") -> str:
    return reverse(name, args=[grant.token])


def all_correct(grant: Grant, **said) -> dict:
    parts = grant.version.parts_to_check(RequestFactory().get("/"))
    answers = {f"verdict-{number}": "correct" for number in range(len(parts))}
    return {**answers, "name": "Sam Lee", **said}


def answer(grant: Grant, headers=None, client=None, **said):
    return post(client or Client(), address_of(grant), all_correct(grant, **said), headers)


def history(thing) -> list[tuple[str, str]]:
    logs = registry.get_logs_for_instance(thing).filter(action__startswith="publishing.fact")
    return [(entry.formatter.format_message(entry), entry.comment) for entry in logs]


# --- What they see


def test_whoever_holds_the_link_reads_the_draft_and_nobody_else_does(client, article):
    html = client.get(address_of(send(article))).content.decode()
    for words in ("A new tram", "In short.", "Four are done.", "One is late."):
        assert words in html
    assert "Draft for checking. Not published." in html
    assert client.get("/news/a-new-tram/").status_code == 404


def test_it_says_until_when_it_works_in_uk_time(client, article):
    grant = send(article, expires_at=timezone.now() + timedelta(days=3))
    local = timezone.localtime(grant.expires_at)
    html = client.get(address_of(grant)).content.decode()
    assert f"This link stops working on {local:%A} {local.day} {local:%B %Y}" in html


def test_each_part_is_asked_about_and_named(client, article):
    html = client.get(address_of(send(article))).content.decode()
    assert re.findall(r"<legend>([^<]+)</legend>", html) == [
        "Heading and summary",
        "Text 1",
        "Text 2",
    ]


def test_the_parts_come_in_the_order_of_the_page_and_are_drawn_as_there(client, article):
    article.lead_picture = builders.add_image()
    article.notes_to_editors = "<p>For <b>editors</b>.</p>"
    article.kind, article.closes_on = "consultation", "2026-12-24"
    article.consultation_url = "https://example.org/reply"
    quote = {"text": "Soon.", "attribution": "The Mayor"}
    figures = {"heading": "", "figures": [builders.add_figure().pk]}
    table = {"columns": [{"type": "text", "heading": "Year"}], "rows": [{"values": ["2030"]}]}
    article.body = [
        {"type": "text", "value": "<h2>Why</h2><p>Because.</p>"},
        {"type": "quote", "value": quote},
        {"type": "figures", "value": figures},
        {
            "type": "table",
            "value": {"table": {**table, "caption": "Years"}, "has_row_headings": True},
            "id": "0a1b",
        },
    ]
    article.save_revision()
    html = client.get(address_of(send(article))).content.decode()
    assert re.findall(r"<legend>([^<]+)</legend>", html) == [
        "Heading and summary",
        "Lead picture",
        "Text",
        "Quote",
        "Figures",
        "Table",
        "Notes to editors",
    ]
    for drawn in (
        "<strong>Kind:</strong> Consultation",
        "<strong>Closing date:</strong> 24 December 2026",
        "<strong>Where to reply:</strong> https://example.org/reply",
        '<h2 id="why">Why</h2>',
        '<blockquote class="quote">',
        '<span class="figure__n"><span aria-hidden="true">£16.8m</span>',
        '<caption id="table-0a1b">Years</caption>',
        "For <b>editors</b>.",
    ):
        assert drawn in html, drawn
    assert "Slug" not in html


def test_the_page_has_one_heading_of_the_first_level_and_every_id_once(client, article):
    reply = client.get(address_of(send(article)))
    found = elements(reply)
    assert [tag for tag, _ in found].count("h1") == 1
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all(ids)
    labels = {attributes.get("for") for tag, attributes in found if tag == "label"}
    controls = [
        attributes
        for tag, attributes in found
        if tag in ("input", "textarea") and attributes.get("type") != "hidden"
    ]
    assert {control["id"] for control in controls} <= labels


@pytest.mark.parametrize("name", ["fact_check", "fact_check_page", "fact_check_thanks"])
@pytest.mark.parametrize("who", [None, "comms"])
def test_every_page_of_it_is_kept_to_this_person(article, name, who):
    client = desk_of(who) if who else Client()
    reply = client.get(address_of(send(article), name))
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert reply.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "Cookie" not in reply.headers.get("Vary", "")
    assert not reply.cookies
    html = reply.content.decode()
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in html
    assert "wagtail-userbar" not in html
    assert 'rel="canonical"' not in html
    assert "csrfmiddlewaretoken" not in html
    assert not re.findall(r'(?:src|srcset)="(?!/)', html)
    assert "Draft for checking. Not published." in html


def test_the_whole_page_looks_as_it_will_without_what_is_for_readers_alone(client, article):
    html = client.get(address_of(send(article), "fact_check_page")).content.decode()
    assert "<h1" in html
    assert "Four are done." in html
    assert "site-nav" in html  # the links of the page work as on the live site
    for left_out in ("Was this page useful?", "Email this page", "application/ld+json", "og:"):
        assert left_out not in html


def test_the_questions_are_one_click_away_from_every_other_page(client, article):
    grant = send(article)
    link = f'<a href="{address_of(grant)}">Go to the questions</a>'
    assert link in client.get(address_of(grant, "fact_check_page")).content.decode()
    assert link not in client.get(address_of(grant)).content.decode()
    assert address_of(grant, "fact_check_page") in client.get(address_of(grant)).content.decode()


@pytest.mark.parametrize("address", ["/", "/news/", "/what-we-do/", "/about/"])
def test_pages_for_readers_have_everything_that_drafts_leave_out(client, article, address):
    html = client.get(address).content.decode()
    assert 'rel="canonical"' in html
    assert "og:" in html
    assert "Draft for checking" not in html
    if address in ("/news/", "/about/"):
        assert "Was this page useful?" in html


@pytest.mark.parametrize("name", ["fact_check", "fact_check_page"])
def test_pictures_and_files_carry_the_token_and_no_other_page_does(client, article, name):
    banner, lead, picture = (builders.add_image(each) for each in ("banner", "lead", "picture"))
    linked, block = builders.add_document("Linked"), builders.add_document("Block")
    article.banner_image, article.lead_picture = banner, lead
    image = {"image": picture.pk, "decorative": True, "alt_text": ""}
    link = f'<p><a linktype="document" id="{linked.pk}">A file</a></p>'
    article.body = [
        {"type": "text", "value": link},
        {"type": "picture", "value": {"image": image, "caption": ""}},
        {"type": "file", "value": {"file": block.pk, "name": ""}},
    ]
    article.save_revision()
    grant = send(article)
    addresses = FILES.findall(client.get(address_of(grant, name)).content.decode())
    folders = {address.split("/")[2] for address in addresses}
    assert folders == {str(each.uuid) for each in (banner, lead, picture, linked, block)}
    assert all(address.endswith(f"?grant={grant.token}") for address in addresses)
    for address in addresses:
        reply = client.get(address)
        assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "private, no-store")
    for public in ("/", "/news/", "/about/", "/search/", "/sitemap.xml", "/news/feed/"):
        assert grant.token not in client.get(public).content.decode()


def test_it_shows_the_version_that_was_sent_and_not_what_was_saved_later(client, article):
    grant = send(article)
    article.title = "Kestrel"
    article.save_revision()
    for name in ("fact_check", "fact_check_page"):
        html = client.get(address_of(grant, name)).content.decode()
        assert "A new tram" in html
        assert "Kestrel" not in html


def test_a_draft_of_what_is_live_can_be_checked_before_it_goes_out(comms, approver, client):
    article = publish(comms, approver)
    edit(comms, article, title="A newer tram")
    article.refresh_from_db()
    html = client.get(address_of(send(article))).content.decode()
    assert "A newer tram" in html
    assert "A newer tram" not in client.get(article.url).content.decode()


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (lambda: builders.add_notice(lead="The tram is late.", live=False), ["The tram is late."]),
        (
            lambda: builders.add_banner(page("/"), headline="Better trams", live=False),
            ["Better trams", "Planned as one.", "<picture>"],
        ),
        (
            lambda: builders.add_figure(live=False, as_at="2026-01-31"),
            ["£16.8m", "16,800,000", "31 January 2026", "The plan", "https://example.org/plan"],
        ),
        (lambda: page("/"), ["One region"]),
        (lambda: page("/what-we-do/transport/"), ["Transport"]),
        (lambda: page("/accessibility-statement/"), ["Accessibility statement"]),
        (lambda: page("/news/"), ["News"]),
    ],
    ids=["notice", "banner", "figure", "home", "area", "statement", "news"],
)
def test_everything_that_two_people_publish_can_be_checked(client, thing, words):
    thing = thing()
    if hasattr(thing, "headline") and thing.pk == page("/").pk:
        thing.headline = "One region"
    thing.save_revision()
    grant = send(type(thing)._base_manager.get(pk=thing.pk))
    html = client.get(address_of(grant)).content.decode()
    for each in words:
        assert each in html
    assert client.get(address_of(grant, "fact_check_page")).status_code == 200
    assert answer(grant).status_code == 303


def test_words_of_a_draft_are_never_markup(client, article):
    article.title = "<b>Kestrel</b>"
    article.save_revision()
    html = client.get(address_of(send(article))).content.decode()
    assert "<b>Kestrel" not in html
    assert "&lt;b&gt;Kestrel" in html


# --- Addresses that open nothing


def not_found(address: str):
    reply = Client().get(address)
    assert reply.status_code == 404
    headers = {name: value for name, value in reply.headers.items() if name != "Content-Length"}
    return headers, reply.content


@pytest.mark.parametrize(
    "wrong",
    [
        lambda token: token[:-1],
        lambda token: token[:20],
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: ("0" if token[0] != "0" else "1") + token[1:],
        lambda token: "nonsense",
        lambda token: "%E2%80%AE" * 20,
    ],
)
@pytest.mark.parametrize("rest", ["", "page/", "thanks/"])
def test_a_token_cut_or_altered_is_answered_as_nonsense_is(article, wrong, rest):
    grant = send(article)
    nonsense = not_found("/qqqqqqqq/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/")
    assert not_found(f"/fact-check/{wrong(grant.token)}/{rest}") == nonsense


@pytest.mark.parametrize("ended", ["expired", "revoked", "published", "deleted"])
def test_a_link_that_has_ended_is_answered_as_nonsense_is(article, ended):
    grant = send(article)
    address = address_of(grant)
    assert Client().get(address).status_code == 200
    if ended == "expired":
        Grant.objects.update(expires_at=timezone.now())
    elif ended == "revoked":
        grant.revoke(None)
    elif ended == "published":
        article.latest_revision.publish()
    else:
        article.delete()
    nonsense = not_found("/qqqqqqqq/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/")
    assert not_found(address) == nonsense
    assert not_found(f"{address}page/") == nonsense
    late = all_correct(grant) if ended != "deleted" else {"verdict-1": "change", "name": "Sam Lee"}
    late |= {
        "text-0": "  ",
        "text-1": "Three <are> done.\nNot four.",
        "text-x": "No",
        "text-": "No",
    }
    reply = post(Client(), address, late)
    assert reply.status_code == 410
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert not reply.cookies
    html = reply.content.decode()
    for words in ("ended while you were writing", "Part 2", "Three &lt;are&gt; done.", "Not four."):
        assert words in html
    assert "Sam Lee" in html
    assert "Part 1 " not in html
    assert "A new tram" not in html  # it tells nothing that was not sent
    elsewhere = post(Client(), address, late, {"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 404
    assert post(Client(), f"/fact-check/{grant.token[:-1]}/", late).status_code == 404
    assert not FactCheckAnswer.objects.exists()


def test_nothing_else_is_below_a_token(client, article):
    grant = send(article)
    other = builders.add_article(page("/news/"), "Kestrel", slug="kestrel", live=False)
    for rest in (f"{other.pk}/", "page/2/", "news/kestrel/", "files/", "page/kestrel/"):
        reply = client.get(f"{address_of(grant)}{rest}")
        assert reply.status_code == 404
        assert b"Kestrel" not in reply.content
    for version in ({"revision": other.pk}, {"page": other.pk}):
        assert b"Kestrel" not in client.get(address_of(grant), version).content
    assert client.get("/news/kestrel/", {"grant": grant.token}).status_code == 404
    assert client.get("/fact-check/").status_code == 404


def test_links_to_other_drafts_have_no_address(client, article):
    other = builders.add_article(page("/news/"), "Kestrel", slug="kestrel", live=False)
    link = f'<p>See <a linktype="page" id="{other.pk}">it</a>.</p>'
    article.body = [{"type": "text", "value": link}]
    article.save_revision()
    grant = send(article)
    for name in ("fact_check", "fact_check_page"):
        assert "kestrel" not in client.get(address_of(grant, name)).content.decode().lower()


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/search/?q=tram"])
def test_nothing_leads_there(client, article, address):
    send(article)
    assert "fact-check" not in client.get(address).content.decode()


# --- How often it was opened


def test_opening_it_is_counted_and_asking_for_its_headers_is_not(client, article):
    grant = send(article)
    before = SiteVersion.current()
    client.get(address_of(grant))
    client.get(address_of(grant))
    assert client.head(address_of(grant)).status_code == 200
    client.get(address_of(grant), headers={"Sec-Purpose": "prefetch;prerender"})
    client.get(address_of(grant), headers={"Purpose": "prefetch"})
    client.get(address_of(grant, "fact_check_page"))
    answer(grant)
    grant.refresh_from_db()
    assert grant.times_opened == 2
    assert SiteVersion.current() == before


@pytest.mark.parametrize("name", ["fact_check_page", "fact_check_thanks"])
def test_only_the_form_takes_a_post(client, article, name):
    assert post(client, address_of(send(article), name), {}).status_code == 405


def test_no_other_method_is_known(client, article):
    assert client.put(address_of(send(article))).status_code == 405


# --- What they answer


def test_an_answer_is_kept_and_thanked_for(article):
    grant = send(article)
    reply = answer(grant, name="Sam Lee, buses")
    assert reply.status_code == 303
    assert reply.url == address_of(grant, "fact_check_thanks")
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert not reply.cookies
    assert "Thank you" in Client().get(reply.url).content.decode()
    kept = FactCheckAnswer.objects.get()
    assert (kept.grant, kept.name, kept.changes) == (grant, "Sam Lee, buses", [])
    assert [part["part"] for part in kept.parts] == ["Heading and summary", "Text 1", "Text 2"]


def test_who_answers_is_filled_in_and_can_be_changed(client, article):
    found = by_id(client.get(address_of(send(article, for_whom="Sam <Lee>"))))
    assert found["id_name"][1]["value"] == "Sam <Lee>"


def test_an_answer_stands_in_the_history_with_its_words(approver, article):
    grant = send(article)
    answer(grant)
    wrong = {"verdict-1": "change", "text-1": "Three are done.", "verdict-2": "change"}
    answer(grant, **wrong, **{"text-2": "None is late."})
    answer(grant, **{"verdict-2": "change", "text-2": "Two are late."})
    assert sorted(history(article)) == [
        ("Fact-checked by Sam Lee: correct", ""),
        ("Sam Lee asks for 1 change", "Text 2: Two are late."),
        ("Sam Lee asks for 2 changes", "Text 1: Three are done.\nText 2: None is late."),
    ]
    html = approver.get(reverse("wagtailadmin_pages:history", args=[article.pk])).content.decode()
    assert "Text 1: Three are done." in html


def test_words_beside_correct_were_taken_back(article):
    assert answer(send(article), **{"text-1": "x" * 2001}).status_code == 303
    assert FactCheckAnswer.objects.get().parts[1] == {
        "part": "Text 1",
        "verdict": "correct",
        "text": "",
    }


def told() -> dict[str, mail.EmailMessage]:
    return {message.to[0]: message for message in mail.outbox}


def test_whoever_sent_the_link_and_the_team_are_told_with_the_words(
    article, django_capture_on_commit_callbacks
):
    person("approver").groups.add(*person("comms").groups.all())
    article.owned_by = person("comms").groups.get()
    article.save()
    article.save_revision()
    grant = send(article, made_by=person("admin"))
    with django_capture_on_commit_callbacks(execute=True):
        answer(grant, **{"verdict-1": "change", "text-1": "Three are done."})
    assert set(told()) == {"admin@example.org", "comms@example.org", "approver@example.org"}
    assert len(mail.outbox) == 3
    message = told()["comms@example.org"]
    assert message.subject == "Sam Lee asks for 1 change: A new tram"
    assert "Text 1: Three are done." in message.body
    links = reverse("publishing_fact_check", args=["news.articlepage", article.pk])
    assert links in message.body
    assert grant.token not in message.body


def test_nobody_is_told_who_may_not_know_or_has_left(article, django_capture_on_commit_callbacks):
    article.save_revision(user=person("transport"))  # who moved to another team
    left = person("comms")
    grant = send(article, made_by=left)
    left.is_active = False
    left.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(grant).status_code == 303
    assert not mail.outbox


def test_approvers_are_told_of_a_change_and_not_that_all_is_well(article):
    grant = send(article)
    answer(grant)
    assert set(told()) == {"comms@example.org"}
    mail.outbox.clear()
    answer(grant, **{"verdict-1": "change", "text-1": "Three are done."})
    assert set(told()) == {"comms@example.org", "approver@example.org", "admin@example.org"}


def test_nothing_is_answered_before_the_person_does(client, article):
    grant = send(article)
    radios = [
        each for tag, each in elements(client.get(address_of(grant))) if "radio" in each.values()
    ]
    assert len(radios) == 6
    assert not [each for each in radios if "checked" in each]
    typed = {"name": "Sam Lee", "verdict-1": "change", "text-1": "Three are done."}
    reply = post(client, address_of(grant), typed)
    assert reply.status_code == 200
    summary = reply.content.decode().split('role="alert"')[1].split("</section>")[0]
    assert re.findall(r'href="#([^"]+)"', summary) == ["id_verdict-0", "id_verdict-2"]
    found = by_id(reply)
    assert "checked" in found["id_verdict-1_1"][1]
    assert found["id_name"][1]["value"] == "Sam Lee"
    assert "Three are done." in reply.content.decode()
    for number in ("0", "2"):
        assert found[f"id_verdict-{number}"][1]["aria-describedby"] == f"id_verdict-{number}_error"
    assert not FactCheckAnswer.objects.exists()


# --- What becomes of it, as they are told


def told_on(grant: Grant, name: str = "fact_check") -> str:
    return " ".join(Client().get(address_of(grant, name)).content.decode().split())


def test_a_draft_without_a_date_is_said_to_have_none(article):
    html = told_on(send(article))
    assert "No date is set for publishing it. Nobody has approved it yet." in html


def test_a_draft_with_a_date_is_said_to_be_planned_and_is_answered_before_it(article):
    at = timezone.now() + timedelta(days=1)
    article.go_live_at = at
    article.save_revision(user=person("comms"))
    html = told_on(send(article))
    assert f"We plan to publish it on {in_words(at)} (UK time). Nobody has approved it yet." in html
    assert f"Please answer before {in_words(at)} (UK time)." in html


def test_what_waits_may_be_published_at_any_time(comms):
    article = add(comms, **SUBMIT)
    html = told_on(send(article))
    assert "It waits for approval. It can be published at any time." in html
    grant = send(article)
    assert f"Please answer before {in_words(grant.expires_at)} (UK time)." in told_on(grant)


@pytest.mark.parametrize("name", ["fact_check", "fact_check_thanks"])
def test_what_is_scheduled_goes_live_unless_somebody_stops_it(comms, approver, name):
    at = timezone.now() + timedelta(days=1)
    article = add(comms, go_live_at=f"{timezone.localtime(at):%Y-%m-%d %H:%M}", **SUBMIT)
    decide(approver)
    article.refresh_from_db()
    at = article.scheduled_revision.approved_go_live_at
    html = told_on(send(article), name)
    assert f"It is approved, and goes live on {in_words(at)} (UK time) unless one of us" in html
    assert f"before {in_words(at)} (UK time)" in html
    assert "Nothing goes out until" not in html


# --- Red on the first page until it is read

PANEL = "Fact checks to read"


def first_page(name: str) -> str:
    return unescape(desk_of(name).get("/admin/").content.decode())


def read(client, said: FactCheckAnswer, method="post"):
    return getattr(client, method)(reverse("publishing_fact_check_read", args=[said.pk]))


@pytest.fixture
def asked(article) -> FactCheckAnswer:
    """An answer that asks for a change."""
    answer(send(article), **{"verdict-1": "change", "text-1": "Three are done."})
    return FactCheckAnswer.objects.get()


@pytest.mark.parametrize(
    ("who", "is_theirs"),
    [("comms", True), ("approver", True), ("admin", True), ("transport", False)],
)
def test_a_change_asked_for_stands_first_with_those_who_may_know(article, asked, who, is_theirs):
    html = first_page(who)
    assert (PANEL in html) == is_theirs
    assert ("A new tram" in html) == is_theirs
    if is_theirs:
        assert "Not read yet:" in html  # in words and with a sign, not by its colour alone
        assert f'href="{links_of(article)}#answer-{asked.pk}"' in html
        assert f'id="answer-{asked.pk}"' in desk_of(who).get(links_of(article)).content.decode()
        if "Waiting for you" in html:
            assert html.index(PANEL) < html.index("Waiting for you")


def test_an_answer_that_all_is_correct_stands_nowhere(article):
    answer(send(article))
    assert PANEL not in first_page("comms")


@pytest.mark.parametrize("who", ["comms", "approver"])
def test_whoever_reads_it_takes_it_off_for_all_and_is_remembered(article, asked, who):
    assert read(desk_of(who), asked).url == links_of(article)
    asked.refresh_from_db()
    assert asked.read_by == person(who)
    for each in ("comms", "approver", "admin"):
        assert PANEL not in first_page(each)
    html = desk_of("comms").get(links_of(article)).content.decode()
    assert f"Read on {in_words(asked.read_at)} by {who}@example.org" in html
    assert ("Read: Sam Lee asks for 1 change", "Text 1: Three are done.") in history(article)


def test_looking_at_the_answers_is_no_reading_and_a_get_writes_nothing(comms, article, asked):
    comms.get(links_of(article))
    assert read(comms, asked, "get").status_code == 405
    assert PANEL in first_page("comms")


def test_the_first_who_read_it_stays_and_the_second_is_told(comms, approver, article, asked):
    read(comms, asked)
    read(approver, asked)
    asked.refresh_from_db()
    assert asked.read_by == person("comms")
    assert "by comms@example.org" in said_to(approver)
    assert len([each for each, _ in history(article) if each.startswith("Read: ")]) == 1


@pytest.mark.parametrize("who", ["transport", "emergency"])
def test_nobody_else_reads_it(asked, who):
    assert read(desk_of(who), asked).status_code == 404
    asked.refresh_from_db()
    assert asked.is_unread


def test_a_second_answer_is_a_second_thing_to_read(comms, article, asked):
    read(comms, asked)
    answer(send(article), **{"verdict-2": "change", "text-2": "Two are late."})
    assert PANEL in first_page("approver")


def test_the_first_page_says_when_what_is_wrong_goes_live(comms, approver):
    article = add(comms, go_live_at="2126-11-24 09:00", **SUBMIT)
    decide(approver)
    article.refresh_from_db()
    answer(send(article), **{"verdict-0": "change", "text-0": "It is a bus."})
    html = first_page("comms")
    assert "Goes live on Sunday 24 November 2126, 9am" in html[html.index(PANEL) :]


def test_a_draft_that_is_gone_leaves_nothing_to_read(article, asked):
    article.delete()
    assert PANEL not in first_page("comms")


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_is_kept(article):
    grant = send(article)
    reply = answer(grant, **{"name": "", "verdict-1": "change", "text-2": "Kestrel"})
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "private, no-store"
    html = reply.content.decode()
    assert "<title>Error: " in html
    summary = html.split('role="alert"')[1].split("</section>")[0]
    assert re.findall(r'href="#([^"]+)"', summary) == ["id_text-1", "id_name"]
    assert "Text 1: say what it should say" in summary
    assert "Enter your name" in summary
    assert "Kestrel" in html
    found = by_id(reply)
    assert "checked" in found["id_verdict-1_1"][1]
    assert found["id_text-1"][1]["aria-invalid"] == "true"
    assert not FactCheckAnswer.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"verdict-0": "maybe"}, "Heading and summary: choose “Correct” or “Change this”"),
        ({"verdict-0": ""}, "Heading and summary: choose “Correct” or “Change this”"),
        ({"verdict-1": "change", "text-1": " \x07 "}, "Text 1: say what it should say"),
        (
            {"verdict-1": "change", "text-1": "x" * 2001},
            "Text 1: write 2000 characters or fewer. You wrote 2001",
        ),
        ({"name": "x" * 101}, "Enter a name of 100 characters or fewer"),
        ({"name": "  "}, "Enter your name"),
    ],
)
def test_an_answer_that_cannot_be_taken_says_why(article, said, words):
    reply = answer(send(article), **said)
    assert reply.status_code == 200
    assert words in reply.content.decode()
    assert not FactCheckAnswer.objects.exists()


def test_the_longest_words_are_taken_however_their_lines_end(article):
    text = "x\r\n" * 999 + "xx"
    assert answer(send(article), **{"verdict-1": "change", "text-1": text}).status_code == 303
    assert len(FactCheckAnswer.objects.get().parts[1]["text"]) == 2000


def test_it_can_be_answered_again_but_not_without_end(article):
    grant = send(article)
    assert answer(grant).status_code == 303
    grants = [grant] * (FactCheckAnswer.MOST - 1)
    FactCheckAnswer.objects.bulk_create(FactCheckAnswer(grant=each, name="S") for each in grants)
    reply = answer(grant)
    assert reply.status_code == 400
    html = reply.content.decode()
    assert "we take no more answers" in html
    assert 'value="Sam Lee"' in html  # nothing typed is lost
    assert FactCheckAnswer.objects.count() == FactCheckAnswer.MOST
    assert answer(send(article)).status_code == 303  # another link counts for itself


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Origin": "https://elsewhere.example.org"}, 400),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "null"}, 303),  # an older browser on a page that sends no referrer
        ({}, 303),
    ],
)
def test_an_answer_comes_from_the_page_itself(article, headers, status):
    reply = answer(send(article), headers=headers)
    assert reply.status_code == status
    assert FactCheckAnswer.objects.exists() == (status == 303)
    if status == 400:
        assert "did not come from the form for this draft" in reply.content.decode()


def test_a_post_that_is_no_plain_form_is_refused(client, article):
    grant = send(article)
    assert client.post(address_of(grant), all_correct(grant)).status_code == 400  # with files
    reply = client.post(address_of(grant), "{}", content_type="application/json")
    assert reply.status_code == 400
    assert not FactCheckAnswer.objects.exists()


# --- At the desk


def links_of(thing) -> str:
    return reverse("publishing_fact_check", args=[thing._meta.label_lower, thing.pk])


def make(client, thing, **said):
    return client.post(links_of(thing), {"for_whom": "Sam Lee", "days": "3"} | said)


def test_a_comms_officer_sends_a_link_and_reads_the_answer(comms):
    article = add(comms, title="A new tram")
    assert make(comms, article).url == links_of(article)
    grant = Grant.objects.get()
    assert (grant.for_whom, grant.made_by) == ("Sam Lee", person("comms"))
    assert grant.revision == article.latest_revision
    for _ in range(2):  # now, and whenever somebody looks again
        html = comms.get(links_of(article)).content.decode()
        link = re.search(r'value="(https?://[^"]+/fact-check/[^"]+)" readonly', html)[1]
    path = "/" + link.split("/", 3)[3]
    assert Client().get(path).status_code == 200
    answer(grant, **{"verdict-1": "change", "text-1": "Three\nare done."})
    html = comms.get(links_of(article)).content.decode()
    assert "Sam Lee asks for 1 change" in html
    assert "Three<br>are done." in html
    assert "Once, last on" in html


@pytest.mark.parametrize("days", [1, 3, 7, 14])
def test_a_link_works_as_long_as_was_chosen(comms, article, days):
    make(comms, article, days=str(days))
    lasts = Grant.objects.get().expires_at - timezone.now()
    assert timedelta(days=days, minutes=-1) < lasts <= timedelta(days=days)


@pytest.mark.parametrize(
    "said",
    [{"for_whom": ""}, {"for_whom": "x" * 101}, {"days": "365"}, {"days": ""}, {"days": "x"}],
)
def test_a_link_is_made_for_somebody_and_for_a_time(comms, article, said):
    assert make(comms, article, **said).status_code == 200
    assert not Grant.objects.exists()


def test_making_and_ending_a_link_is_in_the_history(comms, article):
    make(comms, article)
    comms.post(links_of(article), {"end": str(Grant.objects.get().pk)})
    said = {message for message, _ in history(article)}
    assert "Ended the link for Sam Lee" in said
    assert any(each.startswith("Fact-check link for Sam Lee, until ") for each in said)


def test_ending_a_link_takes_a_post_and_is_final(comms, article):
    make(comms, article)
    grant = Grant.objects.get()
    comms.get(links_of(article), {"end": str(grant.pk)})
    assert Client().get(address_of(grant)).status_code == 200
    comms.post(links_of(article), {"end": str(grant.pk)})
    assert Client().get(address_of(grant)).status_code == 404
    html = comms.get(links_of(article)).content.decode()
    assert "Ended on" in html
    assert grant.token not in html
    comms.post(links_of(article), {"end": str(grant.pk)})
    assert "This link has ended already." in said_to(comms)


@pytest.mark.parametrize("number", ["0", "x", "-1", "9" * 30, "\u00b2", ""])
def test_ending_what_is_not_there_is_not_found(comms, article, number):
    make(comms, article)
    assert comms.post(links_of(article), {"end": number}).status_code == 404
    assert Grant.objects.get().works


def test_a_link_of_another_thing_is_not_ended_from_here(comms, article):
    other = add(comms, title="Other", slug="other")
    make(comms, other)
    end = {"end": str(Grant.objects.get().pk)}
    assert comms.post(links_of(article), end).status_code == 404
    assert Grant.objects.get().works


def test_a_form_from_elsewhere_makes_and_ends_nothing(article):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("comms"))
    assert make(client, article).status_code == 403
    assert not Grant.objects.exists()
    grant = send(article)
    assert client.post(links_of(article), {"end": str(grant.pk)}).status_code == 403
    assert Grant.objects.get().works


@pytest.mark.parametrize(
    ("who", "status"),
    [("comms", 200), ("approver", 200), ("admin", 200), ("transport", 404), ("emergency", 404)],
)
def test_those_who_may_know_of_a_draft_may_send_it(article, who, status):
    client = desk_of(who)
    assert client.get(links_of(article)).status_code == status
    assert make(client, article).status_code == (302 if status == 200 else 404)


def test_sending_a_link_makes_nobody_an_editor(comms, approver):
    article = add(comms, **SUBMIT)
    make(approver, article)
    decide(approver, article)
    article.refresh_from_db()
    assert article.live


def test_what_is_live_and_unchanged_has_nothing_to_check(comms, approver):
    article = publish(comms, approver)
    assert "There is no draft to check" in comms.get(links_of(article)).content.decode()
    make(comms, article)
    assert not Grant.objects.exists()
    assert "There is no draft to check" in said_to(comms)


def test_the_desk_says_when_there_is_a_newer_version(comms):
    article = add(comms)
    make(comms, article)
    newer = "There is a newer version. Make a new link"
    assert newer not in comms.get(links_of(article)).content.decode()
    edit(comms, article, title="Changed")
    assert newer in comms.get(links_of(article)).content.decode()


def test_an_autosave_does_not_change_what_was_sent(comms, client):
    article = add(comms, title="As it was sent")
    make(comms, article)
    sent = article.latest_revision_id
    comms.post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        {
            **article_form(title="Kestrel"),
            **loaded(article),
            "overwrite_revision_id": str(sent),
        },
        headers={"Accept": "application/json"},
    )
    article.refresh_from_db()
    assert article.latest_revision.object_str == "Kestrel"
    assert article.latest_revision_id != sent
    html = client.get(address_of(Grant.objects.get())).content.decode()
    assert "As it was sent" in html
    assert "Kestrel" not in html


def test_the_desk_says_why_a_link_has_ended(comms, article):
    make(comms, article)
    Grant.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert "Ended on" in comms.get(links_of(article)).content.decode()
    article.latest_revision.publish()
    assert "Ended: it was published" in comms.get(links_of(article)).content.decode()


def test_the_way_there_is_offered_where_there_is_a_draft(comms, approver, article):
    edit_page = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert links_of(article) in comms.get(edit_page).content.decode()
    explorer = reverse("wagtailadmin_explore", args=[article.pk])
    assert links_of(article) in approver.get(explorer).content.decode()
    live = publish(comms, approver, title="Live", slug="live")
    edit_page = reverse("wagtailadmin_pages:edit", args=[live.pk])
    assert links_of(live) not in comms.get(edit_page).content.decode()


def test_an_approver_who_decides_finds_the_answers(comms, approver):
    article = add(comms, **SUBMIT)
    state = TaskState.objects.latest("pk")
    html = approver.get(reverse("publishing_decide", args=[state.pk])).content.decode()
    assert links_of(article) in html


def test_the_way_there_is_offered_for_things_that_are_no_pages(comms, approver):
    notice = builders.add_notice(live=False)
    notice.save_revision(user=person("comms"))
    edit_notice = reverse("wagtailsnippets_banners_notice:edit", args=[notice.pk])
    assert links_of(notice) in comms.get(edit_notice).content.decode()
    listing = reverse("wagtailsnippets_banners_notice:list")
    assert links_of(notice) in approver.get(listing).content.decode()


@pytest.mark.parametrize("label", ["nothing.here", "news", "accounts.user", "media.grant"])
def test_only_what_two_people_publish_has_links(administrator, label):
    address = reverse("publishing_fact_check", args=[label, 1])
    assert administrator.get(address).status_code == 404


def test_whoever_sent_a_link_has_done_something(article):
    assert not has_done_something([person("approver")])
    send(article, made_by=person("approver"))
    assert has_done_something([person("approver")])
