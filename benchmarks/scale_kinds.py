"""Which kind of FAISS index serves many passages best: what each needs to find as much, at one size.

Each kind is built on the same vectors, on all cores, by FAISS's own defaults; its search parameter is raised until it
finds `ENOUGH` of the nearest ten. Single questions are then timed on one core, so that kinds that would share one out
gain nothing by it, nor lose where other programs hold the second.
"""

from __future__ import annotations

import math
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.scale_vectors import nearest_exactly
from benchmarks.timing import seconds_of
from index.encoders import Vectors
from index.nearest import open_nearest, write_nearest

ENOUGH = 0.97
"""The recall@10 that a kind has to reach: that of the aim."""

REFINED = 20.0
"""How many times ten of the best by a few bits are compared anew by their bytes, in the kinds that do so."""

_CHUNK = 20_000


class Kind(NamedTuple):
    """A kind: FAISS's description of it, with {} for the number of lists, and what its search parameter is tried at."""

    name: str
    description: str
    tried: tuple[int, ...]


_PROBES = (8, 16, 32, 64, 128, 256, 512)
_CANDIDATES = (16, 32, 64, 128, 256, 512)
KINDS = (
    Kind("lists, bytes", "IVF{},SQ8", _PROBES),
    Kind("lists, RaBitQ, refined by bytes", "RR384,IVF{},RaBitQ,Refine(SQ8)", _PROBES),
    Kind("lists, RaBitQ fast scan, refined by bytes", "RR384,IVF{},RaBitQfs,Refine(SQ8)", _PROBES),
    Kind("graph of 16 neighbours, bytes", "HNSW16_SQ8", _CANDIDATES),
    Kind("graph of 32 neighbours, bytes", "HNSW32_SQ8", _CANDIDATES),
    Kind("graph of 32 neighbours, 16-bit floats", "HNSW32_SQfp16", _CANDIDATES),
)


def compare(vectors: Vectors, queries: Vectors) -> list[str]:
    """Return the rows of a Markdown table, one for each kind, for vectors (n, 384) and questions (m, 384)."""
    truth = nearest_exactly(vectors, queries, 10)[1]
    rows = [
        "| kind | FAISS | built, s | bytes a vector | parameter | recall@10 | p50, ms | p95, ms |",
        "|---|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            rows.append(_row(kind, vectors, queries, truth, Path(folder) / "nearest.faiss"))
            print(rows[-1], flush=True)
    return rows


def _row(kind: Kind, vectors: Vectors, queries: Vectors, truth: npt.NDArray[np.int64], file: Path) -> str:
    import faiss

    description = kind.description.format(lists_for(len(vectors)))
    began = time.perf_counter()
    write_nearest(_build(description, vectors), file)
    built = time.perf_counter() - began
    index = open_nearest(file)
    recall, tried = 0.0, 0
    for tried in kind.tried:
        found = index.search(queries, 10, params=parameters(index, tried))[1]
        recall = recall_of(found, truth)
        if recall >= ENOUGH:
            break
    chosen = parameters(index, tried)
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    times = [seconds_of(lambda query=query: index.search(query[None], 10, params=chosen)) for query in queries]  # type: ignore[misc]
    faiss.omp_set_num_threads(threads)
    p50, p95 = 1000 * np.quantile(times, (0.5, 0.95))
    share = file.stat().st_size / len(vectors)
    figures = f"{built:.0f} | {share:.0f} | {tried} | {recall:.3f} | {p50:.2f} | {p95:.2f}"
    return f"| {kind.name} | `{description}` | {figures} |"


def recall_of(found: npt.NDArray[np.int64], truth: npt.NDArray[np.int64]) -> float:
    """Return the share of the true nearest, (queries, k), that were found, (queries, k)."""
    return float(np.mean([np.isin(right, rows).mean() for rows, right in zip(found, truth, strict=True)]))


def parameters(index: Any, tried: int) -> Any:
    """Return FAISS's search parameters for a kind: lists to look into, or candidates to hold while walking a graph."""
    faiss: Any = __import__("faiss")
    if isinstance(index, faiss.IndexRefine):
        base = parameters(faiss.downcast_index(index.base_index), tried)
        return faiss.IndexRefineSearchParameters(k_factor=REFINED, base_index_params=base)
    if isinstance(index, faiss.IndexPreTransform):
        return faiss.SearchParametersPreTransform(index_params=faiss.SearchParametersIVF(nprobe=tried))
    if isinstance(index, faiss.IndexHNSW):
        return faiss.SearchParametersHNSW(efSearch=tried)
    return faiss.SearchParametersIVF(nprobe=tried)


def lists_for(size: int) -> int:
    """Return how many lists that many vectors are parted into: four times the square root, as is usual."""
    return round(4 * math.sqrt(size))


def _build(description: str, vectors: Vectors) -> Any:
    import faiss

    index = faiss.index_factory(vectors.shape[1], description, faiss.METRIC_INNER_PRODUCT)
    size = min(len(vectors), 50 * lists_for(len(vectors)))
    index.train(vectors[np.sort(np.random.default_rng(0).choice(len(vectors), size, replace=False))])
    for start in range(0, len(vectors), _CHUNK):
        index.add(np.ascontiguousarray(vectors[start : start + _CHUNK]))
    return index
