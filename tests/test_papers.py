"""The papers for contributors lead where they say, and name what is there."""

import re
from pathlib import Path

import pytest
import yaml

from tests.test_layers import LAYERS

ROOT = Path(__file__).resolve().parent.parent
PAPERS = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted(ROOT.joinpath("docs").glob("*.md"))]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"

IDS = {paper: paper.relative_to(ROOT).as_posix() for paper in PAPERS}


def anchors(paper: Path) -> set[str]:
    """The ids that the forge gives to the headings of a paper."""
    headings = re.findall(r"^#+ (.+)$", paper.read_text(), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("paper", PAPERS, ids=IDS.get)
def test_every_link_to_a_file_leads_to_it_and_to_its_heading(paper):
    for target in re.findall(r"\]\(([^)\s]+)\)", paper.read_text()):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (paper.parent / path).resolve() if path else paper
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_every_function_stands_in_the_file_that_is_named_beside_it():
    beside = re.findall(
        r"`(?:\w+\.)?(\w+)\(\w*\)`,?(?: in)? \(?\[`[^`]+`\]\(\.\./([^)]+\.py)\)",
        " ".join(ARCHITECTURE.read_text().split()),
    )
    assert len(beside) > 8
    for name, path in beside:
        assert re.search(rf"def {name}\(", (ROOT / path).read_text()), (name, path)


def test_the_plan_has_every_room_in_its_order():
    rooms = [layer.removeprefix("emca_site.").replace(".", "/") for layer in LAYERS]
    table = re.findall(r"^\| `([a-z_/]+)` \|", ARCHITECTURE.read_text(), re.MULTILINE)
    assert table == rooms
    (picture,) = re.findall(r"```mermaid\n(.+?)```", ARCHITECTURE.read_text(), re.DOTALL)
    drawn = re.findall(r"\b[a-z_]{4,}\b", " ".join(re.findall(r"^.*-->.*$", picture, re.MULTILINE)))
    assert set(drawn) == {room.split("/")[-1] for room in rooms} | {"publishing"}


def test_the_forge_runs_what_a_merge_needs_and_looks_ahead_without_stopping_anybody():
    jobs = yaml.safe_load(WORKFLOW.read_text())["jobs"]
    (command,) = [step["run"] for step in jobs["test"]["steps"] if "run" in step]
    assert command.startswith("make test ")
    assert not jobs["test"].get("continue-on-error")
    assert jobs["newest"]["continue-on-error"] is True
