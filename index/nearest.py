"""The nearest of many vectors: a FAISS index chosen by size, built in bounded memory, opened by memory-mapping.

    build_nearest(parts, dimension, *, exact_up_to=None, progress=None) -> faiss.Index
    write_nearest(index, file)
    open_nearest(file) -> faiss.Index
    search(index, queries, k, *, among=None) -> Nearest(similarities, rows)

Vectors are of length 1 and compared by inner product, so by cosine. Up to `EXACT_UP_TO` of them are compared one by
one. Beyond, three steps, each cheaper than what it saves:

1. Lists. k-means parts the vectors, and only the lists whose centres are nearest to the query are looked into (an
   inverted file: Sivic and Zisserman 2003, https://doi.org/10.1109/ICCV.2003.1238663; Jégou et al. 2011,
   https://doi.org/10.1109/TPAMI.2010.57).
2. Bits. Within those, a vector is one bit a dimension of what sets it apart from its centre, after a random rotation,
   which is enough to estimate its inner product with the query (RaBitQ: Gao and Long 2024,
   https://arxiv.org/abs/2405.12497), 32 vectors at a time in registers (fast scan: André et al. 2015,
   https://www.vldb.org/pvldb/vol9/p288-andre.pdf).
3. Bytes. The best by that estimate are compared anew by a byte a dimension. These codes stand in the vectors' order,
   so that a few rows of the whole can be searched by themselves, too.

The parameters are measured, by ``benchmarks/scale.py``; what was measured is in ``benchmarks/SCALE.md``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from index.embedder import Progress, Vectors
from index.errors import StoreError

if TYPE_CHECKING:
    import faiss

Rows = npt.NDArray[np.int64]

EXACT_UP_TO = 50_000
"""How many vectors are compared one by one; beyond it, the approximate kind is built."""

PROBED = 64
"""How many lists are looked into for a query."""

COMPARED_ANEW = 200
"""How many of the best by their bits are compared by their bytes, at least."""

ALL_OF = 0.1
"""The share of rows up to which a restricted search compares all of them by their bytes."""

_CHUNK = 16_384  # vectors that are added at a time: 25 MB of floats
_LISTS = 4.0  # times the square root of the number of vectors
_SAMPLE = 50  # vectors of each list that k-means sees
_ROUNDS = 10  # of k-means
_WRITTEN_AT_ONCE = 1 << 20  # bytes
_SEED = 0


class Nearest(NamedTuple):
    """The nearest vectors of each query, the nearest first.

    ``similarities``: inner products, float32 (queries, found); ``rows``: the vectors' places in the order they were
    given in, int64 (queries, found). ``found`` is k, or the number of vectors searched where that is less. Where the
    lists that were looked into hold fewer, the rest is -1 with a similarity of -inf.
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

    Beside the index, some 100 MB and the sample that k-means sees (a fifth of a million vectors) are held at a time.
    ``exact_up_to`` stands in for `EXACT_UP_TO`, to measure by.
    ``progress`` is called with (done, total), in vectors looked at, in training as in adding, and may raise to cancel.
    """
    library = _faiss()
    for part in parts:
        if part.ndim != 2 or part.shape[1] != dimension:
            raise ValueError(f"Vectors of shape {part.shape}, not (n, {dimension})")
    size = sum(map(len, parts))
    done, total = 0, size

    def report(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, total)

    if size <= (EXACT_UP_TO if exact_up_to is None else exact_up_to):
        index: faiss.Index = library.IndexFlatIP(dimension)
    else:
        lists = lists_for(size)
        index = library.index_factory(dimension, _kind(dimension, lists), library.METRIC_INNER_PRODUCT)
        sample = _sample(parts, min(size, _SAMPLE * lists))
        total += _ROUNDS * len(sample)
        _train(index, sample, report)
        del sample
    for chunk in _chunks(parts):
        index.add(chunk)
        report(len(chunk))
    return index


def write_nearest(index: faiss.Index, file: Path) -> None:
    """Write an index in FAISS's format; raises OSError, on a full disk too, of which FAISS's own writer is silent."""
    library = _faiss()
    with file.open("wb") as target:
        library.write_index(index, library.PyCallbackIOWriter(target.write, _WRITTEN_AT_ONCE))


def open_nearest(file: Path) -> faiss.Index:
    """Open an index that was written, memory-mapped: what a search touches is read then, and shared by processes.

    Nothing can be added to it. The file must stay as it is while the index is open, and be whole (`index.sealed_folder`
    tells): FAISS may end the process over one that is cut short. Raises OSError for a file that is not there,
    StoreError for one that is no index.
    """
    library = _faiss()
    with file.open("rb"):  # FAISS raises the same for a file that is absent as for a damaged one
        pass
    try:
        index: faiss.Index = library.read_index(str(file), library.IO_FLAG_MMAP_IFC)
    except (RuntimeError, MemoryError) as error:  # MemoryError: a damaged length
        raise StoreError(f"The vectors in {file} cannot be used: they are not what was written") from error
    return index


def search(index: faiss.Index, queries: Vectors, k: int, *, among: Rows | None = None) -> Nearest:
    """Return the k nearest of each query, float32 (queries, dimension), of all vectors or ``among`` some rows only.

    No row may stand twice in ``among``. Thread-safe. A restricted search finds as much of what is nearest as any other:
    among few rows all are compared, among many more lists are looked into.
    """
    library = _faiss()
    searched = index.ntotal if among is None else len(among)
    k = min(k, searched)
    if not k or not len(queries):
        return Nearest(np.empty((len(queries), k), np.float32), np.empty((len(queries), k), np.int64))
    selector = None if among is None else library.IDSelectorBitmap(_bitmap(among, index.ntotal))
    if not isinstance(index, library.IndexRefine):
        similarities, rows = index.search(queries, k, params=library.SearchParameters(sel=selector))
    elif searched <= ALL_OF * index.ntotal:
        codes = library.downcast_index(index.refine_index)
        similarities, rows = codes.search(queries, k, params=library.SearchParameters(sel=selector))
    else:
        probed = math.ceil(PROBED * index.ntotal / searched)
        lists = library.SearchParametersIVF(nprobe=probed, sel=selector)
        found = library.IndexRefineSearchParameters(
            k_factor=max(COMPARED_ANEW / k, 4.0),
            base_index_params=library.SearchParametersPreTransform(index_params=lists),
        )
        similarities, rows = index.search(queries, k, params=found)
    similarities[rows < 0] = -np.inf
    return Nearest(similarities, rows)


def _faiss() -> Any:
    """Import FAISS when it is first needed, without its types, which lack half of what is used here."""
    import faiss

    return faiss


def lists_for(size: int) -> int:
    """Return how many lists that many vectors are parted into."""
    return round(_LISTS * math.sqrt(size))


def _kind(dimension: int, lists: int) -> str:
    return f"RR{dimension},IVF{lists},RaBitQfs,Refine(SQ8)"


def _train(index: Any, sample: Vectors, report: Callable[[int], None]) -> None:
    """Train an index of `_kind`; k-means goes round by round, since FAISS's own loop cannot be left in between."""
    library = _faiss()
    before = library.downcast_index(index.base_index)
    rotation, within = library.downcast_VectorTransform(before.chain.at(0)), library.extract_index_ivf(before)
    rotation.train(sample[:1])  # of which it takes no notice
    rotated = rotation.apply(sample)
    k_means = library.Clustering(rotation.d_out, within.nlist, within.cp)
    k_means.niter = 1
    k_means.min_points_per_centroid = 1  # no warning on the standard error
    for _ in range(_ROUNDS):
        k_means.train(rotated, within.quantizer)  # goes on from the centres that it has; leaves them in the quantiser
        report(len(sample))
    del rotated
    index.train(sample)  # the rest: what is trained by now is left as it is


def _sample(parts: Sequence[npt.NDArray[np.floating[Any]]], size: int) -> Vectors:
    """Return as many vectors, picked from all parts alike."""
    ends = np.cumsum([len(part) for part in parts])
    picked = np.sort(np.random.default_rng(_SEED).choice(int(ends[-1]), size, replace=False))
    groups = np.split(picked, np.searchsorted(picked, ends[:-1]))
    starts = [0, *ends[:-1]]
    return np.concatenate(
        [np.asarray(part[rows - start], np.float32) for part, rows, start in zip(parts, groups, starts, strict=True)]
    )


def _chunks(parts: Sequence[npt.NDArray[np.floating[Any]]]) -> Iterator[Vectors]:
    for part in parts:
        for start in range(0, len(part), _CHUNK):
            yield np.ascontiguousarray(part[start : start + _CHUNK], np.float32)


def _bitmap(rows: Rows, size: int) -> npt.NDArray[np.uint8]:
    chosen = np.zeros(size, np.bool_)
    chosen[rows] = True
    return np.packbits(chosen, bitorder="little")
