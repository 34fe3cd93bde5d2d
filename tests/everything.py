"""Everything that must pass before a merge, in order, and at the end what ran where.

SQLite runs the whole suite; PostgreSQL what can differ there (`tests/on_postgresql.py`).

python -m tests.everything                              what a merge needs
python -m tests.everything --all                        every test on both databases, longer drills
python -m tests.everything --quick                      lint, and the tests of what changed
python -m tests.everything --only lint                  one part of it
python -m tests.everything --only sqlite -- -k news -x  the rest is for pytest
"""

import argparse
import os
import re
import resource
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.chromium import NoChromiumError, find_chromium
from tests.environment import without_site_variables
from tests.on_postgresql import CAN_DIFFER, CAN_DIFFER_BY_VALUE
from tests.postgresql import NoPostgresqlError, postgresql_server, version_of
from tests.quick import changed_files, tests_for

ROOT = Path(__file__).resolve().parent.parent
PARTS = ["lint", "faults", "sqlite", "postgresql", "browser"]
IN_TESTS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
IN_PRODUCTION = {
    "SECRET_KEY": "only-for-check-but-as-long-and-as-varied-as-a-real-one-0123456789",
    "ALLOWED_HOSTS": "www.example.org",
    "DATABASE_URL": "postgres://site@127.0.0.1/site",  # checked, never connected to
    "SITE_URL": "https://www.example.org",
}
LINT = [
    ("style", ["python", "-m", "ruff", "check"], {}),
    ("format", ["python", "-m", "ruff", "format", "--check"], {}),
    ("templates", ["python", "-m", "djlint", "--lint", "--quiet", "templates"], {}),
    ("Dockerfile", ["hadolint", "--no-color", "Dockerfile"], {}),
    ("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"], IN_TESTS),
    (
        "production settings",
        ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        IN_PRODUCTION,
    ),
]
FAULTS = [
    ("three schedulers, PostgreSQL", ["--items", "20", "--kills", "6", "--restarts", "1"]),
    ("two schedulers, SQLite", ["--sqlite", "--items", "6", "--kills", "3", "--processes", "2"]),
]
LONG_FAULTS = [
    ("three schedulers, PostgreSQL", ["--items", "100", "--kills", "200", "--restarts", "20"]),
    ("two schedulers, SQLite", ["--sqlite", "--items", "20", "--kills", "40", "--processes", "2"]),
]
NO_TEST_RAN = 5  # pytest's exit code
NO_REASON = {None, "", "Skipped", "unconditional skip"}  # its words where a test gave none


@dataclass
class Outcome:
    """What one command came to."""

    part: str
    name: str
    is_good: bool
    seconds: float
    cpu: float = 0
    passed: int = 0
    failed: int = 0
    note: str = ""
    skipped: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        counts = [f"{self.passed} passed"] if self.passed else []
        counts += [f"{self.failed} failed"] if self.failed else []
        counts += [f"{len(self.skipped)} skipped"] if self.skipped else []
        return self.note or ", ".join(counts) or ("passed" if self.is_good else "failed")


def main() -> int:
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    own, for_pytest = arguments[:cut], arguments[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="python -m tests.everything", epilog="What follows -- is for pytest."
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given repeatedly")
    parser.add_argument("--all", action="store_true", help="leave nothing out, which takes longer")
    parser.add_argument("--quick", action="store_true", help="lint and the tests of what changed")
    options = parser.parse_args(own)
    chosen = options.only or (["lint", "sqlite"] if options.quick else PARTS)
    # So that what was started is stopped, and its folders removed, when this is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    os.chdir(ROOT)

    outcomes: list[Outcome] = []
    if "lint" in chosen:
        outcomes += [lint(*step) for step in LINT]
    if "faults" in chosen:
        outcomes += [faults(*drill) for drill in (LONG_FAULTS if options.all else FAULTS)]
    if "sqlite" in chosen:
        where = f"SQLite {sqlite3.sqlite_version} in memory"
        more = ["--exhaustive"] if options.all else what_changed(options.quick)
        outcomes.append(pytest("sqlite", where, {}, [*more, *for_pytest]))
    if "postgresql" in chosen or "browser" in chosen:
        outcomes += on_postgresql(chosen, for_pytest, options.all)
    return report(outcomes, options.all)


class Clock:
    """Seconds of the clock and of the processor since it was made.

    The processor's are those of every process that was started here and has ended, so they are
    alike on a busy machine and on an idle one. A server that runs on is asked for its own.
    """

    def __init__(self, server=None):
        self.server = server
        self.started, self.used = time.monotonic(), self._used()

    def _used(self) -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        server = self.server.cpu_seconds() if self.server else 0
        return children.ru_utime + children.ru_stime + server

    def read(self) -> dict[str, float]:
        return {"seconds": time.monotonic() - self.started, "cpu": self._used() - self.used}


def what_changed(quick: bool) -> list[str]:
    """The tests to choose, and all when everything is to run."""
    if not quick:
        return []
    files, left_out = tests_for(changed_files())
    print(f"{left_out} more test files import the rooms that changed: make test runs them.")
    return files


def lint(name: str, command: list[str], environment: dict[str, str]) -> Outcome:
    clock = Clock()
    is_good = run(command, environment) == 0
    return Outcome("lint", name, is_good, **clock.read())


def faults(name: str, options: list[str]) -> Outcome:
    """Schedulers that are killed at random. Each drill counts as one test."""
    clock = Clock()
    is_good = run(["python", "-m", "tests.faults", *options], {}) == 0
    count = {"passed": int(is_good), "failed": int(not is_good)}
    return Outcome("faults", name, is_good, **clock.read(), **count)


def on_postgresql(chosen: list[str], for_pytest: list[str], all_of_it: bool) -> list[Outcome]:
    """Run the suite, and then the browser: it opens several connections at once, as visitors do."""
    outcomes = []
    try:
        with postgresql_server() as server:
            environment = {"DATABASE_URL": server.url}
            where = f"PostgreSQL {version_of(server.url)}"
            more = ["--exhaustive"] if all_of_it else []
            if "postgresql" in chosen:
                names_tests = any(each.startswith("tests/") for each in for_pytest)
                first = [f"--first-values-of={each.partition('::')[0]}" for each in CAN_DIFFER]
                some = [*CAN_DIFFER, *CAN_DIFFER_BY_VALUE, *first]
                some = [] if all_of_it or names_tests else some
                chosen_tests = [*some, *more, *for_pytest]
                outcomes.append(pytest("postgresql", where, environment, chosen_tests, server))
            if "browser" in chosen:
                # Found, or fetched, once: the workers are told.
                environment["CHROMIUM"] = find_chromium()
                where = f"Chromium, {where}"
                more += ["--saves", "50"] if all_of_it else []
                chosen_tests = [*more, *for_pytest]
                outcomes.append(pytest("browser", where, environment, chosen_tests, server))
    except (NoPostgresqlError, NoChromiumError) as problem:
        print(problem, flush=True)
        ran = {outcome.part for outcome in outcomes}
        for part in [part for part in chosen if part in {"postgresql", "browser"} - ran]:
            outcomes.append(Outcome(part, "could not start", False, 0, failed=1))
    return outcomes


def pytest(
    part: str, where: str, environment: dict[str, str], chosen: list[str], server=None
) -> Outcome:
    """One run of the suite, on all cores. Counted from pytest's own report, not from its output."""
    clock = Clock(server)
    with tempfile.TemporaryDirectory(prefix="test-report-") as folder:
        junit = Path(folder) / "junit.xml"
        workers = ["-n", str(cores()), "--dist", "worksteal"]
        tests = "tests/browser" if part == "browser" else "--ignore=tests/browser"
        command = ["python", "-m", "pytest", *workers, f"--junitxml={junit}", tests, *chosen]
        code = run(command, environment)
        outcome = Outcome(part, where, code == 0, 0)
        if junit.exists():
            count(junit, outcome)
    # Somebody's choice of tests may leave a part without one; the whole suite never does.
    if code == NO_TEST_RAN and chosen:
        outcome.is_good = True
        outcome.note = "none of the chosen tests"
    # pytest may also stop before a test fails: a broken import, a worker that died.
    if not outcome.is_good and not outcome.failed:
        outcome.failed = 1
    outcome.is_good = outcome.is_good and not outcome.failed
    outcome.seconds, outcome.cpu = clock.read().values()
    return outcome


def count(junit: Path, outcome: Outcome) -> None:
    for case in ElementTree.parse(junit).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        elif skip is None:
            outcome.passed += 1
        elif skip.get("message") in NO_REASON:
            print(f"{name} was skipped without a reason: that counts as failed", flush=True)
            outcome.failed += 1
        else:
            outcome.skipped.append(f"{name} ({outcome.part}): {skip.get('message')}")


def run(command: list[str], environment: dict[str, str]) -> int:
    """Shows a command as a person would type it, then runs it without the caller's own settings."""
    variables = [f"{name}={shlex.quote(value)}" for name, value in environment.items()]
    shown = " ".join([*variables, shlex.join(command)])
    print(f"\n$ {re.sub(':[^:/@]*@', ':***@', shown)}", flush=True)  # a log keeps no password
    program = Path(sys.executable).with_name(command[0])  # not whichever is first on PATH
    # Each of the processes that tests start would compile the site anew, if it could not keep that.
    keep = {"PYTHONDONTWRITEBYTECODE": ""}
    environment = without_site_variables(os.environ) | keep | environment
    return subprocess.run([program, *command[1:]], env=environment).returncode


def cores() -> int:
    """Return how many cores this process may use: a container often has fewer than its machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def report(outcomes: list[Outcome], all_of_it: bool) -> int:
    skipped = [line for outcome in outcomes for line in outcome.skipped]
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)

    print()
    for line in skipped:
        print(f"Skipped: {line}")
    rows = [(o.part, o.name, o.summary, f"{o.seconds:.1f}", f"{o.cpu:.1f}") for o in outcomes]
    for part, name, summary, seconds, cpu in [
        ("part", "what or where", "result", "seconds", "of CPU"),
        *rows,
        (
            "all",
            "",
            "",
            f"{sum(o.seconds for o in outcomes):.1f}",
            f"{sum(o.cpu for o in outcomes):.1f}",
        ),
    ]:
        print(f"{part:<12}{name:<40}{summary:<34}{seconds:>8}{cpu:>9}")
    if not all_of_it:
        print(
            "make test-all adds: what tests/on_postgresql.py leaves out on PostgreSQL, what is "
            "marked exhaustive (such as axe at every width in every scheme), kill drills at full "
            "length, and fifty quick saves of each form in the browser."
        )
    if passed or failed:
        # Alone on its line and in these words: whoever reads only the end of a log counts by it.
        print(
            f"{passed} passed, {failed} failed" + (f", {len(skipped)} skipped" if skipped else "")
        )
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
