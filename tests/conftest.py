"""What all tests share: no network, no hub, and one opened embedding model."""

from __future__ import annotations

import gc
import ipaddress
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from assistant import Assistant
from assistant.reader import Reader
from corpus import load_paper
from index import PaperIndex, load_index
from index.embedder import Embedder
from tests.children import Started

# Read by the libraries when they are first imported, so set before any test is; child processes inherit them.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", GRADIO_ANALYTICS_ENABLED="False")

# What a shell runs in the background ignores Ctrl-C, and its children inherit that; some tests interrupt one.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Scheduling(LoadFileScheduling):  # type: ignore[misc]  # it has no types
    """Keeps in one process the tests of a file, and those that share the page's server and its Chromium."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(("tests/page/browser/", "tests/page/api/")):
            return "browser"
        return str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return Scheduling(config, log)


def pytest_collection_finish() -> None:
    """Set apart what was imported. To look through it for garbage again and again takes a third of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def sigterm() -> Iterator[None]:
    """Fail a test, and do not end all of them, where SIGTERM is not taken."""
    before = signal.signal(signal.SIGTERM, lambda *_: pytest.fail("SIGTERM was not taken"))
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Started:
    """Return the processes that are started, in a list that fills."""
    started: Started = []
    really = subprocess.Popen

    def start(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(really(*args, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return started


class NetworkError(RuntimeError):
    """A test reached for another machine. Not an OSError: a library may take that for a broken network."""


Address = tuple[Any, ...] | str | bytes


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Let no test of this process connect to, or look up, anything but this machine."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(host: object) -> None:
        if not _is_here(host):
            raise NetworkError(f"a test tried to reach {host!r}")

    def check_address(sock: socket.socket, address: Address) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            check(address[0])

    def guarded_connect(self: socket.socket, address: Address) -> None:
        check_address(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Address) -> int:
        check_address(self, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(
        host: bytes | str | None,
        port: bytes | str | int | None,
        family: int = 0,
        type: int = 0,
        proto: int = 0,
        flags: int = 0,
    ) -> list[tuple[Any, ...]]:
        check(host)
        return list(getaddrinfo(host, port, family, type, proto, flags))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(scope="session")
def embedder(no_network: None) -> Embedder:
    """Open the real model, once; the first time on a machine it is unpacked into the user's cache."""
    return Embedder.load()


@pytest.fixture(scope="session")
def paper_index(embedder: Embedder) -> PaperIndex:
    """Open the index of the bundled paper; the first time on a machine it is built, into the user's cache."""
    return load_index(load_paper(), embedder)


@pytest.fixture(scope="session")
def shared_eval() -> Path:
    """Give the folder of evaluation data, which is not part of the project; without it a test is skipped."""
    folder = Path(__file__).parents[2] / "shared" / "eval"
    if not folder.is_dir():
        pytest.skip("there is no ../shared/eval beside the checkout")
    return folder


@pytest.fixture(scope="session")
def reader(no_network: None) -> Reader:
    """Open the shipped reader, once."""
    return Reader.load()


@pytest.fixture(scope="session")
def assistant(paper_index: PaperIndex, reader: Reader) -> Assistant:
    """Give the assistant over the bundled paper."""
    return Assistant(paper_index, reader)
