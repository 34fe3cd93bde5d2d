"""The guard in conftest.py that keeps tests on this machine."""

import socket
import urllib.request

import pytest


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "[2001:db8::1]"])
def test_another_machine_is_out_of_reach(host):
    with pytest.raises(pytest.fail.Exception, match="over the network"):
        urllib.request.urlopen(f"http://{host}/")


def test_an_address_that_needs_no_name_is_out_of_reach_too():
    with (
        socket.socket() as caller,
        pytest.raises(pytest.fail.Exception, match=r"reach 192\.0\.2\.1"),
    ):
        caller.connect(("192.0.2.1", 80))


def test_this_machine_is_within_reach():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
