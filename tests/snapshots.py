"""A database with a site in it that is built once and copied wherever tests stand on it.

Building the demonstration takes half a minute, and a copy of it a few milliseconds. The first of
the workers that wants a site builds it, and the others wait for its file.
"""

import contextlib
import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection, transaction


@contextlib.contextmanager
def standing_on(file: Path, build: Callable[[], None]) -> Iterator[None]:
    """Within it, the database is as `build` leaves it; after it, as it was before.

    On PostgreSQL, where copying a database takes longer than it saves, it is built each time.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            build()
            yield
            transaction.set_rollback(True)
        return
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(":memory:")) as before:
        connection.connection.backup(before)
        make_once(file, build)
        with contextlib.closing(sqlite3.connect(file)) as made:
            made.backup(connection.connection)
        try:
            yield
        finally:
            before.backup(connection.connection)


def make_once(file: Path, build: Callable[[], None]) -> None:
    """Build the site and write it to the file, unless another worker has or does."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists():
            return
        with transaction.atomic():
            build()
            connection.run_on_commit.clear()  # as tests, whose transactions never end, have it
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(unfinished)) as made:
            connection.connection.backup(made)
        unfinished.rename(file)
