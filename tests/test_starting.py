"""What the site says when it cannot start: one line that says what to do, and a bad exit status."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import without_site_variables

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "www.example.org",
    "DATABASE_URL": "sqlite://:memory:",
}


def manage(*command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=without_site_variables(os.environ) | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def only_line(result: subprocess.CompletedProcess) -> str:
    """The one line of an answer that failed."""
    assert result.returncode != 0
    (line,) = result.stderr.strip().splitlines()
    return line


@pytest.mark.parametrize("missing", PRODUCTION)
def test_production_needs_its_three_variables(missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    line = only_line(manage("check", **environment))
    assert line.startswith(f"{missing} is not set. Set it, for example {missing}=")


def test_gunicorn_too_stops_with_one_line():
    result = subprocess.run(
        [sys.executable, "-c", "import emca_site.wsgi"],
        cwd=ROOT,
        env=without_site_variables(os.environ),
        capture_output=True,
        text=True,
    )
    assert only_line(result).startswith("SECRET_KEY is not set.")


def test_production_starts_with_them():
    assert manage("check", **PRODUCTION).returncode == 0


@pytest.mark.parametrize("url", ["nonsense", "mongodb://here/db", "postgres://host:port/name"])
def test_a_database_address_that_cannot_be_read(url):
    line = only_line(manage("check", **PRODUCTION | {"DATABASE_URL": url}))
    assert "DATABASE_URL" in line
    assert "postgres://user:password@host:5432/name" in line


def test_a_database_that_does_not_answer():
    line = only_line(
        manage("run", DEBUG="1", DATABASE_URL="postgres://nobody@127.0.0.1:1/none", PORT="8999")
    )
    assert "The database cannot be used" in line
    assert "Check DATABASE_URL" in line


def test_a_folder_that_cannot_be_written():
    line = only_line(manage("run", DEBUG="1", DATA_DIR="/dev/null/data"))
    assert "Set DATA_DIR to a folder you may write in" in line


@pytest.mark.parametrize(
    ("port", "message"),
    [("many", "PORT is not a number: many"), ("99999", "PORT=99999 is not a port")],
)
def test_a_port_that_is_none(port, message, tmp_path):
    line = only_line(manage("run", DEBUG="1", DATA_DIR=str(tmp_path), PORT=port))
    assert message in line


def test_a_port_in_use(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = only_line(manage("run", DEBUG="1", DATA_DIR=str(tmp_path), PORT=str(port)))
    assert line == (
        f"CommandError: Port {port} is in use by another program. Choose another: PORT={port + 1}"
    )
    assert not list(tmp_path.iterdir()), "nothing is made before the port is known to be free"


def test_run_is_for_trying_and_serve_is_for_production():
    assert "Set DEBUG=1, or use `make serve`" in only_line(manage("run", **PRODUCTION))
    assert "Unset DEBUG, or use `make run`" in only_line(manage("serve", DEBUG="1"))


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("CACHE_URL", "nonsense", "rediscache://host:6379/0"),
        ("CACHE_URL", "nocache://here", "rediscache://host:6379/0"),
        ("CACHE_URL", "memcache://127.0.0.1:11211", "rediscache://host:6379/0"),
        ("COLOURS", "transport=#ff8888", "WCAG AA asks for 4.5 to 1"),
        ("SECURITY_TXT_EXPIRES", "next year", "SECURITY_TXT_EXPIRES=2027-10-31"),
        ("SECURE_HSTS_PRELOAD", "1", "SECURE_HSTS_INCLUDE_SUBDOMAINS=1"),
    ],
)
def test_a_variable_that_cannot_be_used(variable, value, words):
    line = only_line(manage("check", **PRODUCTION | {variable: value}))
    assert line.startswith(variable)
    assert words in line


def setting(name: str, **environment: str) -> str:
    script = f"from emca_site import settings; print(settings.{name})"
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=without_site_variables(os.environ) | PRODUCTION | environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize("name", ["SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"])
def test_names_below_this_one_are_left_alone_unless_somebody_says_so(name):
    assert setting(name, SITE_URL="https://www.example.org") == "False"
    both = {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "1", "SECURE_HSTS_PRELOAD": "1"}
    assert setting(name, SITE_URL="https://www.example.org", **both) == "True"
