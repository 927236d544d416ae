"""The nearest of many vectors: a FAISS index chosen by size, built in bounded memory, opened by memory-mapping.

    build_nearest(parts, dimension, *, exact_up_to=None, progress=None) -> faiss.Index
    write_nearest(index, file)
    open_nearest(file) -> faiss.Index
    search(index, queries, k, *, among=None) -> Nearest(similarities, rows)

Vectors are of length 1 and compared by inner product, so by cosine. They are kept as 16-bit floats, which take half the
room and a third of the time and move a similarity by less than 0.0005. Up to `EXACT_UP_TO` of them are compared one by
one. Beyond, a query walks a graph in which each vector knows its neighbours, from the far ones to the near ones (HNSW:
Malkov and Yashunin 2016, https://arxiv.org/abs/1603.09320). Beneath the graph the vectors stand in the order they were
given in, so that a few rows of the whole can be searched by themselves, too.

Kind and parameters are measured, by ``benchmarks/scale.py``; what was measured is in ``benchmarks/SCALE.md``.
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
"""How many vectors are compared one by one; from there on the graph is the faster, for a single query."""

HELD = 384
"""How many candidates a search holds while it walks the graph (HNSW's ef): more find more, and take longer."""

ALL_OF = 0.1
"""The share of rows up to which a restricted search compares all of them."""

_NEIGHBOURS = 32  # that a vector has in the graph (HNSW's M); twice as many at its lowest level
_HELD_BUILDING = 40  # candidates while the graph is built (efConstruction)
_CHUNK = 16_384  # vectors that are added at a time: 25 MB of floats
_WRITTEN_AT_ONCE = 1 << 20  # bytes
_READ_AT_ONCE = 1 << 22
_HEADER = struct.Struct("<4siq")  # how FAISS's files begin: the kind, the dimension and the number of vectors


class Nearest(NamedTuple):
    """The nearest vectors of each query, the nearest first.

    ``similarities``: inner products, float32 (queries, found); ``rows``: the vectors' places in the order they were
    given in, int64 (queries, found). ``found`` is k, or the number of vectors searched where that is less. Where a
    walk meets fewer, which a k far above `HELD` may make happen, the rest is -1 with a similarity of -inf.
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
    """Build the index of the vectors of all parts, each (n, dimension), such as a paper's; memory-mapped ones will do.

    Beside the index, a chunk of some 25 MB is held at a time. ``exact_up_to`` takes the place of `EXACT_UP_TO` in
    benchmarks. ``progress`` is called with (done, total) after each chunk of vectors, and may raise to cancel. A graph
    depends a little on how the threads took turns, so that two builds may differ in a few of what they find.
    """
    library = _faiss()
    for part in parts:
        if part.ndim != 2 or part.shape[1] != dimension:
            raise ValueError(f"Vectors of shape {part.shape}, not (n, {dimension})")
    size = sum(map(len, parts))
    kept_as, compared_by = library.ScalarQuantizer.QT_fp16, library.METRIC_INNER_PRODUCT
    index: faiss.Index
    if size <= (EXACT_UP_TO if exact_up_to is None else exact_up_to):
        index = library.IndexScalarQuantizer(dimension, kept_as, compared_by)
    else:
        graph = library.IndexHNSWSQ(dimension, kept_as, _NEIGHBOURS, compared_by)
        graph.hnsw.efConstruction = _HELD_BUILDING
        index = graph
    for chunk in _chunks(parts):
        index.add(chunk)
        if progress:
            progress(index.ntotal, size)
    return index


def write_nearest(index: faiss.Index, file: Path) -> None:
    """Write an index in FAISS's format; raises OSError, on a full disk too, of which FAISS's own writer is silent."""
    library = _faiss()
    with file.open("wb") as target:
        library.write_index(index, library.PyCallbackIOWriter(target.write, _WRITTEN_AT_ONCE))


def open_nearest(file: Path) -> faiss.Index:
    """Open an index that was written, memory-mapped: what a search touches is read then, and shared by processes.

    Nothing can be added to it. The file must stay as it is while the index is open, and be whole, which
    `index.sealed_folder` tells. Raises OSError for a file that is not there, StoreError for one that is no index.
    """
    library = _faiss()
    _read_ahead(file)
    try:
        index: faiss.Index = library.read_index(str(file), library.IO_FLAG_MMAP_IFC)
    except (RuntimeError, MemoryError) as error:  # MemoryError: a damaged length
        raise StoreError(f"The vectors in {file} cannot be used: they are not what was written") from error
    return index


def search(index: faiss.Index, queries: Vectors, k: int, *, among: Rows | None = None) -> Nearest:
    """Return the k nearest of each query, float32 (queries, dimension), of all vectors or ``among`` some rows only.

    No row may stand twice in ``among``. Thread-safe. A restricted search finds as much of what is nearest as any other:
    among few rows all are compared, among many more candidates are held.
    """
    library = _faiss()
    searched = index.ntotal if among is None else len(among)
    k = min(k, searched)
    if not k or not len(queries):
        return Nearest(np.empty((len(queries), k), np.float32), np.empty((len(queries), k), np.int64))
    selector = None if among is None else library.IDSelectorBitmap(_bitmap(among, index.ntotal))
    with _alone(len(queries)):
        if isinstance(index, library.IndexHNSW) and searched > ALL_OF * index.ntotal:
            held = math.ceil(max(HELD, k) * index.ntotal / searched)  # of which only the share that is searched counts
            walk = library.SearchParametersHNSW(efSearch=held, sel=selector)
            similarities, rows = index.search(queries, k, params=walk)
        else:
            similarities, rows = _codes(index).search(queries, k, params=library.SearchParameters(sel=selector))
    similarities[rows < 0] = -np.inf
    return Nearest(similarities, rows)


def _faiss() -> Any:
    """Import FAISS when it is first needed, without its types, which lack half of what is used here."""
    import faiss

    return faiss


@contextlib.contextmanager
def _alone(queries: int) -> Iterator[None]:
    """Have a single query searched by the calling thread: FAISS would wake others, to wait for on a busy machine."""
    library = _faiss()
    threads = library.omp_get_max_threads()
    library.omp_set_num_threads(1 if queries == 1 else threads)  # the calling thread's own setting
    try:
        yield
    finally:
        library.omp_set_num_threads(threads)


def _read_ahead(file: Path) -> None:
    """Read a graph's links into the system's cache; raises OSError.

    FAISS looks at all of them on opening. Page by page as they are touched, this takes seconds where the file has not
    been read lately; from beginning to end, as here, a fraction of one. The vectors behind them are left alone.
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


def _codes(index: Any) -> Any:
    """Return the index that compares all vectors: the one beneath a graph, or the whole."""
    library = _faiss()
    return library.downcast_index(index.storage) if isinstance(index, library.IndexHNSW) else index


def _chunks(parts: Sequence[npt.NDArray[np.floating[Any]]]) -> Iterator[Vectors]:
    for part in parts:
        for start in range(0, len(part), _CHUNK):
            yield np.ascontiguousarray(part[start : start + _CHUNK], np.float32)


def _bitmap(rows: Rows, size: int) -> npt.NDArray[np.uint8]:
    chosen = np.zeros(size, np.bool_)
    chosen[rows] = True
    return np.packbits(chosen, bitorder="little")
