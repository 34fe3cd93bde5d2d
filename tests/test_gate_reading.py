"""What the gate reads: every field, block, child and link of a thing, saved or not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from emca_site.banners.models import Banner, Notice
from emca_site.publishing.checks.gate import Finding, FindingsSidePanel, Severity, find, refusals
from emca_site.publishing.checks.gate.pieces import Address, Spot
from emca_site.publishing.checks.gate.rich_text import pieces_of
from home.models import AccessibilityStatementPage, HomePage, KnownIssue
from news.models import ArticlePage
from tests import builders, whole_site

pytestmark = pytest.mark.django_db


def messages(thing) -> list[str]:
    return [finding.message for finding in find(thing)]


def to(page_id: int, words: str = "our plans") -> list:
    return [("text", f'<p>See <a linktype="page" id="{page_id}">{words}</a>.</p>')]


def statement(**issue) -> AccessibilityStatementPage:
    page = AccessibilityStatementPage(title="Statement", slug="statement", summary="In short.")
    good = KnownIssue(title="A", criterion="1.1.1", problem="P.", where="W", affects="Some")
    defaults = {"title": "B", "criterion": "1.1.1", "problem": "P.", "where": "W", "affects": "S"}
    page.known_issues = [good, KnownIssue(**defaults | issue)]
    return page


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/not-there/">here <a href="https://example.org/">the plan</a></a></p>',
        '<p><a href="/not-there/">our plans',
        '<p><a href="/not-there/"><b>our</b> <!-- old --> plans</a></p>',
    ],
)
def test_a_link_is_read_however_it_is_written(html):
    spot = Spot("body", (), "Text")
    addresses = [piece.typed for piece in pieces_of(html, spot) if isinstance(piece, Address)]
    assert "/not-there/" in addresses


def test_children_that_are_only_in_memory_are_read():
    (found,) = find(statement(where="TBC"))
    assert (found.field, found.path) == ("known_issues", (1, "where"))
    assert found.place == "Known issue 2, Where"


def test_children_that_are_saved_are_read(home):
    page = builders.add_accessibility_statement(home)
    builders.add_known_issue(page, problem="Lorem ipsum.")
    (found,) = find(AccessibilityStatementPage.objects.get())
    assert (found.field, found.path) == ("known_issues", (0, "problem"))


def test_a_field_that_a_draft_may_lack_is_missed_before_it_goes_out():
    banner = Banner(headline="Better journeys", expire_at=None)
    assert [(each.field, each.message) for each in find(banner)] == [
        ("picture", "“Picture” is empty. Fill it in."),
        ("expire_at", "“End” is empty. Fill it in."),
        ("pages", "“Shown on” is empty. Fill it in."),
    ]


def test_a_banner_is_judged_with_the_pages_that_it_has_in_memory(home):
    banner = Banner(headline="Better journeys", picture=builders.add_image())
    banner.pages = [home]
    assert find(banner) == []


def test_a_figure_is_judged():
    figure = builders.add_figure(source_name="TBC")
    assert [each.field for each in find(figure)] == ["source_name"]


def test_what_staff_alone_read_is_not_judged(home):
    article = ArticlePage(title="A", slug="tbc", summary="S.", draft_title="TBC")
    article.consultation_url = "https://example.org/tbc"
    assert find(article) == []


def test_a_link_in_three_fields_is_one_link(home):
    notice = Notice(lead="The office is shut.", link_text="here", link_page=home)
    (found,) = find(notice)
    assert (found.rule, found.field) == ("link_says_nothing", "link_text")
    (found,) = find(Notice(lead="The office is shut.", link_url="https://example.org/"))
    assert found.message == "A link has no words. Say where it goes, or take it out."
    (found,) = find(Notice(lead="The office is shut.", link_text="Opening hours"))
    assert found.rule == "link_leads_nowhere"


def test_the_page_of_a_link_in_three_fields_is_looked_up_with_all_others(
    home, django_assert_num_queries
):
    builders.add_notice(link_text="About us", link_page=home)
    notice = Notice.objects.get()
    with django_assert_num_queries(2):  # pages, words to avoid
        assert find(notice) == []


def test_the_words_of_a_button_whose_page_is_fixed_need_no_page():
    home = HomePage(title="Home", slug="home", ask_link_text="Find out who does what")
    assert find(home) == []
    home.ask_link_text = "here"
    assert [each.rule for each in find(home)] == ["link_says_nothing"]


def test_a_link_to_a_page_that_is_not_live_is_warned_of_without_its_title(home):
    draft = builders.add_standard_page(home, "A secret plan", slug="secret", live=False)
    past = builders.add_standard_page(
        home, "Too late", slug="late", expire_at=timezone.now() - timedelta(hours=1)
    )
    live = builders.add_standard_page(home, "About", slug="about", body=to(draft.pk))
    (found,) = find(live)
    assert found.severity is Severity.WARNING
    assert found.message == (
        "The link “our plans” leads to a page that nobody can read yet. Until it is live the words "
        "stand there without a link."
    )
    live.body = to(past.pk)
    assert [each.rule for each in find(live)] == ["link_is_not_live_yet"]
    live.body = to(home.pk)
    assert find(live) == []


def test_a_draft_may_link_to_itself(home):
    draft = builders.add_standard_page(home, live=False)
    draft.body = to(draft.pk)
    assert find(draft) == []


def test_a_link_to_a_page_that_was_deleted_is_refused(home):
    other = builders.add_standard_page(home, "Other", slug="other")
    page = builders.add_standard_page(
        home,
        body=[
            *to(other.pk),
            ("links", {"heading": "Read on", "links": [{"text": "Other", "page": other}]}),
        ],
    )
    assert find(page) == []
    other.delete()
    page = Page.objects.get(pk=page.pk).specific
    assert [(each.rule, each.path) for each in find(page)] == [
        ("link_to_what_is_gone", (0,)),
        ("link_leads_nowhere", (1, "links", 0, "text")),
    ]


def test_a_file_that_was_deleted_is_refused():
    document = builders.add_document()
    link = f'<p>See <a linktype="document" id="{document.pk}">the plan</a>.</p>'
    article = ArticlePage(title="A", slug="a", summary="S.", body=[("text", link)])
    assert find(article) == []
    document.delete()
    assert [each.rule for each in find(article)] == ["link_to_what_is_gone"]


def test_two_links_with_one_text_to_different_places_are_warned_of():
    link = '<p><a href="https://example.org/{}">The plan</a></p>'
    body = [("text", link.format(address)) for address in ("a", "a/", "b")]
    (found,) = find(ArticlePage(title="A", slug="a", summary="S.", body=body))
    assert (found.rule, found.severity, found.path) == (
        "links_with_one_text",
        Severity.WARNING,
        (2,),
    )


def test_a_picture_in_rich_text_is_judged_too():
    embed = '<embed embedtype="image" id="1" format="left" alt="IMG_1234"/>'
    article = ArticlePage(title="A", slug="a", summary="S.", notes_to_editors=embed)
    assert [each.rule for each in find(article)] == ["alt_is_a_file_name"]
    article.notes_to_editors = embed.replace("IMG_1234", "")
    assert find(article) == []


def test_a_thing_may_have_something_to_say_of_its_own(monkeypatch):
    own = Finding("closed", Severity.REFUSAL, "closes_on", (), "Closing date", "Give a day.")
    monkeypatch.setattr(ArticlePage, "gate_findings", lambda self: [own], raising=False)
    assert find(ArticlePage(title="A", slug="a", summary="S.")) == [own]


def test_refusals_come_first():
    words = "<p>It will open in March 2024.</p><p>TBC</p>"
    found = find(ArticlePage(title="A", slug="a", summary="", body=[("text", words)]))
    assert [each.severity for each in found] == [Severity.REFUSAL] * 2 + [Severity.WARNING]
    assert refusals(found) == found[:2]


def test_every_block_there_is_passes_and_is_read_in_few_queries():
    whole_site.build()
    page = Page.objects.get(slug="better-buses").specific
    Site.get_site_root_paths()  # which Wagtail keeps for an hour
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = find(page)
    assert found == []
    assert len(queries) == 14, [query["sql"][:90] for query in queries]


def test_more_links_take_no_more_queries(home, django_assert_max_num_queries):
    links = "".join(to(home.pk, f"part {number}")[0][1] for number in range(50))
    page = builders.add_standard_page(home, body=[("text", links), ("text", links)])
    with django_assert_max_num_queries(3):
        find(page)


def panel(thing, rf) -> str:
    return FindingsSidePanel(thing, rf.get("/")).render_html({})


def test_the_panel_lists_what_to_mend_before_what_to_look_at(rf):
    words = "<p>It will open in March 2024, at [name].</p>"
    html = panel(ArticlePage(title="A", slug="a", summary="S.", body=[("text", words)]), rf)
    refused = html.index("To mend before it can go out (1)")
    assert refused < html.index("“[name]” looks unfinished") < html.index("To look at (1)")
    assert "Body, 1: Text" in html
    assert html.count("<li>") == 2


def test_the_panel_says_so_where_there_is_nothing_to_mend(rf):
    html = panel(ArticlePage(title="A", slug="a", summary="S."), rf)
    assert "Nothing to mend." in html
    assert "<ul" not in html


def test_the_panel_escapes_what_was_typed(rf):
    html = panel(ArticlePage(title="[<i>name</i>] TBC {{ <script> }}", slug="a", summary="S."), rf)
    assert "{{ &lt;script&gt; }}" in html
    assert "<script>" not in html


def test_the_toggle_of_the_panel_counts_what_is_refused(rf):
    side_panel = FindingsSidePanel(ArticlePage(title="TBC", slug="a", summary=""), rf.get("/"))
    assert side_panel.toggle.get_context_data({})["count"] == 2
