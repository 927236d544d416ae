"""The engine that encodes the passages of many papers with Ray Data, on this machine or on a cluster.

The vectors are those that one process computes. A paper is the unit of work, so its texts are in the same batches, and
the vectors of a batch are the same bits whatever the number of threads. (In another batch, and so padded to another
length, a text's vector differs by some 1e-7.) If the processors of a cluster differ, or their versions of ONNX Runtime,
the last bits may differ from node to node.

If a worker is lost, alone or with its node, Ray gives its paper to another one.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.cluster.packages import import_package
from index.embedder import Embedder
from index.encoders import TextBlock, Vectors
from index.errors import ModelError, StoreError

logger = logging.getLogger(__name__)

CHARACTERS: Final = 32_000_000
"""The length of the texts that Ray has at one time, and so of those in memory."""

_STORE: Final = 512 * 1024**2
"""The shared memory, in bytes, of a cluster on this machine alone. What exceeds it goes to files for a while."""

_REACH_S: Final = 5.0
_TOKEN: Final = secrets.token_hex(32)  # one for each process, because Ray keeps the first one that it gets

_PACKAGES: Final = ("corpus", "index")
"""What the nodes of a cluster receive: this package and what it imports."""

PaperBlocks = tuple[str, Sequence[TextBlock]]
"""A paper's id and the blocks of its text."""


def encode_papers_on_ray(
    papers: Iterable[PaperBlocks], *, fingerprint: str, address: str | None = None
) -> Generator[tuple[str, Vectors], None, None]:
    """Yield each paper's id and the vectors of its blocks' pieces, by `Embedder.encode_blocks`, in ``papers``' order.

    ``papers`` are read as they are needed. The installed model is opened on every node; its fingerprint must be the one
    given. ``address`` is that of a cluster, "HOST:PORT", or "auto" for the one that this machine is a node of; None
    starts one on this machine alone, and ends it. Each CPU of the cluster runs a worker that takes 1 GB of memory.
    Raises StoreError.
    """
    with _cluster(address) as cpus:
        for window in _windows(papers):
            for row in _encoded(window, fingerprint, workers=max(1, cpus)):
                if row["problem"]:
                    raise StoreError(f"Embedding on Ray failed: {row['problem']}")
                logger.debug("%s was encoded on node %s", row["id"], row["node"])
                vectors = np.frombuffer(row["vectors"], np.float32)
                yield row["id"], vectors.reshape(-1, row["dimension"]).copy()


class EncodingWorker:
    """A worker, which opens the model once, and then encodes one paper after the other in one thread.

    A problem with the model is returned, not raised, because Ray would try again and again.
    """

    def __init__(self, fingerprint: str) -> None:
        self._problem = ""
        try:
            self._embedder = Embedder.load(threads=1)
        except ModelError as error:
            self._problem = str(error)
            return
        if self._embedder.fingerprint != fingerprint:
            self._problem = (
                f'The model "{self._embedder.name}" there is another ({self._embedder.fingerprint[:12]}) '
                f"than asked for ({fingerprint[:12]}); put the same on every node"
            )

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a paper's vectors as bytes, or the problem, and the node."""
        import ray

        node = ray.get_runtime_context().get_node_id()
        found = {"id": row["id"], "node": node, "vectors": b"", "dimension": 0, "problem": ""}
        if self._problem:
            return {**found, "problem": f"{self._problem} (on {socket.gethostname()})"}
        vectors = self._embedder.encode_blocks([TextBlock(*block) for block in json.loads(row["blocks"])])
        return {**found, "vectors": vectors.tobytes(), "dimension": vectors.shape[1]}


def _windows(papers: Iterable[PaperBlocks]) -> Iterator[list[PaperBlocks]]:
    """Divide papers into lists of some `CHARACTERS` of text."""
    window: list[PaperBlocks] = []
    length = 0
    for paper_id, blocks in papers:
        window.append((paper_id, blocks))
        length += sum(len(block.text) for block in blocks)
        if length >= CHARACTERS:
            yield window
            window, length = [], 0
    if window:
        yield window


def _encoded(papers: Sequence[PaperBlocks], fingerprint: str, *, workers: int) -> Iterator[dict[str, Any]]:
    """Yield the rows that `EncodingWorker` returns for papers.

    Each paper is a block of Ray's data by itself, so that they spread evenly.
    """
    import ray.data

    with _ray_errors():
        encoder: Any = EncodingWorker  # Ray's types do not include a class with __call__
        # As JSON, which can hold halves of surrogate pairs, as Ray's text cannot.
        items = [{"id": paper_id, "blocks": json.dumps(blocks)} for paper_id, blocks in papers]
        rows = ray.data.from_items(items, override_num_blocks=len(items)).map(
            encoder,
            fn_constructor_args=[fingerprint],
            compute=ray.data.ActorPoolStrategy(size=min(workers, len(papers)), max_tasks_in_flight_per_actor=2),
            num_cpus=1,
        )
        found = iter(rows.iter_rows())
    while True:
        with _ray_errors():
            row = next(found, None)
        if row is None:
            return
        yield row


@contextlib.contextmanager
def _cluster(address: str | None) -> Iterator[int]:
    """Connect to a cluster or start one, yield the number of its CPUs, and leave or end it."""
    if address and address.startswith("ray://"):
        raise StoreError(
            f"Ray Data does not run through Ray's client ({address}); start this on a node of the cluster instead, "
            'with the address "auto" or HOST:PORT'
        )
    if address and address != "auto":
        _reach(address)
    variables = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}  # a StoreError reports failures
    folder: str | None = None
    if address:
        packages = [str(Path(__file__).parents[2] / name) for name in _PACKAGES]
        settings: dict[str, Any] = {"address": address, "runtime_env": {"py_modules": packages}}
    else:
        # Whoever reaches Ray's ports can run any code. So a cluster on this machine alone listens to no other machine
        # (Ray reads that setting when it is first imported) and has a token, which it would put in the home folder.
        variables |= {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_TOKEN": _TOKEN}
        folder = tempfile.mkdtemp(prefix="tanya-ray-")
        settings = {"address": "local", "include_dashboard": False, "object_store_memory": _STORE, "_temp_dir": folder}
    try:
        with _environment(variables):
            ray = _import_ray()
            try:
                with _ray_errors():
                    ray.init(log_to_driver=False, logging_level=logging.CRITICAL, **settings)
                    cpus = int(ray.cluster_resources().get("CPU", 1))
                yield cpus
            finally:
                ray.shutdown()
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def _import_ray() -> Any:
    ray = import_package("ray", needed_for="Embedding on Ray")
    context = import_package("ray.data", needed_for="Embedding on Ray").DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.execution_options.preserve_order = True
    return ray


def _reach(address: str) -> None:
    """Check that something listens at an address: Ray itself would try for a minute. Raises StoreError."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_REACH_S).close()
    except ValueError as error:
        raise StoreError(f'"{address}" is no address of a Ray cluster; it has the form HOST:PORT, or "auto"') from error
    except OSError as error:
        raise StoreError(
            f"No Ray cluster can be reached at {address}: {error.strerror or error}; "
            "start one there (ray start --head), or leave out the address for one on this machine"
        ) from error


@contextlib.contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment, which Ray's processes inherit, and at the end undo that and what Ray set."""

    def for_ray() -> dict[str, str]:
        names = [name for name in os.environ if name.startswith("RAY_") or name == "PYTHONBREAKPOINT"]
        return {name: os.environ[name] for name in names}

    before = for_ray()
    os.environ.update(settings)
    try:
        yield
    finally:
        for name in for_ray():
            del os.environ[name]
        os.environ.update(before)


@contextlib.contextmanager
def _ray_errors() -> Iterator[None]:
    """Raise whatever fails in Ray as a StoreError of one line."""
    try:
        yield
    except Exception as error:  # Ray raises its parts' errors as they are, and ours within its own
        logger.debug("Ray failed", exc_info=True)
        lines = str(error).strip().splitlines() or [type(error).__name__]  # the calls, and last the error
        raise StoreError(f"Embedding on Ray failed: {lines[-1].strip()[:300]}") from error
