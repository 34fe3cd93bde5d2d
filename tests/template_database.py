"""A migrated database, made once and copied, as migrating takes half a minute.

The template is named after every migration there is. Whatever copies it still runs `migrate`, so
a template that is out of date costs time and never hides a migration.
"""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
LOCK = 8_412_026  # any number that nobody else locks on that server


def make_template(folder: Path) -> None:
    """Make the template of the database that the settings name, unless it is there."""
    if connection.vendor == "sqlite":
        file = folder / f"{template_name()}.sqlite3"
        if not file.exists():
            for old in folder.glob("*.sqlite3"):
                old.unlink()
            # Named after the process: somebody may start another run beside this one.
            unfinished = file.with_suffix(f".unfinished-{os.getpid()}")
            migrate(f"sqlite:///{unfinished}")
            unfinished.rename(file)
    else:
        make_postgresql_template()


def copy_template(folder: Path, file: Path) -> None:
    """Make the file a migrated SQLite database, by way of the template in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    make_template(folder)
    shutil.copyfile(folder / f"{template_name()}.sqlite3", file)


def make_postgresql_template() -> None:
    address = os.environ["DATABASE_URL"]
    name = f"test_{template_name()}"
    with psycopg.connect(driver_address(address), autocommit=True) as server:
        server.execute("select pg_advisory_lock(%s)", [LOCK])
        if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return
        unfinished = f"{name}_unfinished"
        server.execute(f'drop database if exists "{unfinished}"')
        server.execute(f'create database "{unfinished}"')
        base, _, query = address.partition("?")
        unfinished_address = f"{base.rpartition('/')[0]}/{unfinished}"
        migrate(f"{unfinished_address}?{query}" if query else unfinished_address)
        server.execute(f'alter database "{unfinished}" rename to "{name}"')


def driver_address(address: str) -> str:
    # Django's settings know more names for the scheme than the driver does.
    return f"postgresql:{address.partition(':')[2]}"


def migrate(address: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def template_name() -> str:
    """A name that is another as soon as any migration is, or the packages that bring some."""
    told = hashlib.sha256(f"{version('django')} {version('wagtail')}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            told.update(f"{app.label} {file.name}".encode())
            if Path(app.path).is_relative_to(ROOT) and ".venv" not in app.path:
                told.update(file.read_bytes())
    return f"template_{told.hexdigest()[:16]}"


@contextlib.contextmanager
def copied_from_template(folder: Path) -> Iterator[None]:
    """Within it, Django's test database starts as a copy of the template."""
    creation = connection.creation
    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["TEMPLATE"] = f"test_{template_name()}"
        yield
        return
    create = creation._create_test_db

    def create_copy(*args, **kwargs):
        name = create(*args, **kwargs)
        with contextlib.closing(sqlite3.connect(folder / f"{template_name()}.sqlite3")) as made:
            made.backup(memory.enter_context(contextlib.closing(sqlite3.connect(name, uri=True))))
        return name

    # The connection stays open until Django has its own: with the last one goes the memory.
    with contextlib.ExitStack() as memory:
        creation._create_test_db = create_copy
        try:
            yield
        finally:
            creation._create_test_db = create
