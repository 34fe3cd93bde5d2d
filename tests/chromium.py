"""Finds a Chromium for the browser tests, or gets one: `python -m tests.chromium` says which."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The first is the same browser without a window of its own, which takes a quarter of the processor.
ON_PATH = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
]
ON_MACOS = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
HOW_TO_MEND = (
    "No Chromium starts here and none could be fetched: "
    "install Chromium or Google Chrome, or name one in CHROMIUM"
)


class NoChromiumError(Exception):
    pass


def find_chromium() -> str:
    """The path of a Chromium that starts."""
    if named := os.environ.get("CHROMIUM"):
        if _version_of(named):
            return named
        raise NoChromiumError(f"CHROMIUM names {named}, which does not start")
    for fetch in (None, _fetch_playwrights, _install_debians):
        if fetch:
            fetch()
        for path in _candidates():
            if version := _version_of(path):
                print(f"Chromium: {version}, {path}", flush=True)
                return path
    raise NoChromiumError(HOW_TO_MEND)


def launch_arguments() -> list[str]:
    """Quiet, and asking no other machine for anything; names resolve to nothing but this one."""
    arguments = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    # Chromium's sandbox does not start for root; for everybody else it stays on.
    return [*arguments, "--no-sandbox"] if _is_root() else arguments


def _candidates():
    yield from filter(None, map(shutil.which, ON_PATH))
    yield from ON_MACOS
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _version_of(path: str) -> str | None:
    """What it calls itself, if it starts: one without its libraries is as good as none."""
    if not Path(path).exists():
        return None
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def _fetch_playwrights() -> None:
    _say_and_run([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"])


def _install_debians() -> None:
    if _is_root() and shutil.which("apt-get"):
        # Two test runs may ask at once: the second waits for the first.
        apt = ["apt-get", "-o", "DPkg::Lock::Timeout=600", "-qq"]
        _say_and_run([*apt, "update"])
        _say_and_run([*apt, "install", "-y", "--no-install-recommends", "chromium-headless-shell"])


def _say_and_run(command: list[str]) -> None:
    print(f"Chromium: none found, trying {' '.join(command)}", flush=True)
    subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    try:
        find_chromium()
    except NoChromiumError as problem:
        sys.exit(str(problem))
