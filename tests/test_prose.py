"""Docstrings are sentences that an outside maintainer understands at one reading."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ["emca_site", "priorities", "news", "home", "site_setup", "demo", "tests"]
# A docstring that begins like this has no subject and no verb.
FRAGMENTS = ("Of ", "Those ", "The same", "As ", "Nothing ", "In ")


def docstrings(path: Path) -> list[tuple[int, str]]:
    """The line and the text of every docstring in a file."""
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, documented)]
    found = [(getattr(node, "lineno", 1), ast.get_docstring(node)) for node in nodes]
    return [(line, text) for line, text in found if text]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_docstring_is_a_fragment(folder):
    files = [path for path in ROOT.joinpath(folder).rglob("*.py") if "migrations" not in path.parts]
    assert files
    fragments = [
        f"{path.relative_to(ROOT)}:{line} {text.splitlines()[0]}"
        for path in files
        for line, text in docstrings(path)
        if text.startswith(FRAGMENTS)
    ]
    assert not fragments, "\n".join(fragments)
