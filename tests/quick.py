"""The tests of what changed since the branch began: layers, statements and the rooms that changed.

First come the files that import a changed module or a name that it defines, then those of its room,
those that import little else before the others, as many as a minute has room for. `make test` runs
the rest.
"""

import ast
import subprocess
from pathlib import Path

from tests.test_layers import LAYERS, ROOT, imported_modules

ALWAYS = [
    "tests/test_layers.py",
    "tests/test_words.py",
    "tests/test_statements.py::test_a_page_asks_the_database_at_most_twelve_things",
]
MOST_FILES = 6  # beside those above: about a minute's worth
# Helpers that nearly every test imports say nothing about which tests matter.
COMMON = {"tests.builders", "tests.desk_site", "tests.conftest"}


def changed_files() -> list[str]:
    """Paths that differ from where this branch left the main one, committed or not."""
    bases = [git("merge-base", "HEAD", name) for name in ("origin/main", "main")]
    base = next((base for base in bases if base), "HEAD")
    tracked = git("diff", "--name-only", base).splitlines()
    return sorted({*tracked, *git("ls-files", "--others", "--exclude-standard").splitlines()})


def git(*words: str) -> str:
    answer = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.strip()


def module_of(path: str) -> str:
    """The module of a Python file, or the room that a template or a style belongs to."""
    parts = Path(path).with_suffix("").parts
    if path.endswith(".py"):
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    if parts[0] == "templates" and len(parts) > 2:
        return next((each for each in LAYERS if each.split(".")[-1] == parts[1]), "")
    return ""


def room_of(module: str) -> str:
    return next((room for room in LAYERS if f"{module}.".startswith(f"{room}.")), "")


def defined_in(path: str) -> set[str]:
    """The names that a module defines, as they may be imported from the packages above it."""
    if not path.endswith(".py") or not (ROOT / path).exists():
        return set()
    nodes = ast.parse((ROOT / path).read_text()).body
    return {node.name for node in nodes if isinstance(node, ast.ClassDef | ast.FunctionDef)}


def names_imported(file: Path) -> set[str]:
    return {name for _, name in imported_modules(ast.parse(file.read_text()))}


def tests_for(changed: list[str]) -> tuple[list[str], int]:
    """The test files to run, most to the point first, and how many more there would be."""
    modules = {module_of(path) for path in changed} - {"", *COMMON}
    rooms = {room_of(module) for module in modules} - {""}
    names = set().union(*(defined_in(path) for path in changed if not path.startswith("tests/")))
    own = [path for path in changed if is_test(path) and (ROOT / path).exists()]
    ranks = {}
    for file in sorted((ROOT / "tests").glob("test_*.py")):
        imported = [
            each for each in names_imported(file) if room_of(each) or is_below(each, modules)
        ]
        of_rooms = [each for each in imported if room_of(each) in rooms]
        near = [each for each in imported if is_below(each, modules)]
        near += [each for each in of_rooms if each.rpartition(".")[2] in names]
        if near or of_rooms:
            # What is about the room imports little else.
            share = len(of_rooms) / len(imported)
            ranks[str(file.relative_to(ROOT))] = (not near, -share)
    found = sorted(ranks, key=ranks.get)
    files = [file for file in dict.fromkeys([*own, *found]) if file not in ALWAYS]
    return [*ALWAYS, *files[:MOST_FILES]], len(files[MOST_FILES:])


def is_below(name: str, modules: set[str]) -> bool:
    """Whether a dotted name is one of these modules, or in one."""
    return any(f"{name}.".startswith(f"{module}.") for module in modules)


def is_test(path: str) -> bool:
    return path.startswith("tests/test_") and path.endswith(".py")
