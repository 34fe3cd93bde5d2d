"""The image and the Makefile do the same things, and neither drifts from the other."""

import inspect
import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def dockerfile() -> list[tuple[str, str]]:
    """Its instructions, each with its words on one line."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(re.sub(r"\s+", " ", line).split(" ", 1)) for line in lines]


@pytest.fixture(scope="module")
def makefile() -> str:
    return (ROOT / "Makefile").read_text()


@pytest.fixture(scope="module")
def serve() -> str:
    """The source of `manage.py serve`, which `make serve` runs."""
    command = import_module(f"{get_commands()['serve']}.management.commands.serve")
    return inspect.getsource(command)


def words(dockerfile, instruction: str) -> str:
    return "\n".join(rest for name, rest in dockerfile if name == instruction)


def test_both_install_the_same_lock_by_its_hashes(dockerfile, makefile):
    assert "--require-hashes -r requirements.txt" in words(dockerfile, "RUN")
    assert re.search(r"--require-hashes -r$", makefile, re.MULTILINE)
    assert ".venv/runtime: requirements.txt" in makefile
    assert "requirements-dev.txt" not in words(dockerfile, "COPY")


def test_both_serve_with_the_same_gunicorn_settings(dockerfile, makefile, serve):
    command = json.loads(words(dockerfile, "CMD"))
    assert command == ["gunicorn", "--config", "deploy/gunicorn.conf.py", "emca_site.wsgi"]
    assert all(word in serve for word in command)
    assert "$(PYTHON) manage.py serve" in makefile


def test_both_hash_the_static_files(dockerfile, serve):
    assert "manage.py collectstatic --no-input" in words(dockerfile, "RUN")
    assert "collectstatic" in serve


def test_the_container_asks_what_runs_in_it(dockerfile):
    check = words(dockerfile, "HEALTHCHECK").split("CMD ")[1]
    assert json.loads(check) == ["python", "deploy/health.py"]
    assert "/health/live" in (ROOT / "deploy/health.py").read_text()
    assert resolve("/health/live")


def test_everything_the_image_is_told_to_run_is_in_it(dockerfile):
    assert words(dockerfile, "COPY").endswith(". .")
    left_out = (ROOT / ".dockerignore").read_text().split()
    for path in ["deploy", "manage.py", "emca_site", "static", "templates", "requirements.txt"]:
        assert (ROOT / path).exists()
        assert path not in left_out


def test_no_secret_and_no_data_goes_into_the_image(dockerfile):
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {".env", "var", ".git"} <= set(left_out)
    # A value in ENV or ARG would stay in the image; collectstatic's goes with its command.
    assert not re.search("SECRET|PASSWORD|KEY", words(dockerfile, "ENV") + words(dockerfile, "ARG"))


def test_the_site_runs_as_a_user_of_its_own(dockerfile):
    (user,) = [rest for name, rest in dockerfile if name == "USER"]
    assert int(user) > 0
    assert f"useradd --uid {user} " in words(dockerfile, "RUN")
