"""`docs/upgrading.md` lists what is used beyond the documentation, no more and no less."""

import re
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from tests import wagtails_inside
from tests.wagtails_inside import LIBRARIES, ROOT, Uses

PAPER = ROOT / "docs" / "upgrading.md"
HEADINGS = {
    "Imports from Wagtail",
    "Imports from Django, Willow and django-modelcluster",
    "Private attributes and methods",
    "Classes of the libraries that are changed at run time",
    "Templates that replace Wagtail's",
    "Templates of Wagtail's that ours are built on",
    "Names of Wagtail's addresses and tables",
    "Names in Wagtail's JavaScript",
}


def rows(heading: str) -> list[list[list[str]]]:
    """The table below a heading: for each row the texts in code style of each cell."""
    section = re.split(rf"^## {re.escape(heading)}$", PAPER.read_text(), flags=re.MULTILINE)[1]
    lines = re.split(r"^## ", section, flags=re.MULTILINE)[0].splitlines()
    table = [line for line in lines if line.startswith("| `")]
    return [[re.findall(r"`([^`]+)`", cell) for cell in line.split(" | ")] for line in table]


def compare(listed: list[list[list[str]]], used: Uses) -> None:
    """Every name and every file in both; a folder stands for the files in it."""
    missing = {
        f"{name} in {path}"
        for name, paths in used.items()
        for path in paths
        if not any(name in names and path.startswith(tuple(places)) for names, places, *_ in listed)
    }
    assert missing == set(), "used, and not in docs/upgrading.md"
    unused = {name for names, *_ in listed for name in names} - set(used)
    assert unused == set(), "in docs/upgrading.md, and used nowhere"
    for names, places, *_ in listed:
        paths = [path for name in names for path in used[name]]
        for place in places:
            assert any(path.startswith(place) for path in paths), f"{place} uses none of {names}"


@pytest.mark.parametrize(
    ("heading", "is_wagtails"),
    [
        ("Imports from Wagtail", True),
        ("Imports from Django, Willow and django-modelcluster", False),
    ],
)
def test_every_undocumented_import_is_listed(heading, is_wagtails):
    found = wagtails_inside.undocumented_imports()
    compare(
        rows(heading),
        {name: at for name, at in found.items() if name.startswith("wagtail.") == is_wagtails},
    )


def test_every_private_name_is_listed():
    compare(rows("Private attributes and methods"), wagtails_inside.private_names())


def test_every_class_that_is_changed_is_listed():
    assert get_resolver().url_patterns  # everything that changes a class is loaded
    found = wagtails_inside.replaced_attributes(dict(sys.modules))
    compare(rows("Classes of the libraries that are changed at run time"), found)


def test_only_wagtails_mail_is_taken_from_its_signals():
    assert wagtails_inside.disconnected_receivers() == {
        "emca_site/publishing/approval/wagtail_mail.py"
    }


def test_every_template_that_replaces_one_is_listed():
    folders = [
        Path(app.path) / "templates"
        for app in apps.get_app_configs()
        if app.module.__name__.split(".")[0] in LIBRARIES
    ]
    found = wagtails_inside.templates_of_libraries(folders)
    listed = {name for names, *_ in rows("Templates that replace Wagtail's") for name in names}
    assert listed == found


def test_every_template_that_ours_are_built_on_is_listed():
    compare(
        rows("Templates of Wagtail's that ours are built on"), wagtails_inside.templates_built_on()
    )


def test_every_name_of_an_address_is_listed():
    compare(rows("Names of Wagtail's addresses and tables"), wagtails_inside.url_names())


def test_every_name_in_a_script_is_listed():
    compare(rows("Names in Wagtail's JavaScript"), wagtails_inside.script_names())


def test_each_row_names_a_test_that_exists_and_a_risk():
    for heading in HEADINGS:
        assert rows(heading), heading
        for row in rows(heading):
            assert row[-2], (heading, row[0])
            for path in row[-2]:
                assert (ROOT / path).is_file(), path
    lines = [line for line in PAPER.read_text().splitlines() if line.startswith("| `")]
    assert all(line.endswith(("| low |", "| medium |", "| high |")) for line in lines)
