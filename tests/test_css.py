"""The style sheets: what they style is there, and what they name is defined."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
MARKUP = "\n".join(
    path.read_text()
    for folder in ("templates", "static/js", "emca_site", "priorities", "news", "home")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".html", ".js", ".py", ".svg"}
)
STYLE = {
    path.name: re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    for path in sorted((ROOT / "static/css").glob("*.css"))
}
WAGTAILS = ("w-", "--w-", "sidebar")


def is_in_markup(name: str) -> bool:
    """Whether the name stands there whole, or begins one that a template or a module completes."""
    starts = [name[: end + 1] for end, letter in enumerate(name) if letter == "-"]
    whole = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    begun = "|".join(rf"(?<![\w-]){re.escape(start)}\{{" for start in starts)
    return bool(re.search(f"{whole}|{begun}" if begun else whole, MARKUP))


@pytest.mark.parametrize("sheet", STYLE)
def test_every_class_that_is_styled_is_in_some_markup(sheet):
    names = set(re.findall(r"\.([a-zA-Z][\w-]*)(?=[\s,:.{>)\[+~])", STYLE[sheet]))
    assert not [n for n in sorted(names) if not n.startswith(WAGTAILS) and not is_in_markup(n)]


def test_every_property_that_is_used_is_defined_and_every_defined_one_used():
    everything = "\n".join([*STYLE.values(), MARKUP, settings.PALETTE.css])
    used = set(re.findall(r"var\((--[\w-]+)", everything))
    defined = set(re.findall(r"(--[\w-]+)\s*:", everything))
    assert not [name for name in sorted(used ^ defined) if not name.startswith(WAGTAILS)]


def test_every_script_is_loaded_by_something():
    scripts = [path.name for path in sorted((ROOT / "static/js").glob("*.js"))]
    assert scripts
    assert not [name for name in scripts if f"js/{name}" not in MARKUP]
