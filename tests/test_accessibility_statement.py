"""The accessibility statement: the words that the law fixes, drawn with a register of issues."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from re import sub

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import strip_tags

from emca_site.publishing.uk_time.months import months_after
from home.models import AccessibilityStatementPage, KnownIssue
from tests import builders

REGULATIONS = (
    "the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility "
    "Regulations 2018"
)
FIXED_WORDS = [
    "This accessibility statement applies to the website of Westerly Combined Authority.",
    "This website is run by Westerly Combined Authority. We want as many people as possible to be "
    "able to use this website.",
    "The Equality and Human Rights Commission (EHRC) is responsible for enforcing "
    f"{REGULATIONS} (the ‘accessibility regulations’). If you’re not happy with how we respond "  # noqa: RUF001
    "to your complaint, contact the Equality Advisory and Support Service (EASS).",
    "Westerly Combined Authority is committed to making its website accessible, in accordance "
    f"with {REGULATIONS}.",
]
STANDARD = "compliant with the Web Content Accessibility Guidelines version 2.2 AA standard"


@pytest.fixture
def statement(home, site_settings):
    site_settings.name = "Westerly Combined Authority"
    site_settings.access_contact = builders.add_contact(name="Help", email="access@example.org")
    site_settings.save()
    return builders.add_accessibility_statement(home)


def html(client, statement) -> str:
    return client.get(statement.url).content.decode().split("<main")[1].split("</main>")[0]


def words(client, statement) -> str:
    return sub(r"\s+", " ", unescape(strip_tags(html(client, statement)[1:])))


def today() -> date:
    return timezone.localdate()


def test_what_the_law_fixes_is_there_word_for_word(client, statement):
    said = words(client, statement)
    for sentence in FIXED_WORDS:
        assert sentence in said
    assert 'href="https://www.equalityadvisoryservice.com/"' in html(client, statement)


def test_each_section_of_the_sample_is_there_in_order_with_its_place_in_the_contents(
    client, statement
):
    page = html(client, statement)
    places = [page.index(f'<h2 id="{part.anchor}">{part.text}</h2>') for part in statement.SECTIONS]
    assert places == sorted(places)
    assert all(f'href="#{part.anchor}"' in page for part in statement.SECTIONS)


@pytest.mark.parametrize(
    ("compliance", "kinds", "sentence"),
    [
        ("fully", [], f"This website is fully {STANDARD}."),
        ("partially", [], f"This website is partially {STANDARD}."),
        ("partially", ["limit"], f"This website is partially {STANDARD}."),
        (
            "partially",
            ["failure"],
            f"This website is partially {STANDARD}, due to the non-compliances listed below.",
        ),
        (
            "partially",
            ["scope"],
            f"This website is partially {STANDARD}, due to the exemptions listed below.",
        ),
        (
            "partially",
            ["burden", "failure"],
            f"This website is partially {STANDARD}, due to the non-compliances and exemptions "
            "listed below.",
        ),
        ("not", [], f"This website is not {STANDARD}."),
        (
            "not",
            ["failure"],
            f"This website is not {STANDARD}. The non-compliances are listed below.",
        ),
    ],
)
def test_the_status_is_one_of_three_fixed_sentences(client, statement, compliance, kinds, sentence):
    for kind in kinds:
        builders.add_known_issue(statement, kind=kind)
    AccessibilityStatementPage.objects.update(compliance=compliance)
    assert sentence in words(client, statement)


def test_an_issue_shows_everything_that_somebody_it_stops_needs(client, statement):
    builders.add_known_issue(
        statement,
        work_around="Read the text above it.",
        found_on=date(2026, 3, 2),
        fix_by=today() + timedelta(days=1),
    )
    said = words(client, statement)
    for part in (
        "A table has no headers",
        "1.3.1 Info and Relationships",
        "It is read out without its columns.",
        "One news story",
        "People who use a screen reader",
        "Read the text above it.",
        "2 March 2026",
        "We will fix it by",
        "Open",
        "We know of 1 thing to put right.",
    ):
        assert part in said, part


@pytest.mark.parametrize(("days", "is_overdue"), [(1, False), (0, False), (-1, True)])
def test_a_passed_date_to_fix_is_shown_as_passed(client, statement, days, is_overdue):
    builders.add_known_issue(statement, fix_by=today() + timedelta(days=days))
    said = words(client, statement)
    assert ("That date has passed." in said) == is_overdue
    assert ("Date to fix has passed" in said) == is_overdue
    assert ("The date to fix it has passed." in said) == is_overdue
    assert ("We will fix it by" in said) != is_overdue


def test_what_is_fixed_stands_last_and_is_no_longer_a_reason(client, statement):
    builders.add_known_issue(
        statement, title="Mended", fix_by=date(2026, 1, 1), fixed_on=today(), sort_order=0
    )
    builders.add_known_issue(statement, title="Broken", kind="failure", sort_order=1)
    page = html(client, statement)
    assert page.index("Broken") < page.index("Mended")
    assert "Fixed on" in page
    assert "Date to fix has passed" not in page
    assert "That date has passed" not in page
    KnownIssue.objects.filter(title="Broken").delete()
    AccessibilityStatementPage.objects.update(compliance="partially")
    assert f"partially {STANDARD}." in words(client, statement)
    assert "We know of nothing that is still to put right." in words(client, statement)


def test_each_kind_stands_under_its_own_heading(client, statement):
    for kind in ("failure", "burden", "scope", "limit"):
        builders.add_known_issue(statement, title=f"One {kind}", kind=kind, criterion="9.9.9")
    page = html(client, statement)
    order = [
        "Non-compliance with the accessibility regulations",
        "One failure",
        "Disproportionate burden",
        "One burden",
        "not within the scope",
        "One scope",
        "Other limits",
        "One limit",
        "None broken; near 9.9.9",
    ]
    assert [page.index(part) for part in order] == sorted(page.index(part) for part in order)


def test_a_drafted_issue_is_not_public_until_the_page_is_published(client, statement):
    draft = statement.get_latest_revision_as_object()
    draft.known_issues = [
        KnownIssue(title="Secret", problem="P.", where="W.", affects="A.", criterion="1.1.1")
    ]
    revision = draft.save_revision()
    assert "Secret" not in html(client, statement)
    assert not KnownIssue.objects.exists()
    revision.publish()
    assert "Secret" in html(client, statement)


def test_a_preview_shows_the_issues_as_typed(rf, statement):
    draft = statement.get_latest_revision_as_object()
    draft.known_issues = [KnownIssue(title="Typed", problem="P.", where="W.", affects="A.")]
    answer = draft.make_preview_request(rf.get("/"))
    assert "Typed" in answer.render().content.decode()


@pytest.mark.parametrize(
    ("model", "fields", "named"),
    [
        (AccessibilityStatementPage, {"reviewed_on": date(2000, 1, 1)}, "reviewed_on"),
        (AccessibilityStatementPage, {"tested_by": "A firm"}, "tested_on"),
        (KnownIssue, {"kind": "failure", "criterion": ""}, "criterion"),
        (KnownIssue, {"fixed_on": date(2000, 1, 1)}, "fixed_on"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(statement, model, fields, named):
    thing = (
        statement if model is AccessibilityStatementPage else builders.add_known_issue(statement)
    )
    for name, value in fields.items():
        setattr(thing, name, value)
    with pytest.raises(ValidationError) as refused:
        thing.full_clean()
    assert set(refused.value.message_dict) == {named}


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 23), 11, date(2027, 10, 23)),
        (date(2026, 3, 31), 11, date(2027, 2, 28)),
        (date(2027, 3, 31), 11, date(2028, 2, 29)),
        (date(2026, 1, 31), 11, date(2026, 12, 31)),
    ],
)
def test_months_are_counted_as_people_do(day, months, after):
    assert months_after(day, months) == after


def at(monkeypatch, day: date):
    monkeypatch.setattr(timezone, "now", lambda: datetime(*day.timetuple()[:3], 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "is_due"), [(date(2027, 10, 22), False), (date(2027, 10, 23), True)]
)
def test_the_desk_asks_for_a_review_after_eleven_months(
    client, admin, statement, monkeypatch, day, is_due
):
    AccessibilityStatementPage.objects.update(reviewed_on=date(2026, 11, 23))
    at(monkeypatch, day)
    client.force_login(admin)
    for address in ("/admin/", f"/admin/pages/{statement.pk}/edit/"):
        said = client.get(address).content.decode()
        assert ("It was last reviewed on 23 November 2026" in said) == is_due, address


def test_the_desk_says_when_a_date_to_fix_has_passed(desk, statement):
    issue = builders.add_known_issue(statement, fix_by=today())
    quiet = desk.get("/admin/").content.decode()
    assert "Accessibility statement: to see to" not in quiet
    KnownIssue.objects.update(fix_by=today() - timedelta(days=1))
    for address in ("/admin/", f"/admin/pages/{statement.pk}/edit/"):
        assert "“A table has no headers” was to be fixed by" in desk.get(address).content.decode()
    KnownIssue.objects.filter(pk=issue.pk).update(fixed_on=today())
    assert "was to be fixed by" not in desk.get("/admin/").content.decode()


def test_the_desk_says_when_the_status_and_the_register_disagree(desk, statement):
    AccessibilityStatementPage.objects.update(compliance="fully")
    builders.add_known_issue(statement)
    assert "and the register below says otherwise" in desk.get("/admin/").content.decode()


def test_the_desk_is_quiet_about_other_pages_and_without_a_statement(desk, home):
    page = builders.add_standard_page(home)
    assert "last reviewed" not in desk.get("/admin/").content.decode()
    assert "last reviewed" not in desk.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_the_form_adds_an_issue_and_ties_its_errors_to_it(desk, statement, approving):
    form = {
        "title": "Accessibility statement",
        "slug": "accessibility-statement",
        "summary": "S.",
        "compliance": "partially",
        "prepared_on": "2026-11-23",
        "reviewed_on": "2026-11-23",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "known_issues-TOTAL_FORMS": "1",
        "known_issues-INITIAL_FORMS": "0",
        "known_issues-0-title": "A table",
        "known_issues-0-kind": "failure",
        "known_issues-0-problem": "P.",
        "known_issues-0-where": "W.",
        "known_issues-0-affects": "A.",
        "known_issues-0-found_on": "2026-11-23",
        "known_issues-0-ORDER": "1",
        "change_size": "small",
        "action-submit": "1",
    }
    form |= dict.fromkeys(AccessibilityStatementPage.RICH_TEXTS, "null")
    address = f"/admin/pages/{statement.pk}/edit/"
    refused = desk.post(address, form)
    assert b"Name the criterion that it breaks." in refused.content
    assert not KnownIssue.objects.exists()
    form |= {"known_issues-0-criterion": "1.3.1"}
    assert desk.post(address, form).status_code == 302
    approving()
    assert KnownIssue.objects.get().criterion == "1.3.1"


def test_there_is_one_statement_directly_below_the_home_page():
    assert AccessibilityStatementPage.max_count == 1
    assert AccessibilityStatementPage.subpage_types == []


def test_set_up_makes_it_at_its_address_and_claims_nothing(client, db):
    call_command("setup_site")
    page = AccessibilityStatementPage.objects.get()
    assert page.get_url_parts()[2] == "/accessibility-statement/"
    assert page.compliance == "not"
    assert page.reminders == []
    assert page.prepared_on == today()


def test_the_footer_leads_to_it(client, statement):
    footer = client.get("/").content.decode().split("<footer")[1]
    assert 'href="/accessibility-statement/"' in footer
