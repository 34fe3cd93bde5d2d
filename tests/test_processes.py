"""Child processes that `manage.py run` starts: they end with the one that started them."""

import signal
import sys

import pytest

from home.management.processes import Processes


@pytest.fixture
def stop_signal():
    before = signal.getsignal(signal.SIGTERM)
    yield signal.SIGTERM
    signal.signal(signal.SIGTERM, before)


def test_a_polite_stop_ends_the_children_too(stop_signal):
    with pytest.raises(KeyboardInterrupt), Processes() as processes:
        processes.start("child", [sys.executable, "-c", "import time; time.sleep(600)"])
        signal.raise_signal(stop_signal)
    (child,) = processes._running.values()
    assert child.wait() == -signal.SIGTERM
