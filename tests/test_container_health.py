"""The health check of a container is about what runs in it: the web server, or a scheduler."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from emca_site.publishing.scheduling import sign_of_life
from tests.environment import without_site_variables

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/cmdline").exists(), reason="a container is a Linux, with /proc"
)


def check(pid: int) -> subprocess.CompletedProcess:
    """Check as in a container where this scheduler is the only one."""
    script = (
        "import sys, runpy; health = runpy.run_path('deploy/health.py');"
        f"found = health['find_schedulers'](); assert {pid} in found, found;"
        f"health['ask_scheduler']({pid})"
    )
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler whose database is not even there: the process is well all the same."""
    environment = without_site_variables(os.environ) | {
        "DEBUG": "1",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "DATA_DIR": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_scheduler", "--skip-checks"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.stdout.readline()  # that it runs
        while not sign_of_life.sign_of_life(process.pid).exists():
            assert process.poll() is None
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        sign_of_life.sign_of_life(process.pid).unlink(missing_ok=True)


def test_a_scheduler_that_turns_is_well(scheduler):
    result = check(scheduler.pid)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_scheduler_that_hangs_is_not(scheduler):
    scheduler.send_signal(19)  # SIGSTOP
    long_ago = time.time() - 121
    os.utime(sign_of_life.sign_of_life(scheduler.pid), (long_ago, long_ago))
    result = check(scheduler.pid)
    assert result.returncode == 1
    assert "has not turned for" in result.stderr


def test_it_takes_its_sign_along_when_it_ends(scheduler):
    scheduler.terminate()
    assert scheduler.wait(60) == 0
    assert not sign_of_life.sign_of_life(scheduler.pid).exists()
    assert not (Path("/proc") / str(scheduler.pid)).exists()


def test_the_web_server_is_asked_where_an_address_is_given():
    result = subprocess.run(
        [sys.executable, "deploy/health.py", "/health/live"],
        cwd=ROOT,
        env=os.environ | {"PORT": "1"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("/health/live: ")
