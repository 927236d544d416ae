"""Many papers encoded by Ray Data, for real: on a local cluster of two nodes, and on one of this machine alone.

Ray's processes take their time to start, so most of this is marked as long.
"""

from __future__ import annotations

import importlib
import logging
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from index import Embedder
from index.cache import cache_folder
from index.cluster import ray_engine
from index.cluster.ray_engine import EncodingWorker, encode_papers_on_ray
from index.encoders import TextBlock
from index.errors import ModelError, StoreError


def block(text: str) -> TextBlock:
    """Return a text and its two halves as pieces."""
    half = len(text) // 2
    return TextBlock(text, ((0, half), (half, len(text))))


PAPERS = [
    (
        f"paper {n}",
        [
            block(f"Sichuan sent {n * 1000 + row} masks{', which helped' * (row % 3)}.{' Terima kasih.' * n}")
            for row in range(8)
        ],
    )
    for n in range(6)
]
ODD = [("empty", []), ("odd", [block("half a pair \ud83d of surrogates"), block(""), block("kata " * 600)])]


@pytest.fixture(scope="module")
def ray(no_network: None) -> Iterator[Any]:
    """Import Ray, set to listen to this machine alone, which must be set before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        yield pytest.importorskip("ray", reason="ray is not installed: pip install -r requirements-cluster.txt")


@pytest.fixture(scope="class")
def short_folder() -> Iterator[str]:
    """Make a temporary folder: pytest's own would make the names of Ray's sockets too long."""
    folder = tempfile.mkdtemp(prefix="ray-")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="class")
def cluster(ray: Any, short_folder: str) -> Iterator[Any]:
    """Start two nodes with one CPU each."""
    cluster_utils: Any = importlib.import_module("ray.cluster_utils")
    utils: Any = importlib.import_module("ray._common.utils")
    # Where Ray notes the newest cluster, whatever folder that cluster uses.
    Path(utils.get_default_ray_temp_dir()).mkdir(exist_ok=True)
    node = {"num_cpus": 1, "object_store_memory": 100 * 1024**2, "node_ip_address": "127.0.0.1"}
    head = {**node, "include_dashboard": False, "temp_dir": short_folder}
    started = cluster_utils.Cluster(initialize_head=True, head_node_args=head)
    started.add_node(**node)
    yield started
    started.shutdown()


@pytest.fixture
def all_workers_first(ray: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no paper be handed out before every worker is there: the first might have encoded all by then."""
    import ray.data

    monkeypatch.setattr(ray.data.DataContext.get_current(), "wait_for_min_actors_s", 300)


def nodes_of(caplog: pytest.LogCaptureFixture) -> dict[str, str]:
    """Return the node that each paper was encoded on."""
    logged = (re.fullmatch("(.*) was encoded on node ([0-9a-f]+)", record.getMessage()) for record in caplog.records)
    return {found[1]: found[2] for found in logged if found}


def assert_equal(found: list[tuple[str, Any]], papers: list[tuple[str, list[TextBlock]]], embedder: Embedder) -> None:
    assert [name for name, _ in found] == [name for name, _ in papers]
    for (_, vectors), (_, blocks) in zip(found, papers, strict=True):
        assert vectors.dtype == np.float32
        assert np.array_equal(vectors, embedder.encode_blocks(blocks))


@pytest.mark.long
class TestTwoNodes:
    def test_both_work_and_the_vectors_are_those_of_one_process(
        self, cluster: Any, all_workers_first: None, embedder: Embedder, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG, logger="index.cluster.ray_engine")
        papers = [*PAPERS, *ODD]
        found = list(encode_papers_on_ray(papers, fingerprint=embedder.fingerprint, address=cluster.address))
        assert_equal(found, papers, embedder)
        where = nodes_of(caplog)
        assert set(where) == {name for name, _ in papers}
        assert set(where.values()) == {node.node_id for node in cluster.list_all_nodes()}
        assert len(set(where.values())) == 2

    def test_a_fault_of_the_model_is_an_error(self, cluster: Any) -> None:
        results = encode_papers_on_ray(PAPERS[:1], fingerprint="0123456789abcdef", address=cluster.address)
        line = r"is another .* than asked for \(0123456789ab\); put the same on every node"
        with pytest.raises(StoreError, match=f"Embedding on Ray failed: .*{line}") as caught:
            list(results)
        assert "\n" not in str(caught.value)

    def test_a_node_that_is_lost(
        self, cluster: Any, all_workers_first: None, embedder: Embedder, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG, logger="index.cluster.ray_engine")
        papers = [
            (f"{name}, {n}", [block(f"{n} {text}") for text, _ in blocks * 2])
            for n in range(2)
            for name, blocks in PAPERS
        ]
        lost = next(node for node in cluster.list_all_nodes() if not node.head)
        results = encode_papers_on_ray(papers, fingerprint=embedder.fingerprint, address=cluster.address)
        found = [next(results)]
        cluster.remove_node(lost, allow_graceful=False)
        found += results
        assert_equal(found, papers, embedder)
        assert cluster.head_node.node_id in nodes_of(caplog).values()


class Interrupted(Exception):
    pass


@pytest.mark.long
def test_an_interrupted_run_leaves_nothing(
    ray: Any, short_folder: str, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    psutil = pytest.importorskip("psutil")
    monkeypatch.setattr(tempfile, "tempdir", short_folder)
    monkeypatch.setenv("TANYA_CACHE", str(cache_folder()))
    monkeypatch.setenv("HOME", short_folder)  # where Ray would keep a token
    environment = dict(os.environ)
    encoding = encode_papers_on_ray(PAPERS, fingerprint=embedder.fingerprint)
    next(encoding)
    started = psutil.Process().children(recursive=True)
    with pytest.raises(Interrupted):
        encoding.throw(Interrupted)
    assert len(started) > 2
    _, alive = psutil.wait_procs(started, timeout=60)
    assert alive == []
    assert not ray.is_initialized()
    assert list(Path(tempfile.gettempdir()).iterdir()) == []
    assert dict(os.environ) == environment


class TestBeforeRayStarts:
    def test_without_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "ray", None)
        with pytest.raises(StoreError, match=r"needs the package ray, .*pip install -r requirements-cluster\.txt"):
            next(encode_papers_on_ray(PAPERS, fingerprint=""))

    def test_without_a_part_of_it(self, ray: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "ray.data", None)
        with pytest.raises(StoreError, match=r"package ray\.data, .*pip install -r requirements-cluster\.txt"):
            next(encode_papers_on_ray(PAPERS, fingerprint=""))

    def test_where_no_cluster_is(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))  # bound and not listened to: whoever connects is turned away
            address = f"127.0.0.1:{closed.getsockname()[1]}"
            with pytest.raises(StoreError, match=f"No Ray cluster can be reached at {address}: Connection refused; "):
                next(encode_papers_on_ray(PAPERS, fingerprint="", address=address))

    @pytest.mark.parametrize("address", ["cluster", "cluster:", "cluster:port"])
    def test_what_is_no_address(self, address: str) -> None:
        with pytest.raises(StoreError, match=f'"{address}" is no address of a Ray cluster; it has the form HOST:PORT'):
            next(encode_papers_on_ray(PAPERS, fingerprint="", address=address))

    def test_rays_client_is_refused(self) -> None:
        with pytest.raises(
            StoreError, match=r"does not run through Ray's client \(ray://host:10001\); start this on a"
        ):
            next(encode_papers_on_ray(PAPERS, fingerprint="", address="ray://host:10001"))


def test_a_model_that_cannot_be_opened_is_a_result(ray: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*, threads: int) -> Embedder:
        raise ModelError("The embedding model is not installed")

    monkeypatch.setattr(Embedder, "load", fail)
    monkeypatch.setattr(ray, "get_runtime_context", lambda: SimpleNamespace(get_node_id=lambda: "a node"))
    row = EncodingWorker("a model")({"id": "paper", "blocks": "[]"})
    assert row["problem"] == f"The embedding model is not installed (on {socket.gethostname()})"
    assert (row["id"], row["node"], row["vectors"]) == ("paper", "a node", b"")


def test_papers_are_read_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_engine, "CHARACTERS", 25)
    read = []

    def papers() -> Iterator[tuple[str, list[TextBlock]]]:
        for n in range(5):
            read.append(n)
            yield f"paper {n}", [block("x" * 5), block("y" * 5)]

    windows = ray_engine._windows(papers())
    assert [name for name, _ in next(windows)] == ["paper 0", "paper 1", "paper 2"]
    assert read == [0, 1, 2]
    assert [name for name, _ in next(windows)] == ["paper 3", "paper 4"]
    assert list(windows) == []
