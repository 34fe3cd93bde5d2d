"""What a later Django or Wagtail takes away is used nowhere, so that the next version starts."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["emca_site", "priorities", "news", "home", "tests"]
GOING = {
    "wagtail.admin.api": "Wagtail 8.1 has another admin API, and these were never documented",
    "wagtail.images.api.admin": "gone in Wagtail 8.1",
    "wagtail.documents.api.admin": "gone in Wagtail 8.1",
    "django.core.mail.get_connection": "deprecated by Django 6.1",
}


def names_used(path: Path) -> set[str]:
    """Everything that a module imports, and what it asks of a module that it imported."""
    tree = ast.parse(path.read_text())
    found, modules = set(), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
            modules |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = {
                alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names
            }
            found |= set(names.values())
            modules |= names
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{modules.get(node.value.id, node.value.id)}.{node.attr}")
    return found


@pytest.mark.parametrize("going", GOING)
def test_nothing_is_used_that_is_going(going):
    using = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in ROOT.joinpath(room).rglob("*.py")
        if any(f"{name}.".startswith(f"{going}.") for name in names_used(path))
    ]
    assert using == [], GOING[going]
