"""The guard that keeps the tests from the network."""

from __future__ import annotations

import os
import socket
import urllib.request

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "0.0.0.0", "10.0.0.1"])
def test_no_connection_leaves_the_machine(host: str) -> None:
    with socket.socket() as sock:
        with pytest.raises(RuntimeError, match="tried to reach"):
            sock.connect((host, 80))
        with pytest.raises(RuntimeError, match="tried to reach"):
            sock.connect_ex((host, 80))


def test_no_name_is_looked_up() -> None:
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)
    with pytest.raises(RuntimeError, match=r"example\.org"):
        urllib.request.urlopen("http://example.org/")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_may_be_reached(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()


def test_unix_sockets_may_be_used() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x")
        assert other.recv(1) == b"x"


def test_hub_libraries_are_offline() -> None:
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
