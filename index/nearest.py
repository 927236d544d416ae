"""The nearest of many vectors: a FAISS index whose kind depends on their number, memory-mapped when it is opened.

Vectors have length 1 and are compared by inner product, so by cosine. They are stored as 16-bit floats, which take half
the space and a third of the time and move a similarity by less than 0.0005. Up to `EXACT_UP_TO` of them are compared
one by one. Beyond that, a query walks a graph that links each vector to its neighbours, from the far ones to the near
ones (HNSW: Malkov and Yashunin 2016, https://arxiv.org/abs/1603.09320). The graph keeps the vectors in the order in
which they were added, so a few of its rows can be searched by themselves, too.

``benchmarks/scale.py`` measures the kinds and parameters; its results are in ``benchmarks/SCALE.md``.
"""

from __future__ import annotations

import contextlib
import math
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from index.embedder import Progress
from index.encoders import Vectors
from index.errors import StoreError

if TYPE_CHECKING:
    import faiss

Rows = npt.NDArray[np.int64]

EXACT_UP_TO = 35_000
"""The most vectors that are compared one by one. With more, the graph is faster for a single query."""

HELD = 384
"""How many candidates a search holds while it walks the graph (HNSW's ef). More find more, and take longer."""

ALL_OF = 0.1
"""The share of all rows up to which a search among some rows compares each of them."""

_NEIGHBOURS = 32  # of a vector in the graph (HNSW's M); twice as many at its lowest level
_HELD_BUILDING = 40  # candidates while the graph is built (efConstruction)
_CHUNK = 16_384  # vectors that are added at a time: 25 MB of floats
_WRITTEN_AT_ONCE = 1 << 20  # bytes
_READ_AT_ONCE = 1 << 22  # bytes
_HEADER = struct.Struct("<4siq")  # of a FAISS file: the kind, the dimension and the number of vectors


class Nearest(NamedTuple):
    """The nearest vectors of each query, the nearest first.

    ``similarities``: inner products, float32 (queries, found); ``rows``: the vectors' places in the order in which they
    were added, int64 (queries, found). ``found`` is k, or the number of vectors searched if that is less. A walk of the
    graph may find fewer if k is far above `HELD`: the other rows are -1, with a similarity of -inf.
    """

    similarities: Vectors
    rows: Rows


def build_nearest(
    parts: Sequence[npt.NDArray[np.floating[Any]]],
    dimension: int,
    *,
    exact_up_to: int | None = None,
    progress: Progress | None = None,
) -> faiss.Index:
    """Build the index of the vectors of all parts, each of shape (n, dimension); they may be memory-mapped.

    Beside the index, memory holds a chunk of some 25 MB at a time. Benchmarks set ``exact_up_to`` in place of
    `EXACT_UP_TO`. ``progress`` is called with (done, total) after each chunk of vectors, and may raise to cancel. A
    graph depends a little on the order in which threads run, so two builds may differ in a few of the vectors that they
    find.
    """
    library = _faiss()
    for part in parts:
        if part.ndim != 2 or part.shape[1] != dimension:
            raise ValueError(f"Vectors of shape {part.shape}, not (n, {dimension})")
    size = sum(map(len, parts))
    stored_as, compared_by = library.ScalarQuantizer.QT_fp16, library.METRIC_INNER_PRODUCT
    index: faiss.Index
    if size <= (EXACT_UP_TO if exact_up_to is None else exact_up_to):
        index = library.IndexScalarQuantizer(dimension, stored_as, compared_by)
    else:
        graph = library.IndexHNSWSQ(dimension, stored_as, _NEIGHBOURS, compared_by)
        graph.hnsw.efConstruction = _HELD_BUILDING
        index = graph
    for part in parts:
        for start in range(0, len(part), _CHUNK):
            index.add(np.ascontiguousarray(part[start : start + _CHUNK], np.float32))
            if progress:
                progress(index.ntotal, size)
    return index


def write_nearest(index: faiss.Index, file: Path) -> None:
    """Write an index in FAISS's format. Raises OSError, also for a full disk, which FAISS's own writer ignores."""
    library = _faiss()
    with file.open("wb") as target:
        library.write_index(index, library.PyCallbackIOWriter(target.write, _WRITTEN_AT_ONCE))


def open_nearest(file: Path) -> faiss.Index:
    """Open an index file memory-mapped: a search reads only what it touches, and processes share it.

    Nothing can be added to it. The file must not change while the index is open, and must be whole, which the caller
    checks (`corpus.files.sealed_folder`). Raises OSError for an absent file, StoreError for one that is no index.
    """
    library = _faiss()
    _read_ahead(file)
    try:
        index: faiss.Index = library.read_index(str(file), library.IO_FLAG_MMAP_IFC)
    except (RuntimeError, MemoryError) as error:  # MemoryError: a damaged length
        raise StoreError(f"The vectors in {file} cannot be used: they are not what was written") from error
    return index


def search(index: faiss.Index, queries: Vectors, k: int, *, among: Rows | None = None) -> Nearest:
    """Return the k vectors nearest to each query, float32 (queries, dimension): of all, or ``among`` some rows only.

    ``among`` holds no row twice. Thread-safe. A search among some rows misses no more than one of all: it compares each
    of few rows, and holds more candidates for many.
    """
    library = _faiss()
    searched = index.ntotal if among is None else len(among)
    k = min(k, searched)
    if not k or not len(queries):
        return Nearest(np.empty((len(queries), k), np.float32), np.empty((len(queries), k), np.int64))
    selector = None
    if among is not None:
        chosen = np.zeros(index.ntotal, np.bool_)
        chosen[among] = True
        selector = library.IDSelectorBitmap(np.packbits(chosen, bitorder="little"))
    is_graph = isinstance(index, library.IndexHNSW)
    with _alone(len(queries)):
        if is_graph and searched > ALL_OF * index.ntotal:
            held = math.ceil(max(HELD, k) * index.ntotal / searched)  # candidates, only some of which are searched
            walk = library.SearchParametersHNSW(efSearch=held, sel=selector)
            similarities, rows = index.search(queries, k, params=walk)
        else:
            stored: Any = index
            one_by_one = library.downcast_index(stored.storage) if is_graph else stored
            similarities, rows = one_by_one.search(queries, k, params=library.SearchParameters(sel=selector))
    similarities[rows < 0] = -np.inf
    return Nearest(similarities, rows)


def _faiss() -> Any:
    """Import FAISS when it is first needed, untyped: its types lack half of what is used here."""
    import faiss

    return faiss


@contextlib.contextmanager
def _alone(queries: int) -> Iterator[None]:
    """Let the calling thread alone search a single query: on a busy machine, waiting for other threads costs more."""
    library = _faiss()
    threads = library.omp_get_max_threads()
    library.omp_set_num_threads(1 if queries == 1 else threads)  # the calling thread's own setting
    try:
        yield
    finally:
        library.omp_set_num_threads(threads)


def _read_ahead(file: Path) -> None:
    """Read a graph's links into the system's cache. Raises OSError.

    FAISS touches all of them when it opens a file. If the file was not read lately, that takes seconds page by page,
    and a fraction of a second from beginning to end, as here. The vectors behind the links are not read.
    """
    with file.open("rb") as source:
        header = source.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return
        kind, dimension, size = _HEADER.unpack(header)
        if kind == b"IHNs":
            links = file.stat().st_size - 2 * dimension * size
            while source.tell() < links and source.read(_READ_AT_ONCE):
                pass
