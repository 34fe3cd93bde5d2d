"""Starts the site's processes on this machine, and ends them together."""

import errno
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from contextlib import suppress

from django.core.management.base import CommandError

SECONDS_TO_ANSWER = 180
SECONDS_TO_END = 10


def check_port_is_free(port: int) -> None:
    """Raise CommandError, with advice, when another process listens on the port."""
    if not 0 < port < 65536:
        raise CommandError(f"PORT={port} is not a port: choose one between 1024 and 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {port} is in use by another program. Choose another: PORT={port + 1}"
                ) from None
            raise CommandError(f"Port {port} cannot be used: {error.strerror}.") from None


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


class Processes:
    """Child processes that are started and ended together.

    Use it as a context manager: leaving it in any way ends them all.
    """

    def __init__(self):
        self._running: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> "Processes":
        # SIGTERM then ends this process as Ctrl-C does: through __exit__.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        return self

    def __exit__(self, *_) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS_TO_END)
            process.kill()

    def start(self, name: str, command: Sequence[str], **options) -> None:
        self._running[name] = subprocess.Popen(command, **options)

    def wait_for_answer(self, address: str) -> None:
        """Return once the address answers 200. Raises CommandError when it never does."""
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < deadline:
            self._fail_if_one_ended()
            if _answers(address):
                return
            time.sleep(0.1)
        raise CommandError(f"The site did not answer at {address} in {SECONDS_TO_ANSWER} seconds.")

    def wait(self) -> None:
        """Wait until one of them ends, which raises CommandError, or until Ctrl-C."""
        with suppress(KeyboardInterrupt):
            while True:
                self._fail_if_one_ended()
                time.sleep(0.5)

    def _fail_if_one_ended(self) -> None:
        for name, process in self._running.items():
            if process.poll() is not None:
                raise CommandError(f"The {name} ended with exit status {process.returncode}.")
