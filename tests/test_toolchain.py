"""What `make` would do on machines that are not like this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKE = shutil.which("make") or "make"
TOOLS = ["sh", "test", "rm", "mv", "touch", "awk", "echo", "find"]
NEW_PYTHON = f'exec "{sys.executable}" "$@"'
OLD_PYTHON = "exit 1"  # what the Makefile asks of a Python, one that is too old answers so
PYTHON_WITHOUT_ENSUREPIP = f'case "$2" in *ensurepip*) exit 1;; esac; {NEW_PYTHON}'


@pytest.fixture
def machine(tmp_path):
    """Makes a machine with only the programs named, and gives what `make` does on it."""
    tools, project = tmp_path / "bin", tmp_path / "a project"
    tools.mkdir()
    project.mkdir()
    for name in ["Makefile", "requirements.txt", "requirements-dev.txt"]:
        shutil.copy(ROOT / name, project)
    for name in TOOLS:
        if path := shutil.which(name):
            (tools / name).symlink_to(path)

    def make(*arguments: str, **programs: str) -> subprocess.CompletedProcess:
        for name, script in programs.items():
            path = tools / name.replace("_", ".")
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        return subprocess.run(
            [MAKE, *arguments],
            cwd=project,
            env={"PATH": str(tools)} | {n: v for n, v in os.environ.items() if n == "LANG"},
            capture_output=True,
            text=True,
        )

    make.project = project
    return make


def set_up(project: Path) -> None:
    """Leave a project as after a first `make test`, without what that would install."""
    python = project / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (project / ".venv/runtime").touch()
    (project / ".venv/development").touch()


def test_make_alone_lists_every_target(machine):
    listed = [line.split()[1] for line in machine().stdout.splitlines()]
    assert listed == [
        "help",
        "run",
        "test",
        "quick",
        "test-all",
        "lint",
        "faults",
        "serve",
        "words",
        "lock",
        "clean",
    ]


@pytest.mark.parametrize("programs", [{}, {"python3": OLD_PYTHON, "python3_11": OLD_PYTHON}])
def test_without_a_new_enough_python_one_line_says_so(machine, programs):
    result = machine("run", **programs)
    assert result.returncode != 0
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert "needs Python 3.11 or newer" in line


def test_without_ensurepip_one_line_says_what_to_install(machine):
    result = machine("run", python3=PYTHON_WITHOUT_ENSUREPIP)
    assert result.returncode != 0
    (line,) = result.stderr.splitlines()
    assert "install python3-venv" in line
    assert not (machine.project / ".venv").exists()


def test_without_ensurepip_uv_will_do(machine):
    plan = machine("-n", "run", python3=PYTHON_WITHOUT_ENSUREPIP, uv="echo uv 1.0").stdout
    assert "uv venv" in plan
    assert "uv pip install --python .venv/bin/python --quiet --require-hashes -r" in plan


def test_a_python_that_is_too_old_is_passed_over_for_one_that_is_not(machine):
    plan = machine("-n", "run", python3_14=OLD_PYTHON, python3_12=NEW_PYTHON).stdout
    assert "-m venv --without-pip .venv" in plan


@pytest.mark.parametrize("target", ["run", "serve"])
def test_serving_needs_only_the_runtime_lock(machine, target):
    plan = machine("-n", target, python3=NEW_PYTHON).stdout
    assert "--require-hashes -r requirements.txt" in plan
    assert "requirements-dev.txt" not in plan


@pytest.mark.parametrize("target", ["test", "lint"])
def test_testing_adds_the_development_lock(machine, target):
    plan = machine("-n", target, python3=NEW_PYTHON).stdout
    assert plan.index("-r requirements.txt") < plan.index("-r requirements-dev.txt")


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_second_time_nothing_is_installed(machine, target):
    set_up(machine.project)
    assert len(machine("-n", target).stdout.splitlines()) == 1


def test_a_changed_lock_is_installed(machine):
    set_up(machine.project)
    stamp = (machine.project / ".venv/runtime").stat().st_mtime
    os.utime(machine.project / "requirements.txt", (stamp + 10, stamp + 10))
    assert "-m venv --without-pip .venv" in machine("-n", "run", python3=NEW_PYTHON).stdout


@pytest.mark.parametrize("missing", ["runtime", "bin/python"])
def test_a_half_made_venv_is_made_again(machine, missing):
    set_up(machine.project)
    (machine.project / ".venv" / missing).unlink()
    plan = machine("-n", "run", python3=NEW_PYTHON).stdout
    assert plan.index("rm -rf .venv") < plan.index("-m venv --without-pip .venv")


def test_the_port_reaches_the_site(machine):
    set_up(machine.project)
    (machine.project / "manage.py").write_text(
        "import os, sys\nprint(sys.argv[1], os.environ['DEBUG'], os.environ['PORT'])"
    )
    assert machine("-s", "run", "PORT=8123").stdout == "run 1 8123\n"
    assert machine("-s", "run").stdout == "run 1 8000\n"
