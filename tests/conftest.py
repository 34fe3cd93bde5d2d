"""What every test can count on: no network, and no cache that remembers the test before."""

import ipaddress
import socket

import pytest
from django.core.cache import caches


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Fails a test that reaches for another machine: it would pass here and fail elsewhere.

    pytest.fail, not an OSError: code that survives a broken connection must not hide the attempt.
    The database driver has sockets of its own and is not held back.
    """

    def guarded(name, host_of):
        original = getattr(socket.socket, name)

        def connect(self, address):
            if self.family != getattr(socket, "AF_UNIX", None) and not _is_here(host_of(address)):
                pytest.fail(f"A test tried to reach {host_of(address)} over the network.")
            return original(self, address)

        return connect

    resolve = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        if not _is_here(host):
            pytest.fail(f"A test tried to reach {host} over the network.")
        return resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(name, lambda address: address[0]))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.fixture(autouse=True)
def empty_caches():
    """The database is rolled back after each test; what was cached from it must go too."""
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


from tests.fixtures import (  # noqa: F401
    admin,
    desk,
    home,
    housing,
    news_index,
    priority_index,
    site_settings,
    transport,
)
