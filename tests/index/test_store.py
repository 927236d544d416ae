"""An index on disk: whole and of this paper by this model, or refused with the reason."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import LANGUAGES, Language, Paper, load_paper
from corpus.files.sealed_folder import MANIFEST
from index import Embedder, PaperIndex, StoreError, load_index, store
from index.paper_vectors import paper_blocks
from index.store import index_folder, load_background, open_index, save_index

TEXT = (
    "Sichuan memberi masker kepada Jawa Barat pada tahun 2020. Gubernur berterima kasih kepada mereka.\n\n"
    "The governor of West Java thanked the province for all of its masks. The office was closed in 2015.\n"
)
BACKGROUND: dict[Language, list[str]] = {
    "id": ["Bagaimana cara memasak nasi?", "Siapa juara dunia?", "Jam berapa sekarang?"],
    "en": ["How do I cook rice?", "Who is the world champion?", "What time is it?"],
}
FILES = {
    MANIFEST,
    "vectors.faiss",
}


@pytest.fixture(scope="module", autouse=True)
def few_background_questions() -> Iterator[None]:
    """Encoding all of them takes longer than anything else here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.store.background_questions", lambda: BACKGROUND)
        yield


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    path = tmp_path_factory.mktemp("paper") / "paper.txt"
    path.write_text(TEXT, encoding="utf-8")
    return load_paper(path)


@pytest.fixture(scope="module")
def built(paper: Paper, embedder: Embedder) -> PaperIndex:
    return PaperIndex.build(paper, embedder, {of: embedder.encode_queries(asked) for of, asked in BACKGROUND.items()})


@pytest.fixture
def folder(built: PaperIndex) -> Path:
    """Save the index where it is looked for."""
    folder = index_folder(built.paper, built.embedder)
    save_index(built, folder)
    return folder


@pytest.fixture
def quick_build(built: PaperIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Encode nothing anew: building is not what is tested."""
    monkeypatch.setattr(PaperIndex, "build", lambda paper, embedder, background, progress: built)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def no_encoding(*arguments: Any, **settings: Any) -> Any:
    raise AssertionError("the passages were encoded")


def test_round_trip_gives_the_same_results(built: PaperIndex, folder: Path) -> None:
    opened = open_index(folder, built.paper, built.embedder)
    questions = ["Berapa masker dari Sichuan?", "When was the office closed?"]
    found = zip(built.search(questions, ["id", "en"]), opened.search(questions, ["id", "en"]), strict=True)
    for before, after in found:
        assert np.array_equal(before.scores, after.scores)
        assert np.array_equal(before.known.scores, after.known.scores)
        assert before.known[1:] == after.known[1:]
        assert (before.nearness, before.everyday, before.finding) == (after.nearness, after.everyday, after.finding)
        assert built.best(before.scores, 3) == opened.best(after.scores, 3)


def test_an_index_is_built_once(paper: Paper, embedder: Embedder, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[tuple[int, int]] = []
    load_index(paper, embedder, progress=lambda *pair: reported.append(pair))
    assert reported[-1] == (len(paper_blocks(paper)), len(paper_blocks(paper)))
    folder = index_folder(paper, embedder)
    assert folder.is_relative_to(cache)
    before = contents(folder)
    monkeypatch.setattr(Embedder, "encode_passages", no_encoding)
    monkeypatch.setattr(Embedder, "encode_queries", no_encoding)
    load_index(paper, embedder)
    assert contents(folder) == before


def test_files_are_in_open_formats_without_pickles(folder: Path, paper: Paper) -> None:
    import faiss

    assert set(contents(folder)) == FILES
    assert faiss.read_index(str(folder / "vectors.faiss")).ntotal == len(paper.passages)
    assert json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["made_from"]["paper"] == paper.digest
    for name, data in contents(folder).items():
        assert data.startswith(b"IxFI" if name.endswith(".faiss") else b"{")


def truncate(folder: Path) -> None:
    os.truncate(folder / "vectors.faiss", 1000)


def change_a_byte(folder: Path) -> None:
    """Change it as a failing disk does, leaving size and time as they were."""
    file = folder / "vectors.faiss"
    stat = file.stat()
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def lose_a_file(folder: Path) -> None:
    (folder / "vectors.faiss").unlink()


def empty_a_file(folder: Path) -> None:
    (folder / "vectors.faiss").write_bytes(b"")


def lose_the_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def garble_the_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"\xff\xfe{")


def older_format(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["made_from"]["format"] = store.FORMAT - 1
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.usefixtures("quick_build")
@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (truncate, r"vectors\.faiss has 1000 bytes, not \d+"),
        (change_a_byte, r"vectors\.faiss is not what was written"),
        (lose_a_file, r"vectors\.faiss cannot be read: No such file"),
        (empty_a_file, r"vectors\.faiss has 0 bytes, not \d+"),
        (lose_the_manifest, r"manifest\.json cannot be read: No such file"),
        (garble_the_manifest, r"manifest\.json is not sound"),
        (older_format, rf"made from format {store.FORMAT - 1}, not {store.FORMAT}"),
    ],
)
def test_damage_is_named_and_mended(
    built: PaperIndex,
    folder: Path,
    damage: Callable[[Path], None],
    reason: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole = contents(folder)
    damage(folder)
    with pytest.raises(StoreError, match=reason) as caught:
        open_index(folder, built.paper, built.embedder)
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)

    with caplog.at_level(logging.WARNING):
        load_index(built.paper, built.embedder)
    assert [record.getMessage() for record in caplog.records] == [f"{caught.value}; it is built anew"]
    open_index(folder, built.paper, built.embedder)
    del whole[MANIFEST]  # it holds the files' times
    assert whole.items() <= contents(folder).items()


def test_an_index_of_passages_cut_differently_is_replaced_for_good(built: PaperIndex, cache: Path) -> None:
    load_index(built.paper, built.embedder)
    recut = dataclasses.replace(built.paper, passages=built.paper.passages[::-1])
    load_index(recut, built.embedder)
    open_index(index_folder(recut, built.embedder), recut, built.embedder)


def test_an_index_of_something_else_is_refused(
    built: PaperIndex, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder, paper = built.embedder, built.paper
    (tmp_path / "other.txt").write_text(TEXT.replace("2020", "2021"), encoding="utf-8")
    with pytest.raises(StoreError, match=f"made from paper '{paper.digest}', not '"):
        open_index(folder, load_paper(tmp_path / "other.txt"), embedder)

    other = Embedder(embedder._model, embedder.name)
    other.fingerprint = embedder.fingerprint[:12] + "0" * 52
    assert index_folder(paper, other) == folder
    with pytest.raises(StoreError, match="made from model_fingerprint "):
        open_index(folder, paper, other)

    recut = dataclasses.replace(paper, passages=paper.passages[::-1])
    with pytest.raises(StoreError, match="made from texts "):
        open_index(folder, recut, embedder)


def test_papers_and_models_have_folders_of_their_own(paper: Paper, embedder: Embedder) -> None:
    other = Embedder(embedder._model, embedder.name)
    other.fingerprint = "0" * 64
    assert index_folder(paper, other) != index_folder(paper, embedder)
    assert index_folder(load_paper(), embedder) != index_folder(paper, embedder)


def test_the_background_is_encoded_once_for_all_papers(
    embedder: Embedder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = load_background(embedder)
    with monkeypatch.context() as patch:
        patch.setattr(Embedder, "encode_queries", no_encoding)
        assert all(np.array_equal(load_background(embedder)[of], background[of]) for of in LANGUAGES)
    file = next(cache.rglob("background-en.faiss"))
    file.write_bytes(file.read_bytes()[:-4])
    assert np.array_equal(load_background(embedder)["en"], background["en"])
    rewritten: dict[Language, list[str]] = {**BACKGROUND, "en": [*BACKGROUND["en"][:2], "Is it late?"]}
    monkeypatch.setattr(store, "background_questions", lambda: rewritten)
    assert not np.array_equal(load_background(embedder)["en"], background["en"])


def test_a_cancelled_build_leaves_nothing(paper: Paper, embedder: Embedder, cache: Path) -> None:
    class CancelledError(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        load_index(paper, embedder, progress=cancel)
    assert not index_folder(paper, embedder).exists()


def in_the_way(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("not a folder")
    return tmp_path / "file"


def too_long_a_name(tmp_path: Path) -> Path:
    return tmp_path / ("x" * 300)


@pytest.mark.usefixtures("quick_build")
@pytest.mark.parametrize("place", [in_the_way, too_long_a_name])
def test_a_folder_that_cannot_be_written_is_one_clear_line(
    paper: Paper,
    embedder: Embedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: Callable[[Path], Path],
) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(place(tmp_path)))
    with pytest.raises(StoreError, match=r"The index cannot be written to .*TANYA_CACHE") as caught:
        load_index(paper, embedder)
    assert "\n" not in str(caught.value)


# FAISS's own writer raises a RuntimeError at the first limit, and nothing at all at the second.
@pytest.mark.parametrize("spare", [10_000, 10])
def test_a_full_disk_is_one_clear_line_and_leaves_nothing(built: PaperIndex, cache: Path, spare: int) -> None:
    folder = cache / "indexes" / "full"
    size = 4 * built.embedder.dimension * len(built.paper.passages)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size - spare, before[1]))
    try:
        with pytest.raises(StoreError, match=r"cannot be written to .*too large") as caught:
            save_index(built, folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "\n" not in str(caught.value)
    assert [path.name for path in folder.parent.iterdir()] == [".full.lock"]
