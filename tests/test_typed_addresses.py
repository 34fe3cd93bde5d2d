"""Addresses of own pages that somebody typed: they are links to pages, wherever they stand.

Every place that takes an address, in every way to write it, for a page in every state.
"""

from datetime import date, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, TaskState
from wagtail.rich_text import RichText

from emca_site.core.addresses import RESERVED_SLUGS
from emca_site.core.models import SiteSettings
from emca_site.publishing.checks import gate
from emca_site.publishing.embargo import check as embargo
from emca_site.publishing.lifecycle.addresses import find_targets, own_address
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from tests import builders
from tests.desk_site import desk_of, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

SLUG = "kestrel-plan"
PATH = f"/about/{SLUG}/"

SPELLINGS = {
    "absolute": "https://testserver{path}",
    "by another host of ours": "http://localhost{path}",
    "in capitals": "HTTPS://TestServer{path}",
    "with a port": "https://testserver:8443{path}",
    "with a user name": "https://someone:secret@testserver{path}",
    "with a dot after the host": "https://testserver.{path}",
    "with a wide dot after the host": "https://testserver\u3002{path}",
    "with wide letters": "https://\uff54\uff45\uff53\uff54server{path}",
    "without a scheme": "//testserver{path}",
    "relative": "{path}",
    "without the last slash": "{bare}",
    "with a query": "{path}?utm_source=letter",
    "with a fragment": "{path}#part",
    "with everything": "https://testserver{bare}?utm_source=a&b=c#part",
    "with encoded slashes": "/about%2F{slug}%2F",
    "with encoded letters": "/about/%6bestrel-plan/",
    "with two slashes": "/about//{slug}/",
    "with a dot": "/about/./{slug}/",
    "from above": "/news/../about/{slug}/",
    "with a backslash": "https:\\\\testserver\\about\\{slug}\\",
    "with capitals in the path": "/About/Kestrel-Plan/",
    "with spaces around it": " {path} ",
}


def spelt(spelling: str) -> str:
    return SPELLINGS[spelling].format(path=PATH, bare=PATH.rstrip("/"), slug=SLUG)


def target_page(state: str):
    """The page at the address, in a state; None where nothing has it."""
    about = page("/about/")
    if state == "nonsense":
        return None
    is_live = state not in ("draft", "scheduled")
    target = builders.add_standard_page(about, "The plan", slug=SLUG, live=is_live)
    if state == "scheduled":
        builders.schedule(target, timezone.now() + timedelta(hours=3))
    elif state == "expired":
        Page.objects.filter(pk=target.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    elif state in ("error", "archived"):
        Retirement.objects.start(target, RetiredAs(state), reason="It is over.")
    return target


IS_PUBLIC = {
    "draft": False,
    "scheduled": False,
    "nonsense": False,
    "expired": False,
    "error": False,
    "archived": True,
    "live": True,
}


def add_article(typed: str, **fields):
    return builders.add_article(page("/news/"), "Known to all", slug="known", **fields)


def link(typed: str) -> str:
    return f'<p>See <a href="{typed.replace("&", "&amp;")}">our plan</a> soon.</p>'


def in_text(typed):
    add_article(typed, body=[("text", RichText(link(typed)))])
    return ["/news/known/", "/news/feed/", "/news/feed.json", "/search/?q=plan+soon"]


def in_an_answer(typed):
    items = [{"question": "Where?", "answer": RichText(link(typed))}]
    add_article(typed, body=[("details", {"heading": "Questions", "items": items})])
    return ["/news/known/", "/news/feed/", "/news/feed.json"]


def in_notes(typed):
    add_article(typed, notes_to_editors=link(typed))
    return ["/news/known/", "/news/feed/", "/news/feed.json"]


def in_a_list_of_links(typed):
    links = [{"text": "Our plan", "page": None, "external_url": typed}]
    add_article(typed, body=[("links", {"heading": "Read on", "links": links})])
    return ["/news/known/", "/news/feed/", "/news/feed.json"]


def in_a_consultation(typed):
    closes_on = timezone.localdate() + timedelta(days=5)
    add_article(typed, kind="consultation", closes_on=closes_on, consultation_url=typed)
    return ["/news/known/", "/news/feed/", "/news/feed.json"]


def in_a_banner(typed):
    builders.add_banner(page("/"), page("/news/"), link_url=typed, link_text="Our plan")
    return ["/", "/news/"]


def in_a_notice(typed):
    builders.add_notice(link_url=typed, link_text="Our plan")
    return ["/", "/nothing/here/"]


def in_a_topic(typed):
    builders.add_city(), builders.add_topic(link_url=typed)
    return ["/who-does-what/?topic=a-pothole&council=midchester", "/who-does-what/?topic=a-pothole"]


def in_a_council(typed):
    builders.add_city(website=typed), builders.add_topic(link_url="", link_text="")
    return ["/who-does-what/?topic=a-pothole&council=midchester"]


def in_the_source_of_a_figure(typed):
    builders.add_figure(source_url=typed)
    return ["/figures/", "/figures.csv", "/figures.json"]


def in_evidence(typed):
    builders.add_commitment(
        page("/what-we-do/transport/"),
        slug="one-plan",
        evidence=[{"link_text": "Our plan", "link_url": typed}],
    )
    return ["/what-we-do/transport/one-plan/", "/commitments/", "/commitments.csv"]


def in_a_measurement(typed):
    commitment = builders.add_commitment(
        page("/what-we-do/transport/"),
        slug="one-plan",
        measurements=[(date(2026, 1, 1), 1), (date(2026, 2, 1), 2)],
    )
    commitment.measurements.update(evidence_url=typed)
    commitment.save()
    return [
        "/what-we-do/transport/one-plan/",
        "/commitments/measurements.csv",
        "/commitments/measurements.json",
    ]


def in_the_footer(typed):
    settings = SiteSettings.load()
    settings.footer_text = link(typed)
    settings.save()
    return ["/", "/nothing/here/"]


def in_the_social_links(typed):
    settings = SiteSettings.load()
    settings.social_links = [("link", {"name": "Our plan", "url": typed})]
    settings.save()
    return ["/", "/news/"]


def in_a_promoted_result(typed):
    builders.add_promotion("plan", external_link_url=typed, external_link_text="Our plan")
    return ["/search/?q=plan"]


PLACES = {
    function.__name__: function
    for function in (
        in_text,
        in_an_answer,
        in_notes,
        in_a_list_of_links,
        in_a_consultation,
        in_a_banner,
        in_a_notice,
        in_a_topic,
        in_a_council,
        in_the_source_of_a_figure,
        in_evidence,
        in_a_measurement,
        in_the_footer,
        in_the_social_links,
        in_a_promoted_result,
    )
}


def told(client: Client, addresses: list[str]) -> list[str]:
    """Which of these pages name the page in any address."""
    texts = {address: client.get(address).content.decode() for address in addresses}
    return [address for address, text in texts.items() if "kestrel" in unescape(text).lower()]


@pytest.mark.parametrize("state", IS_PUBLIC)
@pytest.mark.parametrize("place", PLACES)
def test_an_address_is_told_where_it_was_typed_while_its_page_is_public(client, place, state):
    target_page(state)
    addresses = PLACES[place](PATH)
    everywhere = [each for each in addresses if not each.startswith("/search/?q=plan+")]
    assert told(client, addresses) == (everywhere if IS_PUBLIC[state] else [])


@pytest.mark.parametrize("place", ["in_text", "in_a_list_of_links", "in_a_banner", "in_evidence"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_it_tells_the_address_of_a_draft(client, place, spelling):
    target_page("draft")
    assert told(client, PLACES[place](spelt(spelling))) == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_leads_to_the_page_once_it_is_live(spelling):
    target_page("live")
    typed = spelt(spelling)
    rest = typed.strip()[len(typed.strip().split("?")[0].split("#")[0]) :]
    assert find_targets([typed]).typed[typed].shown == PATH + rest


@pytest.mark.parametrize("place", PLACES)
def test_what_links_here_lists_every_place_where_its_address_was_typed(administrator, place):
    target = target_page("live")
    PLACES[place](f"https://testserver{PATH.rstrip('/')}?utm_source=letter#part")
    for screen in ("retire", "move"):
        address = reverse(f"publishing_ask_to_{screen}", args=[target._meta.label_lower, target.pk])
        listed = administrator.get(address).text.split("What links to it")[1]
        assert "Nothing on this site" not in listed


def renamed(target) -> str:
    """The address of the decision on another address for a live page."""
    target.slug = "osprey-plan"
    target.save_revision(user=person("comms"))
    target.get_workflow().start(target, person("comms"))
    return reverse("publishing_decide", args=[TaskState.objects.latest("pk").pk])


@pytest.mark.parametrize("place", PLACES)
def test_who_decides_on_a_rename_sees_every_place_where_its_address_was_typed(place):
    target = target_page("live")
    PLACES[place](f"https://testserver{PATH.rstrip('/')}?utm_source=letter#part")
    listed = desk_of("approver").get(renamed(target)).text.split("What links to it")[1]
    assert "Nothing on this site" not in listed


def test_a_decision_without_a_rename_lists_no_links(administrator):
    target = target_page("live")
    in_text(PATH)
    target.title = "The new plan"
    target.save_revision(user=person("comms"))
    target.get_workflow().start(target, person("comms"))
    address = reverse("publishing_decide", args=[TaskState.objects.latest("pk").pk])
    assert "What links to it" not in desk_of("approver").get(address).text


def test_the_checks_say_what_links_to_a_page_that_is_renamed():
    target = target_page("live")

    def said() -> list[str]:
        return [each.message for each in gate.find(target) if each.rule == "rename"]

    assert said() == []
    target.slug = "osprey-plan"
    assert "Nothing public links to it" in said()[0]
    in_text(PATH)
    builders.add_article(
        page("/news/"), "Secret", slug="mine", live=False, body=[("text", RichText(link(PATH)))]
    )
    (message,) = said()
    assert f"The old one, {PATH}, will lead there" in message
    assert "/news/known/" in message
    assert "mine" not in message


def test_the_checks_are_silent_about_the_address_of_a_draft():
    target = target_page("draft")
    in_text(PATH)
    target.slug = "osprey-plan"
    assert "rename" not in {each.rule for each in gate.find(target)}


@pytest.mark.parametrize("typed", ["/about/", "/figures/?area=transport#top", " /about/ "])
def test_redirects_and_promoted_results_take_addresses_without_a_host(administrator, typed):
    whole = "https://www.example.org" + typed.strip()
    redirect = {"old_path": "/short", "site": "", "redirect_page": "", "redirect_link": typed}
    with override_settings(SITE_URL="https://www.example.org"):
        administrator.post(reverse("wagtailredirects:add"), redirect)
        assert Redirect.objects.get().redirect_link == whole
        promotion = {
            "query_string": "plan",
            "editors_picks-TOTAL_FORMS": "1",
            "editors_picks-INITIAL_FORMS": "0",
            "editors_picks-MIN_NUM_FORMS": "0",
            "editors_picks-MAX_NUM_FORMS": "1000",
            "editors_picks-0-page": "",
            "editors_picks-0-external_link_url": typed,
            "editors_picks-0-external_link_text": "Our plan",
            "editors_picks-0-description": "All of it.",
            "editors_picks-0-ORDER": "1",
        }
        administrator.post(reverse("wagtailsearchpromotions:add"), promotion)
        assert SearchPromotion.objects.get().external_link_url == whole


@pytest.mark.parametrize("typed", ["//elsewhere.example/x", "/\\elsewhere.example", "javascript:1"])
def test_a_redirect_takes_no_address_that_only_looks_like_one_here(administrator, typed):
    redirect = {"old_path": "/short", "site": "", "redirect_page": "", "redirect_link": typed}
    administrator.post(reverse("wagtailredirects:add"), redirect)
    for made in Redirect.objects.all():
        assert made.redirect_link == "https:" + typed


@pytest.mark.parametrize("place", PLACES)
def test_a_page_that_was_moved_is_followed(client, place):
    addresses = PLACES[place](PATH)
    target_page("live").move(page("/contact/"), pos="last-child")
    following = [each for each in addresses if not each.startswith("/search/?q=plan+")]
    for address in following:
        text = client.get(address).content.decode()
        assert f"/contact/{SLUG}/" in text
        assert PATH not in text


def test_a_page_that_was_renamed_before_it_went_live_is_followed(
    client, django_capture_on_commit_callbacks
):
    target = target_page("draft")
    addresses = in_text(PATH)[:3]
    with django_capture_on_commit_callbacks(execute=True):
        target.slug = "osprey-plan"
        target.save()
    assert told(client, addresses) == []
    target.save_revision().publish()
    assert "/about/osprey-plan/" in client.get("/news/known/").text


def test_a_page_that_comes_to_stand_at_a_typed_address_is_linked_and_listed(client, administrator):
    in_text(PATH)
    assert told(client, ["/news/known/"]) == []
    target = target_page("draft")
    assert told(client, ["/news/known/"]) == []
    target.save_revision().publish()
    assert f'<a href="{PATH}">our plan</a>' in client.get("/news/known/").text
    address = reverse("publishing_ask_to_retire", args=[target._meta.label_lower, target.pk])
    assert "Known to all" in administrator.get(address).text


def test_the_words_stay_where_the_address_goes(client):
    target_page("draft")
    for address in in_text(PATH)[:3]:
        assert "our plan" in client.get(address).text


def test_who_may_not_know_of_a_draft_learns_nothing_by_typing_its_address():
    draft = builders.add_standard_page(
        page("/what-we-do/transport/"), "The plan", slug=SLUG, live=False
    )
    found = {}
    for typed in (draft.url, "/what-we-do/transport/nothing-at-all/"):
        builders.add_article(
            page("/news/"), "Mine", slug="mine", live=False, body=[("text", RichText(link(typed)))]
        )
        article = Page.objects.get(slug="mine").specific
        article.save_revision(user=person("comms"))
        client = desk_of("comms")
        screens = [
            reverse("wagtailadmin_pages:edit", args=[article.pk]),
            reverse("wagtailadmin_pages:view_draft", args=[article.pk]),
        ]
        texts = [client.get(each).text.replace(typed.strip("/"), "…") for each in screens]
        found[typed] = ["The plan" in text or "A page that" in text for text in texts] + [
            "no-address" in texts[1] or "<a>our plan" in texts[1]
        ]
        article.delete()
    assert len(set(map(tuple, found.values()))) == 1


def test_a_redirect_whose_typed_target_is_not_public_answers_as_if_it_were_not_there(client):
    Redirect.objects.create(old_path="/soon", redirect_link=f"https://testserver{PATH}")
    nonsense = client.get("/sooner/")
    target = target_page("draft")
    answer = client.get("/soon/")
    assert (answer.status_code, answer.headers) == (404, nonsense.headers)
    target.save_revision().publish()
    assert client.get("/soon/").status_code == 301


def test_a_redirect_that_leads_to_a_page_by_its_address_is_listed(administrator):
    target = target_page("live")
    Redirect.objects.create(old_path="/soon", redirect_link=f"http://localhost{PATH}")
    address = reverse("publishing_ask_to_retire", args=[target._meta.label_lower, target.pk])
    assert "/soon" in administrator.get(address).text


def test_check_embargo_reads_the_live_pages_that_link_to_the_item():
    draft = target_page("draft")
    draft.save_revision()
    for place in ("in_text", "in_a_banner", "in_a_topic", "in_the_source_of_a_figure"):
        PLACES[place](PATH)
    asked = {row.address for row in embargo.check(draft).rows}
    assert {"/news/known/", "/news/", "/who-does-what/?topic=a-pothole", "/figures/"} <= asked
    assert not embargo.check(draft).failures


NOT_OURS = [
    "https://example.org/about/kestrel-plan/",
    "https://testserver.example.org/about/",
    "https://testserver@example.org/",
    "https://example.org/?u=https://testserver/",
    "mailto:someone@testserver",
    "tel:01234",
    "#part",
    "?page=2",
    "",
    "https://[::1/",
    "https://a..b/",
    "https://" + "a" * 300 + "/",
    "https://xn--nxasmq6b/",
    "http://",
]


@pytest.mark.parametrize("typed", NOT_OURS)
def test_what_leads_elsewhere_is_printed_as_it_was_typed(typed, django_assert_num_queries):
    assert own_address(typed) is None
    with django_assert_num_queries(0):
        assert find_targets([typed]).typed[typed].shown == typed


@override_settings(SITE_URL="https://www.bücher.example", ALLOWED_HOSTS=["bücher.example"])
@pytest.mark.parametrize(
    "host",
    ["www.bücher.example", "www.xn--bcher-kva.example", "BÜCHER.example", "b%C3%BCcher.example"],
)
def test_a_host_is_ours_in_every_spelling(host):
    assert own_address(f"https://{host}/about/").path == "/about/"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/", "/"),
        ("https://testserver", "/"),
        ("/figures/#homes", "/figures/#homes"),
        ("https://testserver/figures", "/figures"),
        ("/news/feed/?priority=transport", "/news/feed/?priority=transport"),
        ("/static/css/tokens.css", "/static/css/tokens.css"),
        ("/admin/pages/3/edit/", ""),
        ("/admin", ""),
        ("/fact-check/abc/", ""),
        ("/files/not-a-uuid/plan.pdf", ""),
        ("/files/8a8e3f8e-0000-4000-8000-000000000000/plan.pdf", ""),
        ("/%00", ""),
        ("/%ff%fe/", ""),
        ("/" + "a" * 3000 + "/", ""),
        ("//testserver/\\\\example.org/", ""),
        ("https://testserver/%0d%0aSet-Cookie:x/", ""),
    ],
)
def test_what_is_no_page_is_told_while_visitors_may_have_it(typed, shown):
    assert find_targets([typed]).typed[typed].shown == shown


@pytest.mark.parametrize("typed", ["/%00/", "/" + "a" * 3000, "/%ff%fe/", "https://testserver/%0a"])
def test_text_with_an_odd_address_is_saved_and_shown(client, typed):
    in_text(typed)
    assert "our plan" in client.get("/news/known/").text


def test_the_address_of_a_file_is_told_while_something_live_uses_it():
    file = builders.add_document("Kestrel", "kestrel.pdf")
    assert find_targets([file.url]).typed[file.url].shown == ""
    builders.use_live(file)
    assert find_targets([file.url]).typed[file.url].shown == file.url


def test_any_number_of_addresses_takes_one_statement(django_assert_num_queries):
    target = target_page("live")
    typed = [spelt(each) for each in SPELLINGS] + [f"/about/none-{n}/" for n in range(40)]
    assert page("/").url  # Wagtail keeps where sites begin
    with django_assert_num_queries(1):
        found = find_targets(typed, [target.pk, 999_999])
    assert found.pages[target.pk].shown == PATH
    assert found.pages[999_999].shown == ""


OLD = {
    "alone": ("/old-plan", "/old-plan", PATH),
    "with a query of its own": ("/p.aspx?b=2&id=9", "/p.aspx?id=9&b=2#part", PATH + "#part"),
    "with another query": ("/old-plan", "/old-plan?utm_source=letter", PATH + "?utm_source=letter"),
    "with a space": ("/our%20plan.pdf", "/our plan.pdf", PATH),
    "with an accent": ("/caf\u00e9", "https://testserver/caf%C3%A9/", PATH),
}


@pytest.mark.parametrize("by", ["redirect_page", "redirect_link"])
@pytest.mark.parametrize(("old", "typed", "shown"), OLD.values(), ids=OLD)
def test_an_old_address_is_followed_as_a_visitor_is(client, by, old, typed, shown):
    target = target_page("draft")
    leads_to = {"redirect_page": target, "redirect_link": f"https://testserver{PATH}"}
    Redirect.objects.create(old_path=Redirect.normalise_path(old), **{by: leads_to[by]})
    in_text(typed)
    assert told(client, ["/news/known/"]) == []
    target.save_revision().publish()
    expected = shown if by == "redirect_page" else PATH
    assert f'<a href="{expected}">our plan</a>' in client.get("/news/known/").text


def test_old_addresses_that_lead_in_a_circle_lead_nowhere(client):
    Redirect.objects.create(old_path="/a", redirect_link="https://testserver/b")
    Redirect.objects.create(old_path="/b", redirect_link="https://testserver/a")
    in_text("/a/")
    assert "<a>our plan</a>" in client.get("/news/known/").text
    assert client.get("/a/").status_code == 404


def test_a_page_of_the_site_has_no_address_among_the_static_files(client):
    """Such an address is shown as typed: all of them are files of the release, and no page's."""
    assert settings.STATIC_URL.strip("/") in RESERVED_SLUGS
    assert find_targets(["/static/../about/"]).typed["/static/../about/"].shown == "/about/"
    assert find_targets(["/media/x.pdf"]).typed["/media/x.pdf"].shown == ""
