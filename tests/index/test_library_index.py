"""The index of a library follows what is in it, whoever changes that, and whatever breaks."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import load_paper
from corpus.library import BUNDLED, Library, find_files
from index import library_index
from index.backend import Backend, Query
from index.backend_choice import open_backend
from index.encoders import TextBlock, Vectors
from index.errors import StoreError
from index.library_index import LibraryIndex
from index.store import load_vectors
from tests.index.stand_in import StandIn, bundled_for

TEXTS = {
    "masks": "Sichuan sent masks to the province in March. They were given to the hospitals of Bandung.",
    "rice": "The province grows rice on wet fields. Harvests fell by a tenth in the dry year.",
    "trains": "Kereta cepat menghubungkan Jakarta dan Bandung. Tiket kereta itu mahal bagi penumpang.",
}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(library_index, "load_index", load_index)


def load_index(*arguments: object, **settings: object) -> object:
    """Open any index but the bundled paper's, which takes a second."""
    from index.store import load_index as load

    return load(*arguments, **settings) if "folder" in settings else bundled_for(StandIn())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Add the papers once: each is read in a process of its own."""
    folder = tmp_path_factory.mktemp("added")
    for name in TEXTS:
        add(Library(folder / "library"), folder, name)
    return folder / "library"


@pytest.fixture
def library(added: Path, tmp_path: Path) -> Library:
    shutil.copytree(added, tmp_path / "library")
    return Library(tmp_path / "library")


def add(library: Library, tmp_path: Path, name: str, text: str | None = None) -> str:
    (tmp_path / "papers").mkdir(exist_ok=True)
    file = tmp_path / "papers" / f"{name}.txt"
    file.write_text(text or TEXTS[name])
    [outcome] = library.add(find_files([file]))
    assert outcome.entry
    return outcome.entry.id


def nearest(index: LibraryIndex, question: str, limit: int = 1) -> list[str]:
    [vector] = index.embedder.encode_queries([question])
    [found] = index.nearest([Query(question, "en", vector)], limit=limit)
    return [index.library.paper(near.paper).name for near in found]


def test_each_paper_is_found_and_opened(library: Library) -> None:
    reported: list[tuple[int, int]] = []
    index = LibraryIndex.open(library, StandIn(), progress=lambda *pair: reported.append(pair))
    assert reported[-1] == (6, 6)
    assert nearest(index, "Who sent masks?") == ["masks.txt"]
    assert nearest(index, "Where is rice grown?") == ["rice.txt"]
    assert len(nearest(index, "rice", limit=3)) == 3
    paper_id = next(entry.id for entry in library.entries() if entry.name == "rice.txt")
    assert index.paper(paper_id).paper.text == TEXTS["rice"]
    assert index.paper(paper_id) is index.paper(paper_id)
    index.close()
    assert nearest(index, "rice") == []


def test_nothing_is_encoded_twice(library: Library, tmp_path: Path) -> None:
    LibraryIndex.open(library, StandIn()).close()
    embedder = StandIn()
    index = LibraryIndex.open(library, embedder)
    assert embedder.encoded == 0
    add(library, tmp_path, "fish", "Fish swim in the wide river. Fishermen sell them at dawn.")
    again = LibraryIndex.open(library, embedder)
    assert embedder.encoded == 2  # what is new: each of its sentences, once
    assert nearest(again, "Who sells fish at dawn?") == ["fish.txt"]
    assert nearest(index, "Who sent masks?") == ["masks.txt"]


def test_a_model_has_an_index_of_its_own(library: Library) -> None:
    one, other = StandIn("one"), StandIn("other")
    LibraryIndex.open(library, one).close()
    LibraryIndex.open(library, other).close()
    assert one.encoded == other.encoded
    assert len(list((library.folder / "index").iterdir())) == 2


def test_what_is_removed_is_not_found(library: Library) -> None:
    LibraryIndex.open(library, StandIn()).close()
    library.remove("masks.txt")
    index = LibraryIndex.open(library, StandIn())
    assert "masks.txt" not in nearest(index, "Who sent masks?", limit=3)
    assert len(index.entries) == 2


def test_a_library_without_papers_finds_nothing(tmp_path: Path) -> None:
    assert nearest(LibraryIndex.open(Library(tmp_path / "none"), StandIn()), "rice") == []


def test_the_bundled_paper_is_taken_from_its_own_index(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add_bundled()
    embedder, bundled = StandIn(), bundled_for(StandIn(), load_paper())
    monkeypatch.setattr(library_index, "load_index", lambda paper, embedder: bundled)
    index = LibraryIndex.open(library, embedder)
    assert index.paper(BUNDLED) is bundled
    assert nearest(index, "paradiplomasi") == ["paper.txt"]
    assert not (library.folder / "index" / embedder.fingerprint[:12] / "papers" / BUNDLED).exists()


def test_no_language_is_nearer_than_the_other(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the model gives to all texts of a language, as the bundled paper shows it, is taken away."""
    gap = np.full(32, 0.25, np.float32)
    monkeypatch.setattr(library_index, "language_gap", lambda **bundled: {"en": gap, "id": -gap})
    embedder = StandIn()
    index = LibraryIndex.open(library, embedder)
    for entry, paper in index._papers(index.entries.values()):
        [encoded] = index._encoded([entry])
        kept = load_vectors(index._paper_folders / entry.id, paper, embedder)
        sign = np.array([1 if of == "en" else -1 for of in encoded.languages])[:, None]
        assert np.allclose(kept - encoded.vectors, sign * gap, atol=1e-6)


def test_an_engine_encodes_what_is_new(library: Library, tmp_path: Path) -> None:
    asked: list[str] = []

    def engine(papers: Iterable[tuple[str, Sequence[TextBlock]]]) -> Iterator[tuple[str, Vectors]]:
        for paper_id, blocks in papers:
            asked.append(paper_id)
            yield paper_id, StandIn().encode_blocks(blocks)

    embedder = StandIn()
    index = LibraryIndex.open(library, embedder, engine=engine)
    assert sorted(asked) == sorted(index.entries)
    assert embedder.encoded == 0
    assert nearest(index, "Who sent masks?") == ["masks.txt"]


def test_stopped_halfway_it_goes_on_from_there(library: Library) -> None:
    def stop(done: int, total: int) -> None:
        if done > 2:
            raise KeyboardInterrupt

    copy, second = Library(shutil.copytree(library.folder, library.folder.with_name("copy"))), StandIn()
    with pytest.raises(KeyboardInterrupt):
        LibraryIndex.open(library, StandIn(), progress=stop)
    assert nearest(LibraryIndex.open(library, second), "Who sent masks?") == ["masks.txt"]
    everything = StandIn()
    LibraryIndex.open(copy, everything)
    assert second.encoded < everything.encoded  # what the first of three papers took was kept


def test_a_paper_that_is_damaged_is_left_out_and_told(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    entry = next(entry for entry in library.entries() if entry.name == "masks.txt")
    for name in ("file", "paper.json"):
        (library.folder / "papers" / entry.id / name).write_bytes(b"x")
    index = LibraryIndex.open(library, StandIn())
    assert "masks.txt is damaged in the library" in caplog.text
    assert entry.id not in index.entries
    assert nearest(index, "Where is rice grown?", limit=3) == ["rice.txt", "trains.txt"]


def test_a_paper_kept_in_another_format_is_read_and_laid_down_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    LibraryIndex.open(library, StandIn()).close()
    monkeypatch.setattr(library_index, "LIBRARY_FORMAT", -1)
    index = LibraryIndex(library, StandIn(), bundled_for(StandIn()))
    assert index._backend.papers() == frozenset()


def test_what_another_process_adds_meanwhile_stays(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between this process's look at the library and its update, another one adds a paper and indexes it."""
    update = LibraryIndex._update

    def late(self: LibraryIndex, *arguments: object) -> None:
        monkeypatch.setattr(LibraryIndex, "_update", update)
        add(library, tmp_path, "fish", "Fish swim in the wide river. Fishermen sell them at dawn.")
        LibraryIndex.open(library, StandIn()).close()
        update(self, None, None)

    monkeypatch.setattr(LibraryIndex, "_update", late)
    assert nearest(LibraryIndex.open(library, StandIn()), "Who sells fish at dawn?") == ["fish.txt"]
    assert len(LibraryIndex(library, StandIn(), bundled_for(StandIn()))._backend.papers()) == 4


def test_what_another_process_adds_while_this_one_looks_stays(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(address: str, **settings: Any) -> Backend:
        monkeypatch.setattr(library_index, "open_backend", open_backend)
        add(library, tmp_path, "fish", "Fish swim in the wide river. Fishermen sell them at dawn.")
        LibraryIndex.open(library, StandIn()).close()
        return open_backend(address, **settings)

    monkeypatch.setattr(library_index, "open_backend", late)
    assert nearest(LibraryIndex.open(library, StandIn()), "Who sells fish at dawn?") == ["fish.txt"]


def test_vectors_that_are_damaged_are_told_and_encoded_anew(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    LibraryIndex.open(library, StandIn()).close()
    for file in library.folder.rglob("papers/*/vectors.faiss"):
        file.write_bytes(b"")
    add(library, tmp_path, "fish", "Fish swim in the wide river. Fishermen sell them at dawn. They are fresh.")
    add(library, tmp_path, "boats", "Boats are made of teak in the village. A boat takes a year to build. It lasts.")
    with caplog.at_level(logging.WARNING):
        index = LibraryIndex.open(library, StandIn())
    assert "vectors.faiss has 0 bytes, not" in caplog.text
    assert [nearest(index, asked) for asked in ("Who sent masks?", "a boat of teak")] == [["masks.txt"], ["boats.txt"]]


def test_a_library_that_cannot_be_written_is_one_clear_line(library: Library) -> None:
    (library.folder / "index").write_text("in the way")
    with pytest.raises(StoreError, match=r"The index cannot be written to .*keep the library in a folder") as caught:
        LibraryIndex.open(library, StandIn())
    assert "\n" not in str(caught.value)
