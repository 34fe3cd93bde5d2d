"""Fills the accessibility statement and its register of known issues."""

from demo.rich_text import rich_text
from home.models import AccessibilityStatementPage, KnownIssue


def fill_accessibility_statement(page: AccessibilityStatementPage, words: dict) -> None:
    tests = words["tests"]
    page.title = words["title"]
    page.summary = words["summary"]
    page.applies_to = words["scope"]["applies_to"]
    page.run_by = words["scope"]["run_by"]
    page.coverage = rich_text(words["scope"]["text"])
    page.how_accessible = rich_text(words["how_accessible"])
    page.other_formats = rich_text(words["other_formats"])
    page.compliance = words["compliance"]["status"]
    page.compliance_note = rich_text(words["compliance"]["reason"])
    page.burden_note = rich_text(words["disproportionate_burden"])
    page.scope_note = rich_text(words["out_of_scope"])
    page.improving = rich_text(words["improving"])
    page.prepared_on = tests["prepared_on"]
    page.reviewed_on = tests["reviewed_on"]
    page.tested_on = tests["last_full_test_on"]
    page.tested_by = tests["tested_by"]
    page.test_approach = rich_text(tests["method"])
    page.known_issues = [_issue(issue) for issue in words["known_issues"]]


def _issue(words: dict) -> KnownIssue:
    names = ("title", "kind", "problem", "where", "affects", "work_around", "found_on", "fix_by")
    return KnownIssue(
        **{name: words[name] for name in names},
        criterion=words["criterion"] or words["near_criterion"] or "",
        fixed_on=words.get("fixed_on"),
    )
