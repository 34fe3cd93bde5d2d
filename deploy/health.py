"""Exits with 0 if what runs in this container is well: `python deploy/health.py [/health/ready]`.

A scheduler is well if it turned within the last two minutes. The web server is asked as the proxy
in front would, for a name the site goes by and over HTTPS: anything else is refused or redirected,
rightly. With an address it is always the web server that is asked.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

SILENT_AFTER = 120  # seconds; a scheduler never sleeps for more than five
# As in emca_site/publishing/scheduling/sign_of_life.py.
FOLDER = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())


def main() -> None:
    schedulers = [] if len(sys.argv) > 1 else find_schedulers()
    for pid in schedulers:
        ask_scheduler(pid)
    if not schedulers:
        ask_web_server(sys.argv[1] if len(sys.argv) > 1 else "/health/live")


def find_schedulers() -> list[int]:
    """Processes of `manage.py run_scheduler`, and not the shell that may have started one."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it has just ended
            continue
        if b"run_scheduler" in words and any(word.endswith(b"manage.py") for word in words):
            found.append(int(process.name))
    return found


def ask_scheduler(pid: int) -> None:
    try:
        age = time.time() - (FOLDER / f"emca-scheduler-{pid}").stat().st_mtime
    except OSError as problem:
        sys.exit(f"The scheduler {pid} has not turned yet: {problem}")
    if age > SILENT_AFTER:
        sys.exit(f"The scheduler {pid} has not turned for {age:.0f} seconds.")


def ask_web_server(path: str) -> None:
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"
    request = Request(
        f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}{path}",
        headers={"Host": host, "X-Forwarded-Proto": "https"},
    )
    try:
        urlopen(request, timeout=4).close()
    except (URLError, OSError) as problem:
        sys.exit(f"{path}: {problem}")


if __name__ == "__main__":
    main()
