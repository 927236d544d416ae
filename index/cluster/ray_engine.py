"""The passages of many papers turned into vectors by Ray Data, on this machine or on a cluster.

What comes back is what one process makes: a paper is the unit of work, so that its texts are put into the same batches,
and a batch's vectors are the same bits whatever the number of threads. (Put into other batches, and so padded to
another length, a text's vector differs by some 1e-7.) On a cluster of different processors, or of different versions of
ONNX Runtime, the last bits may differ from node to node.

What a worker was at when it was lost, alone or with its node, is done again by another: Ray sees to that.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from operator import length_hint
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.embedder import Embedder, Progress
from index.encoders import Block, Vectors
from index.errors import ModelError, StoreError

logger = logging.getLogger(__name__)

CHARACTERS: Final = 32_000_000
"""How long the texts are, in all, of the papers that Ray has at one time: no more of them is held in memory."""

_STORE: Final = 512 * 1024**2
"""The shared memory, in bytes, of a cluster on this machine alone; what is beyond it goes to files for a while."""

_REACH_S: Final = 5.0

_PACKAGES: Final = ("corpus", "index")
"""What is sent to the nodes of a cluster: this package and what it imports."""

Blocks = tuple[str, Sequence[Block]]
"""A paper's id and the blocks of its text."""


def encode_papers_on_ray(
    papers: Iterable[Blocks],
    *,
    model: str | None = None,
    fingerprint: str | None = None,
    address: str | None = None,
    workers: int | None = None,
    threads: int = 1,
    progress: Progress | None = None,
) -> Iterator[tuple[str, Vectors]]:
    """Yield each paper's id and the vectors of its blocks' pieces, by `Embedder.encode_blocks`, in ``papers``' order.

    ``papers`` are read as they are needed. ``model`` is what `Embedder.load` takes, to be found on every node; it is an
    error if its fingerprint is not the one given. ``address`` is that of a cluster, "HOST:PORT", or "auto" for the one
    that this machine is a node of; None starts one on this machine alone, and ends it. There are ``workers``, of 1 GB
    and so many ``threads`` each, or as many as the cluster has CPUs for. ``progress`` is called with (papers done,
    papers to do), as far as ``papers`` tells its length, and may raise to cancel. Raises StoreError.
    """
    total, done = length_hint(papers), 0
    with _cluster(address) as cpus:
        worker = {"model": model, "fingerprint": fingerprint, "threads": threads}
        for some in _windows(papers):
            for row in _encoded(some, worker, workers or max(1, cpus // threads)):
                if row["problem"]:
                    raise StoreError(f"Embedding on Ray failed: {row['problem']}")
                logger.debug("%s was encoded on node %s", row["id"], row["node"])
                vectors = np.frombuffer(row["vectors"], np.float32)
                yield row["id"], vectors.reshape(-1, row["dimension"]).copy()
                done += 1
                if progress:
                    progress(done, max(done, total))


class Encoder:
    """A worker: it opens the model once, and then encodes one paper after the other.

    What is wrong with the model is returned, not raised, for Ray would try again and again.
    """

    def __init__(self, model: str | None, fingerprint: str | None, threads: int) -> None:
        self._problem = ""
        try:
            self._embedder = Embedder.load(model, threads=threads)
        except ModelError as error:
            self._problem = str(error)
            return
        if fingerprint and self._embedder.fingerprint != fingerprint:
            self._problem = (
                f'The model "{self._embedder.name}" there is another ({self._embedder.fingerprint[:12]}) '
                f"than asked for ({fingerprint[:12]}); put the same on every node"
            )

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a paper's vectors as bytes, or what is wrong, and the node."""
        import ray

        node = ray.get_runtime_context().get_node_id()
        if self._problem:
            problem = f"{self._problem} (on {socket.gethostname()})"
            return {"id": row["id"], "vectors": b"", "dimension": 0, "node": node, "problem": problem}
        vectors = self._embedder.encode_blocks([Block(*block) for block in json.loads(row["blocks"])])
        return {
            "id": row["id"],
            "vectors": vectors.tobytes(),
            "dimension": vectors.shape[1],
            "node": node,
            "problem": "",
        }


def _windows(papers: Iterable[Blocks]) -> Iterator[list[Blocks]]:
    """Divide papers into lists of some `CHARACTERS` of text."""
    some: list[Blocks] = []
    length = 0
    for name, blocks in papers:
        some.append((name, blocks))
        length += sum(len(block.text) for block in blocks)
        if length >= CHARACTERS:
            yield some
            some, length = [], 0
    if some:
        yield some


def _encoded(papers: Sequence[Blocks], worker: dict[str, Any], workers: int) -> Iterator[dict[str, Any]]:
    """Encode papers, each a block by itself, so that they spread evenly; yield the rows that `Encoder` returns."""
    import ray.data

    with _told():
        encoder: Any = Encoder  # a class that is called is not among the types that Ray tells
        rows = ray.data.from_items([_row(*paper) for paper in papers], override_num_blocks=len(papers)).map(
            encoder,
            fn_constructor_kwargs=worker,
            compute=ray.data.ActorPoolStrategy(size=min(workers, len(papers)), max_tasks_in_flight_per_actor=2),
            num_cpus=worker["threads"],
        )
        found = iter(rows.iter_rows())
    while True:
        with _told():
            row = next(found, None)
        if row is None:
            return
        yield row


def _row(name: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """Return a paper as Ray keeps it; JSON can hold halves of surrogate pairs, and Ray's own columns cannot."""
    return {"id": name, "blocks": json.dumps(blocks)}


@contextlib.contextmanager
def _cluster(address: str | None) -> Iterator[int]:
    """Connect to a cluster or start one, and leave or end it; give the number of its CPUs."""
    if address and address.startswith("ray://"):
        raise StoreError(
            f"Ray Data does not run through Ray's client ({address}); start this on a node of the cluster instead, "
            'with the address "auto" or HOST:PORT'
        )
    if address and address != "auto":
        _reach(address)
    quiet = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}  # what fails is told by a StoreError
    # Whoever reaches Ray's ports can run what they like, so a cluster on this machine alone listens to nobody else (the
    # setting is read when Ray is first imported) and has a token, which would otherwise go into the home folder.
    alone = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_TOKEN": _token()}
    folder = None if address else tempfile.mkdtemp(prefix="tanya-ray-")
    try:
        with _environment(quiet if address else {**quiet, **alone}):
            ray = _import_ray()
            try:
                with _told():
                    ray.init(**_settings(address, folder))
                    cpus = int(ray.cluster_resources().get("CPU", 1))
                yield cpus
            finally:
                ray.shutdown()
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def _import_ray() -> Any:
    try:
        import ray
        import ray.data
    except ModuleNotFoundError as error:
        raise StoreError(
            f"Embedding on Ray needs the package {error.name}, which is not installed; "
            "run: pip install -r requirements-cluster.txt"
        ) from error
    logging.getLogger("ray").setLevel(logging.CRITICAL)
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.execution_options.preserve_order = True
    return ray


def _settings(address: str | None, folder: str | None) -> dict[str, Any]:
    quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    if address:
        root = Path(__file__).parents[2]
        return {**quiet, "address": address, "runtime_env": {"py_modules": [str(root / name) for name in _PACKAGES]}}
    return {**quiet, "address": "local", "include_dashboard": False, "object_store_memory": _STORE, "_temp_dir": folder}


def _reach(address: str) -> None:
    """See that something listens at an address, for Ray itself would try for a minute."""
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


@functools.cache
def _token() -> str:
    return secrets.token_hex(32)  # the same as long as this process runs, for Ray keeps the first it is told


@contextlib.contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    """Set environment variables of Ray's, which its processes inherit, and afterwards undo that and what Ray set."""

    def of_ray() -> dict[str, str]:
        return {
            name: value for name, value in os.environ.items() if name.startswith("RAY_") or name == "PYTHONBREAKPOINT"
        }

    before = of_ray()
    os.environ.update(settings)
    try:
        yield
    finally:
        for name in of_ray():
            del os.environ[name]
        os.environ.update(before)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # Ray raises what its parts raise, and ours wrapped into its own
        logger.debug("Ray failed", exc_info=True)
        raise StoreError(f"Embedding on Ray failed: {_reason(error)}") from error


def _reason(error: BaseException) -> str:
    told = str(error).strip().splitlines()  # the calls that led there, and last what went wrong
    return told[-1].strip()[:300] if told else type(error).__name__
