import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From left to right: a room imports only from rooms to its left.
WING = [
    "uk_time",
    "visitors",
    "permissions",
    "mail",
    "audit",
    "ownership",
    "lifecycle",
    "checks",
    "comparison",
    "publishable",
    "embargo",
    "approval",
    "scheduling",
    "saving",
    "desk",
]
LAYERS = [
    "emca_site.accounts",
    "emca_site.uploads",
    "emca_site.media",
    *(f"emca_site.publishing.{room}" for room in WING),
    *(
        f"emca_site.{room}"
        for room in (
            "colours",
            "site_version",
            "numbers",
            "charts",
            "open_data",
            "figures",
            "text",
            "core",
            "banners",
            "councils",
            "search",
            "feedback",
            "progress",
        )
    ),
    "priorities",
    "news",
    "home",
    "site_setup",
    "demo",
]


LABELS = {layer.rpartition(".")[2]: layer for layer in LAYERS}  # of the Django apps


def python_files(layer: str) -> list[Path]:
    return sorted(ROOT.joinpath(*layer.split(".")).rglob("*.py"))


def imported_modules(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The line and the name of everything that a module imports, late look-ups included."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from ((node.lineno, alias.name) for alias in node.names)
            case ast.ImportFrom(level=0):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
                yield from ((node.lineno, module) for module in looked_up(name, node))


def looked_up(function: str, call: ast.Call) -> Iterator[str]:
    """The modules that a call of `get_model` or `import_string` names."""
    given = [each.value for each in call.args if isinstance(each, ast.Constant)]
    if not given or not isinstance(given[0], str):
        return
    if function in ("import_string", "import_module"):
        yield given[0]
    elif function == "get_model":
        label = given[0].partition(".")[0]
        yield LABELS.get(label, label)


def late_queries(tree: ast.Module) -> list[int]:
    """The lines that ask a model for its rows by way of a field that leads to it."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "related_model"
    ]


def wrong_imports(layer: str, path: Path, text: str) -> list[str]:
    """Where a file of a layer imports from a layer to its right: file, line and module."""
    above = LAYERS[LAYERS.index(layer) + 1 :]
    return [
        f"{path}:{line} imports {module}"
        for line, module in imported_modules(ast.parse(text))
        if any(f"{module}.".startswith(f"{upper}.") for upper in above)
    ]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_never_imports_one_to_its_right(layer):
    wrong = [
        each
        for path in python_files(layer)
        if "migrations" not in path.parts  # foreign keys lead anywhere, by name
        for each in wrong_imports(layer, path.relative_to(ROOT), path.read_text())
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "line",
    [
        "from emca_site.publishing.desk import viewsets",
        "import news.models",
        'apps.get_model("news", "ArticlePage")',
        'get_model("news.ArticlePage")',
        'import_string("emca_site.publishing.approval.mails.submitted")',
    ],
)
def test_every_way_to_import_from_the_right_is_found_with_file_and_line(line):
    (found,) = wrong_imports("emca_site.media", Path("emca_site/media/x.py"), f"\n\n{line}\n")
    assert found.startswith("emca_site/media/x.py:3 imports ")


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_asks_for_rows_by_way_of_a_field(layer):
    late = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in python_files(layer)
        for line in late_queries(ast.parse(path.read_text()))
    ]
    assert not late, "\n".join(late)


def test_every_room_stands_in_the_order():
    rooms = {path.parent for path in ROOT.joinpath("emca_site").rglob("__init__.py")}
    tops = {path for path in rooms if path.parent.name in ("emca_site", "publishing")}
    names = {".".join(path.relative_to(ROOT).parts) for path in tops} - {"emca_site.publishing"}
    assert names == {layer for layer in LAYERS if layer.startswith("emca_site.")}


@pytest.mark.parametrize("layer", LAYERS)
def test_no_import_is_written_relative_so_that_every_one_is_seen(layer):
    for path in python_files(layer):
        nodes = ast.walk(ast.parse(path.read_text()))
        relative = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level]
        assert not relative, path
