"""The site starts with every variable that the README lists, and outlives its cache."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests import object_store
from tests.environment import without_site_variables
from tests.redis_server import RedisServer, free_port
from tests.template_database import copy_template

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "db.sqlite3"
FAULTS = ["gone", "slow", "nonsense"]
FOR_TRYING = {"DEBUG": "1", "DEMO_PASSWORD": "another-pass-phrase"}  # `serve` refuses the first


def listed() -> set[str]:
    """The variables in the first column of the README's table."""
    rows = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)}


def every_variable(folder: Path, port: int, cache: RedisServer, files) -> dict[str, str]:
    return object_store.KEYS | {
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATA_DIR": str(folder / "data"),
        "AWS_STORAGE_BUCKET_NAME": files.add_bucket(),
        "AWS_S3_ENDPOINT_URL": files.url,
        "AWS_S3_REGION_NAME": object_store.REGION,
        "STATIC_ROOT": str(folder / "static"),
        "CACHE_URL": cache.url,
        "COLOURS": "deep=#223355,transport=#7a1530",
        "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
        "DEFAULT_FROM_EMAIL": "website@example.org",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": "1",
        "SECURE_HSTS_PRELOAD": "1",
        "SECURITY_TXT_EXPIRES": "2099-01-31",
        "TRUST_PROXY_HEADERS": "1",
        "BEHIND_HTTP_CACHE": "1",
        "PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "WEB_CONCURRENCY": "1",
        "WEB_THREADS": "3",
        "LOG_LEVEL": "ERROR",
    }


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def variables(tmp_path_factory, cache, files_store, pytestconfig) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("site")
    if connection.vendor == "sqlite":  # or the site migrates a new file, which takes it longer
        copy_template(pytestconfig.cache.mkdir("databases"), folder / DATABASE)
    return every_variable(folder, free_port(), cache, files_store)


@contextmanager
def started(variables: dict[str, str], *command: str):
    """Within it, the site runs; gives a function that asks it for an address."""
    log = Path(variables["STATIC_ROOT"]).with_name(f"{command[0]}.log")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=without_site_variables(os.environ) | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def ask(path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{variables['PORT']}{path}"
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def answers() -> bool:
        try:
            return ask("/health/live")[0] == 200
        except OSError:
            return False

    try:
        while not answers():
            assert process.poll() is None, log.read_text()
            time.sleep(0.2)
        yield ask
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def site(variables):
    with started(variables, "serve") as ask:
        yield ask


def test_no_variable_of_the_table_is_left_out(variables):
    assert set(variables) | set(FOR_TRYING) == listed()


def test_it_serves_with_all_that_production_may_set(site):
    for path in ("/", "/news/", "/what-we-do/transport/", "/robots.txt", "/admin/login/"):
        assert site(path)[0] == 200, path
    assert site("/nothing/")[0] == 404


@pytest.mark.parametrize("fault", FAULTS)
def test_its_cache_may_go_away_under_it(site, cache, fault):
    try:
        getattr(cache, f"make_{fault}")()
        for path in ("/", "/news/", "/search/?q=tram", "/about/"):
            assert site(path)[0] == 200, path
        status, said = site("/health/ready")
        assert status == 503
        assert '"cache": "not well"' in said
    finally:
        cache.make_well()
    assert '"cache": "well"' in site("/health/ready")[1]


def test_it_starts_for_trying_too(site, variables):
    trying = variables | FOR_TRYING | {"PORT": str(free_port())}
    command = ["runserver", f"127.0.0.1:{trying['PORT']}", "--noreload", "--skip-checks"]
    with started(trying, *command) as ask:
        assert ask("/")[0] == 200
