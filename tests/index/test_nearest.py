"""The index over many vectors: its kind, what it finds, and how it is built, written and opened."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

from index import nearest
from index.encoders import Vectors
from index.errors import StoreError
from index.nearest import build_nearest, open_nearest, search, write_nearest

DIMENSION = 32
SIZE = 6_000


def unit(vectors: Any) -> Vectors:
    normalised: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return normalised


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Vectors in 60 clusters, all of which lean one way, as a model's do."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(60, DIMENSION)) + 2
    return unit(centres[random.integers(0, 60, SIZE)] + 0.5 * random.normal(size=(SIZE, DIMENSION)))


@pytest.fixture(scope="module")
def queries(vectors: Vectors) -> Vectors:
    return unit(vectors[::120] + 0.1 * np.random.default_rng(1).normal(size=(50, DIMENSION)))


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test's vectors count as many."""
    monkeypatch.setattr(nearest, "EXACT_UP_TO", 1_000)
    monkeypatch.setattr(nearest, "_CHUNK", 1_000)


@pytest.fixture
def approximate(vectors: Vectors, many: None) -> faiss.Index:
    return build_nearest([vectors], DIMENSION)


def exactly(vectors: Vectors, queries: Vectors, k: int) -> Any:
    return np.argsort(-(queries @ vectors.T), axis=1, kind="stable")[:, :k]


def recall(found: Any, right: Any) -> float:
    return float(np.mean([len(set(one) & set(other)) / len(other) for one, other in zip(found, right, strict=True)]))


def test_few_vectors_are_compared_one_by_one(vectors: Vectors, queries: Vectors) -> None:
    index = build_nearest([vectors], DIMENSION)
    similarities, rows = search(index, queries, 10)
    assert type(index) is faiss.IndexScalarQuantizer
    assert recall(rows, exactly(vectors, queries, 10)) > 0.99
    assert np.allclose(similarities, np.take_along_axis(queries @ vectors.T, rows, axis=1), atol=5e-4)


def test_the_kind_is_chosen_by_size(vectors: Vectors, many: None) -> None:
    assert type(build_nearest([vectors[:1_000]], DIMENSION)) is faiss.IndexScalarQuantizer
    assert type(build_nearest([vectors[:1_001]], DIMENSION)) is faiss.IndexHNSWSQ


def test_of_many_nearly_all_of_the_nearest_are_found(
    approximate: faiss.Index, vectors: Vectors, queries: Vectors
) -> None:
    similarities, rows = search(approximate, queries, 10)
    assert recall(rows, exactly(vectors, queries, 10)) > 0.95
    assert np.allclose(similarities, np.take_along_axis(queries @ vectors.T, rows, axis=1), atol=0.01)
    assert (np.diff(similarities) <= 0).all()


def test_one_query_finds_what_it_finds_among_others(approximate: faiss.Index, queries: Vectors) -> None:
    together = search(approximate, queries, 10)
    for number, query in enumerate(queries):
        assert (search(approximate, query[None], 10).rows[0] == together.rows[number]).all()


def test_the_parts_are_one_after_the_other(vectors: Vectors, queries: Vectors, many: None) -> None:
    parts = [vectors[:700], vectors[700:700], vectors[700:4_500], vectors[4_500:]]
    found = search(build_nearest(parts, DIMENSION), queries, 10)
    assert recall(found.rows, exactly(vectors, queries, 10)) > 0.95


def test_half_precision_and_memory_mapped_vectors_will_do(
    tmp_path: Path, vectors: Vectors, queries: Vectors, many: None
) -> None:
    np.save(tmp_path / "vectors.npy", vectors.astype(np.float16))
    mapped = np.load(tmp_path / "vectors.npy", mmap_mode="r")
    found = search(build_nearest([mapped], DIMENSION), queries, 10)
    assert recall(found.rows, exactly(vectors, queries, 10)) > 0.95


@pytest.mark.parametrize("size", [SIZE, 3_000, 1_200, 500, 5, 1])
def test_a_search_among_some_rows_finds_the_nearest_of_them(
    approximate: faiss.Index, vectors: Vectors, queries: Vectors, size: int
) -> None:
    among = np.sort(np.random.default_rng(2).choice(SIZE, size, replace=False))
    rows = search(approximate, queries, 10, among=among).rows
    assert rows.shape == (len(queries), min(10, size))
    assert np.isin(rows, among).all()
    assert recall(rows, among[exactly(vectors[among], queries, 10)]) > 0.95


def test_a_search_among_some_of_few_rows_is_exact(vectors: Vectors, queries: Vectors) -> None:
    among = np.arange(5, SIZE, 7)
    rows = search(build_nearest([vectors], DIMENSION), queries, 10, among=among).rows
    assert np.isin(rows, among).all()
    assert recall(rows, among[exactly(vectors[among], queries, 10)]) > 0.99


def test_as_many_are_found_as_are_asked_for(approximate: faiss.Index, vectors: Vectors, queries: Vectors) -> None:
    similarities, rows = search(approximate, queries, 1_000)
    assert (rows >= 0).all()
    assert np.isfinite(similarities).all()
    assert recall(rows, exactly(vectors, queries, 1_000)) > 0.95


@pytest.mark.parametrize("kind", [0, 1_000])
def test_what_is_written_finds_the_same_when_opened(
    tmp_path: Path, vectors: Vectors, queries: Vectors, kind: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "EXACT_UP_TO", kind or SIZE)
    index = build_nearest([vectors], DIMENSION)
    write_nearest(index, tmp_path / "nearest.faiss")
    opened = open_nearest(tmp_path / "nearest.faiss")
    among = np.arange(0, SIZE, 3)
    for some in (None, among, among[:50]):
        built, read = search(index, queries, 10, among=some), search(opened, queries, 10, among=some)
        assert (built.rows == read.rows).all()
        assert (built.similarities == read.similarities).all()


def test_an_opened_index_is_memory_mapped(tmp_path: Path, approximate: faiss.Index) -> None:
    file = tmp_path / "nearest.faiss"
    write_nearest(approximate, file)
    opened = open_nearest(file)
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("no /proc here")
    assert str(file) in maps.read_text()
    assert opened.ntotal == SIZE


def test_progress_is_told_after_each_chunk(vectors: Vectors, many: None) -> None:
    reported: list[tuple[int, int]] = []
    build_nearest([vectors], DIMENSION, progress=lambda done, total: reported.append((done, total)))
    done, totals = zip(*reported, strict=True)
    assert list(done) == sorted(set(done))
    assert set(totals) == {done[-1]}
    assert len(reported) == SIZE / 1_000


@pytest.mark.parametrize("calls", [1, 3, 6])
def test_progress_may_cancel(vectors: Vectors, many: None, calls: int) -> None:
    reported = []

    def cancel(done: int, total: int) -> None:
        reported.append(done)
        if len(reported) == calls:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_nearest([vectors], DIMENSION, progress=cancel)
    assert len(reported) == calls


def test_no_more_than_a_chunk_is_read_at_a_time(vectors: Vectors, many: None) -> None:
    longest = 0

    class Watched(np.ndarray[Any, Any]):
        def __getitem__(self, key: Any) -> Any:
            nonlocal longest
            if isinstance(key, slice):
                longest = max(longest, len(range(*key.indices(len(self)))))
            return super().__getitem__(key)

    build_nearest([vectors.view(Watched)], DIMENSION)
    assert longest == 1_000


def test_nothing_is_found_in_nothing(tmp_path: Path, vectors: Vectors) -> None:
    for parts in ([], [vectors[:0]]):
        index = build_nearest(parts, DIMENSION)
        write_nearest(index, tmp_path / "nearest.faiss")
        for each in (index, open_nearest(tmp_path / "nearest.faiss")):
            assert search(each, vectors[:3], 10).rows.shape == (3, 0)


def test_no_query_finds_nothing(approximate: faiss.Index, vectors: Vectors) -> None:
    assert search(approximate, vectors[:0], 10).similarities.shape == (0, 10)
    assert search(approximate, vectors[:2], 10, among=np.empty(0, np.int64)).rows.shape == (2, 0)


def test_vectors_of_another_length_are_refused(vectors: Vectors) -> None:
    with pytest.raises(ValueError, match=r"not \(n, 16\)"):
        build_nearest([vectors], 16)


def test_a_full_disk_raises(approximate: faiss.Index) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OSError, match="space") as raised:
        write_nearest(approximate, full)
    assert raised.value.errno == errno.ENOSPC


def test_an_absent_or_damaged_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "nearest.faiss"
    with pytest.raises(FileNotFoundError):
        open_nearest(file)
    for damaged in (b"", b"not an index at all"):
        file.write_bytes(damaged)
        with pytest.raises(StoreError, match="cannot be used"):
            open_nearest(file)
