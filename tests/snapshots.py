"""A database with a site in it that is built once and copied wherever tests stand on it.

Building the demonstration takes half a minute, and a copy of it a moment. The first of the workers
that wants a site builds it, and the others wait for its file: on SQLite that is the site, and on
PostgreSQL a sign that the database of this name is whole.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from django.db import connection, transaction

from tests.template_database import driver_address


@contextlib.contextmanager
def standing_on(file: Path, build: Callable[[], None]) -> Iterator[None]:
    """Within it, the database is as `build` leaves it; after it, as it was before."""
    stand = on_sqlite if connection.vendor == "sqlite" else on_postgresql
    with stand(file, build):
        yield


@contextlib.contextmanager
def on_sqlite(file: Path, build: Callable[[], None]) -> Iterator[None]:
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(":memory:")) as before:
        connection.connection.backup(before)
        make_once(file, lambda: make_file(file, build))
        with contextlib.closing(sqlite3.connect(file)) as made:
            made.backup(connection.connection)
        try:
            yield
        finally:
            before.backup(connection.connection)


@contextlib.contextmanager
def on_postgresql(file: Path, build: Callable[[], None]) -> Iterator[None]:
    made = f"{name_of_run()}_{file.stem}"
    make_once(file, lambda: make_database(file, made, build))
    with copy_of(made, f"{connection.settings_dict['NAME']}_{file.stem}"):
        yield


def make_once(file: Path, make: Callable[[], None]) -> None:
    """Make the site, unless another worker has or does."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            make()


def make_file(file: Path, build: Callable[[], None]) -> None:
    run(build)
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(unfinished)) as made:
        connection.connection.backup(made)
    unfinished.rename(file)


def make_database(file: Path, name: str, build: Callable[[], None]) -> None:
    with copy_of(connection.settings_dict["NAME"], f"{name}_unfinished") as server:
        run(build)
        close()
        server.execute(f'create database "{name}" template "{name}_unfinished"')
    file.touch()


def run(build: Callable[[], None]) -> None:
    with transaction.atomic():
        build()
        connection.run_on_commit.clear()  # as tests, whose transactions never end, have it


@contextlib.contextmanager
def copy_of(template: str, name: str) -> Iterator[psycopg.Connection]:
    """Within it, Django is connected to a copy of a database; nobody may be to the template."""
    own = connection.settings_dict["NAME"]
    close()
    with psycopg.connect(driver_address(os.environ["DATABASE_URL"]), autocommit=True) as server:
        server.execute(f'drop database if exists "{name}"')
        server.execute(f'create database "{name}" template "{template}"')
        connection.settings_dict["NAME"] = name
        try:
            yield server
        finally:
            close()
            connection.settings_dict["NAME"] = own
            server.execute(f'drop database "{name}" with (force)')


def close() -> None:
    connection.close()
    connection.close_pool()


def name_of_run() -> str:
    """What the databases of this run begin with: workers are told by the one that started them."""
    return os.environ.setdefault("TEST_RUN", f"test_run_{os.getpid()}")


def forget_run() -> None:
    """Remove the sites that this run has built."""
    with psycopg.connect(driver_address(os.environ["DATABASE_URL"]), autocommit=True) as server:
        names = "select datname from pg_database where starts_with(datname, %s)"
        for (name,) in server.execute(names, [f"{name_of_run()}_"]).fetchall():
            server.execute(f'drop database if exists "{name}" with (force)')
