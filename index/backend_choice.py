"""Chooses the back-end that searches a library, by its address, and the engine that encodes it, by its name.

To add another vector store, write its `Backend` beside `index.cluster.milvus`, and choose it by its address in
`check_address`, `open_backend` and `examine`.

Only this module imports `index.cluster`, and only when one of its parts is chosen: their packages are optional.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from index.backend import Backend, Condition
from index.encoders import TextBlock, Vectors
from index.local_backend import LocalBackend, Source

LOCAL: Final = "local"
"""The address of the index in files beside the papers."""

ENGINES: Final = ("local", "ray")

Engine = Callable[[Iterable[tuple[str, Sequence[TextBlock]]]], Iterator[tuple[str, Vectors]]]
"""Encodes many papers: takes the id and the blocks of each, and yields the id and the vectors of the blocks' pieces."""


def check_address(address: str) -> None:
    """Raise TanyaError for what is not the address of a back-end."""
    if address != LOCAL:
        from index.cluster.milvus_connection import parse_address

        parse_address(address)


def open_backend(
    address: str, *, folder: Path, made_from: Mapping[str, Any], source: Source, dimension: int
) -> Backend:
    """Open the back-end at an address, creating its storage where there is none yet.

    The local one keeps its files in ``folder``, and gets from ``source`` the papers that it merges. ``made_from`` says
    what the vectors are made from, and ``dimension`` is theirs. Raises StoreError, also if a Milvus holds vectors that
    are made from something else.
    """
    if address == LOCAL:
        return LocalBackend(folder, made_from, source)
    from index.cluster.milvus import MilvusBackend

    fingerprint = hashlib.sha256(repr(sorted(made_from.items())).encode()).hexdigest()
    return MilvusBackend(address, dimension=dimension, model_fingerprint=fingerprint)


def examine(address: str) -> Condition:
    """Return whether the back-end at an address other than `LOCAL` can be used. Nothing is opened."""
    from index.cluster.milvus_connection import examine_milvus

    return examine_milvus(address)


def open_engine(name: str, *, fingerprint: str, address: str | None = None) -> Engine | None:
    """Return the engine of this name; None stands for this process.

    ``fingerprint`` is that of the embedding model, ``address`` that of a Ray cluster, None for one on this machine.
    """
    if name == "local":
        return None
    from index.cluster.ray_engine import encode_papers_on_ray

    return functools.partial(encode_papers_on_ray, fingerprint=fingerprint, address=address)
