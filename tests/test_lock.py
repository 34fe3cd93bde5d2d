"""The locks say what pyproject.toml says, and nothing about where a package comes from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Each locked requirement with its hashes; its lines are joined by backslashes."""
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    return [
        (Requirement(line.split(" --hash=")[0]), re.findall(r"--hash=(sha256:[0-9a-f]{64})", line))
        for line in lines
    ]


def versions(lock: str) -> dict[str, set[str]]:
    """A package may be locked twice, with markers that exclude each other."""
    found: dict[str, set[str]] = {}
    for requirement, _ in entries(lock):
        version = str(requirement.specifier).removeprefix("==")
        found.setdefault(canonicalize_name(requirement.name), set()).add(version)
    return found


def named(lock: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = list(project["project"]["dependencies"])
    if lock == "requirements-dev.txt":
        names += project["dependency-groups"]["dev"]
    return [Requirement(name) for name in names]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked_within_its_range(lock):
    locked = versions(lock)
    for requirement in named(lock):
        found = locked.get(canonicalize_name(requirement.name), set())
        assert found, f"{requirement.name} is not in {lock}: make lock"
        assert all(version in requirement.specifier for version in found), (requirement, found)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(lock):
    for requirement, hashes in entries(lock):
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
        assert hashes, requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock):
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|\bindex-url\b|\bfind-links\b|@ |^-", text, re.MULTILINE)


def test_tests_run_on_what_is_served():
    development = versions("requirements-dev.txt")
    for name, locked in versions("requirements.txt").items():
        assert development.get(name) == locked, name


def test_wagtail_is_8_0():
    assert all(version.startswith("8.0.") for version in versions("requirements.txt")["wagtail"])


def test_no_lock_that_records_addresses_is_kept():
    assert not [path.name for path in ROOT.iterdir() if path.name in {"uv.lock", "poetry.lock"}]
