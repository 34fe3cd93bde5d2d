import ast
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
    "emca_site.media",
    *(f"emca_site.publishing.{room}" for room in WING),
    *(
        f"emca_site.{room}"
        for room in (
            "numbers",
            "charts",
            "open_data",
            "figures",
            "core",
            "banners",
            "councils",
            "search",
            "feedback",
        )
    ),
    "priorities",
    "news",
    "home",
    "demo",
]


def imported_modules(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    absolute = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0]
    return plain | {f"{node.module}.{alias.name}" for node in absolute for alias in node.names}


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_never_imports_one_above_it(layer):
    above = LAYERS[LAYERS.index(layer) + 1 :]
    for path in ROOT.joinpath(*layer.split(".")).rglob("*.py"):
        for module in imported_modules(path):
            assert not any(f"{module}.".startswith(f"{upper}.") for upper in above), (path, module)


@pytest.mark.parametrize("layer", LAYERS)
def test_no_import_is_written_relative_so_that_every_one_is_seen(layer):
    for path in ROOT.joinpath(*layer.split(".")).rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text()))
        relative = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level]
        assert not relative, path
