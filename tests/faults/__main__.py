"""python -m tests.faults --items 20 --kills 10 --restarts 1 [--seed 7] [--sqlite]

Real processes on a real database, killed without warning. Waits for facts, with an end to it; how
late something was is told and judged by nobody.
"""

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.environment import without_site_variables
from tests.postgresql import throw_away_server

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / ".pytest_cache/d/databases"  # where the tests have theirs
SECONDS_TO_FINISH = 60  # after the last kill
BETWEEN_KILLS = (0.5, 1.3)  # seconds, so that most are up when it hits them
PROGRESS = 10  # kills


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    for name, number in (("items", 20), ("kills", 10), ("restarts", 1), ("processes", 3)):
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--sqlite", action="store_true", help="a file database, no restarts")
    chosen = parser.parse_args()
    print(f"Seed {chosen.seed} (give it with --seed to roll the same dice)", flush=True)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="test-faults-"))
        if chosen.sqlite:
            server, url = None, f"sqlite:///{folder}/db.sqlite3"
            chosen.restarts = 0
        else:
            server = stack.enter_context(throw_away_server())
            url = server.url
        settings = {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        os.environ.update(settings)
        schedulers = Schedulers(without_site_variables(os.environ) | settings)
        stack.callback(schedulers.stop)
        return drill(chosen, server, schedulers)


class Schedulers:
    """Any number of `run_scheduler`, each a process of its own."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        self.running: list[subprocess.Popen] = []

    def manage(self, *command: str) -> list[str]:
        return [sys.executable, "manage.py", *command]

    def migrate(self) -> None:
        command = self.manage("migrate", "--verbosity", "0")
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def start(self) -> None:
        command = self.manage("run_scheduler", "--skip-checks")
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL
        )
        self.running.append(process)

    def kill(self, number: int) -> None:
        """Without warning, and start another in its place."""
        process = self.running.pop(number)
        process.kill()
        process.wait()
        self.start()

    def stop(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


def drill(chosen, server, schedulers: Schedulers) -> int:
    dice = random.Random(chosen.seed)
    import django

    django.setup()
    from django.db import connection

    from emca_site.publishing.scheduling.management.commands.run_scheduler import forget_connections
    from tests import template_database
    from tests.faults import items

    if chosen.sqlite:
        template_database.copy_template(TEMPLATES, Path(connection.settings_dict["NAME"]))
    else:
        schedulers.migrate()

    span = timedelta(seconds=2 + chosen.kills * sum(BETWEEN_KILLS) / 2)
    scheduled = items.schedule(chosen.items, dice, span)
    connection.close()
    for _ in range(chosen.processes):
        schedulers.start()
    time.sleep(items.UNTIL_THE_FIRST / timedelta(seconds=2))
    restarts = set(dice.sample(range(chosen.kills), chosen.restarts))
    for number in range(chosen.kills):
        time.sleep(dice.uniform(*BETWEEN_KILLS))
        schedulers.kill(dice.randrange(chosen.processes))
        if number in restarts:
            server.restart("immediate")
        if (number + 1) % PROGRESS == 0:
            print(f"{number + 1} of {chosen.kills} killed", flush=True)
    deadline = time.monotonic() + SECONDS_TO_FINISH
    forget_connections(connection)  # the server was restarted below them
    while (wrong := items.problems(scheduled)) and time.monotonic() < deadline:
        time.sleep(0.5)
    late = items.latest(scheduled)
    forget_connections(connection)
    for line in wrong:
        print(line, flush=True)
    print(
        f"{len(scheduled)} items, {chosen.kills} kills, {len(restarts)} restarts of the database: "
        f"{len(wrong)} wrong, the latest {late / timedelta(seconds=1):.1f} s after its time"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
