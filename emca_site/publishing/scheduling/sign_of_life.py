"""A file that says when a scheduler's process last turned, for the health check of its container.

`deploy/health.py` reads it, and imports nothing of the site. It is of one process: other schedulers
may be well while this one hangs, and while the database is away there is nothing wrong with it.
"""

import logging
import os
import tempfile
from pathlib import Path

FOLDER = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())

log = logging.getLogger(__name__)


def sign_of_life(pid: int) -> Path:
    return FOLDER / f"emca-scheduler-{pid}"


def give() -> None:
    try:
        sign_of_life(os.getpid()).touch()
    except OSError as error:
        log.warning("The health check of this scheduler will fail: %s", error)


def withdraw() -> None:
    sign_of_life(os.getpid()).unlink(missing_ok=True)
