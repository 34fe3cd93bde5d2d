"""A file whose time shows when a scheduler process last ran, for its container's health check.

`deploy/health.py` reads it and imports nothing of the site. Each process has its own file, because
one scheduler may hang while others run. A missing database does not count as a fault.
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
        log.warning("Sign of life not written, so the health check will fail: %s", error)


def withdraw() -> None:
    sign_of_life(os.getpid()).unlink(missing_ok=True)
