"""Every file that is kept, damaged in every way: noticed, named, made anew, and nothing found otherwise than before.

The files are those that are there, so that none that is added one day can be forgotten.
"""

from __future__ import annotations

import dataclasses
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import LANGUAGES, Annotations, KnownQuestion, Paper, load_paper
from corpus.files import sealed_folder
from corpus.files.sealed_folder import MANIFEST
from corpus.library import Library, LibraryError
from index.e5_small import model_folder
from index.store import load_background, load_index
from tests.faults import workers
from tests.faults.processes import Nursery, contents
from tests.index.conftest import PackedFile, packed  # noqa: F401 a fixture
from tests.index.stand_in import StandIn

Damage = Callable[[Path, Path], Any]


def truncate(file: Path, other: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def empty(file: Path, other: Path) -> None:
    os.truncate(file, 0)


def swap(file: Path, other: Path) -> None:
    shutil.copy2(other, file)


def flip(file: Path, other: Path) -> None:
    """Flip a bit, as a failing disk does, which leaves size and time alone."""
    stat, data = file.stat(), bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def lose(file: Path, other: Path) -> None:
    file.unlink()


DAMAGES = [truncate, empty, swap, flip, lose]


def check(
    folder: Path,
    other: Path,
    damage: Damage,
    opened: Callable[[], Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Damage each file of a folder, or swap it for the ``other`` folder's, and look at what opening it finds then."""
    expected, whole = opened(), contents(folder)
    names = sorted([*whole, *(file.relative_to(folder).as_posix() for file in folder.rglob(MANIFEST))])
    assert MANIFEST in {Path(name).name for name in names}
    for name in names:
        file = folder / name
        before = file.read_bytes()
        (counterpart,) = [one for one in [other / name] if one.exists()] or [file]
        damage(file, counterpart)
        if file.exists() and file.read_bytes() == before:
            continue  # the same in both versions, or empty
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert opened() == expected, name
        assert contents(folder) == whole, name
        if damage in (flip, swap) and file.name == MANIFEST:
            continue  # of a seal itself, what says when files were written may change without harm
        told = "\n".join(record.getMessage() for record in caplog.records)
        if name == "current.json" and damage is swap:
            assert "cannot be used: manifest.json cannot be read" in told  # it names segments that are not there
        else:
            assert file.name in told or "made from" in told, f"{name}: {told}"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Make a paper of which questions are known."""
    return known(tmp_path_factory.mktemp("paper") / "paper.txt", 2020)


def known(file: Path, year: int) -> Paper:
    file.write_text(f"Sichuan sent masks in {year}. The governor thanked the province. Beras mahal di Bandung.")
    question = KnownQuestion("1", dict.fromkeys(LANGUAGES, "Who sent masks?"), (0,), (), {}, False)
    return dataclasses.replace(load_paper(file), annotations=Annotations(questions=(question,)))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_papers_index(damage: Damage, paper: Paper, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    embedder = StandIn()
    load_index(known(tmp_path / "other.txt", 2021), embedder, folder=tmp_path / "other")

    def opened() -> Any:
        index = load_index(paper, embedder, folder=tmp_path / "index")
        [found] = index.search(["Who sent masks?"], ["en"])
        return found.scores.tolist(), found.nearness, found.known.answered, found.known.alike

    check(tmp_path / "index", tmp_path / "other", damage, opened, caplog)
    assert len(list((tmp_path / "index").iterdir())) == 4


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_background(damage: Damage, cache: Path, caplog: pytest.LogCaptureFixture) -> None:
    embedder, other = StandIn(), StandIn("another model")

    def opened() -> Any:
        return {of: vectors.tolist() for of, vectors in load_background(embedder).items()}

    opened(), load_background(other)
    mine, others = (cache / "indexes" / f"background-{each.fingerprint[:12]}" for each in (embedder, other))
    check(mine, others, damage, opened, caplog)


@pytest.fixture(scope="module")
def libraries(nursery: Nursery, papers: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a library with an index, and another one."""
    folder = tmp_path_factory.mktemp("libraries")
    for name, count in (("one", 4), ("other", 5)):
        (folder / f"{name} papers").mkdir()
        for file in sorted(papers.iterdir())[:count]:
            shutil.copy2(file, folder / f"{name} papers")
        assert nursery.run("add", folder / name, folder / f"{name} papers").code == 0
        assert nursery.run("update", folder / name).code == 0
    return folder / "one", folder / "other"


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_librarys_index(
    damage: Damage, libraries: tuple[Path, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = (Path(shutil.copytree(library, tmp_path / library.name)) for library in libraries)
    passages = f"index/{StandIn().fingerprint[:12]}/passages"
    [segment], [another] = ([path for path in (each / passages).iterdir() if path.is_dir()] for each in (one, other))
    another.rename(another.with_name(segment.name))

    def opened() -> Any:
        return workers.found(one)

    if damage is lose:  # a list that is not there cannot be told from one that never was: it is made, and not named
        expected = opened()
        (one / passages / "current.json").unlink()
        assert opened() == expected
        check(one / passages / segment.name, another, damage, opened, caplog)
    else:
        check(one / passages, other / passages, damage, opened, caplog)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_librarys_paper(
    damage: Damage, libraries: tuple[Path, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library = Library(Path(shutil.copytree(libraries[0], tmp_path / "library")))
    entry, another = library.entries()[:2]
    folders = [library.folder / "papers" / each.id for each in (entry, another)]
    kept = Path(shutil.copytree(folders[1], tmp_path / "another"))

    def opened() -> Any:
        try:
            library.paper(entry.id)
        except LibraryError as error:  # only adding the file mends the file that is kept
            logging.getLogger().warning("%s", error)
            assert [outcome.change for outcome in library.add([Path(entry.path)])] == ["added"]
        if not next(one for one in library.entries() if one.id == entry.id).path:  # only adding it tells from where
            assert [outcome.change for outcome in library.add([Path(entry.path)])] == ["renamed"]
        return library.paper(entry.id), library.entries()

    check(folders[0], kept, damage, opened, caplog)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_model(
    damage: Damage,
    packed: PackedFile,  # noqa: F811
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path))
    other = Path(shutil.copytree(model_folder(packed.path, packed.sha256), tmp_path / "other"))
    for file in other.rglob("*.*"):
        file.write_bytes(file.read_bytes() + b" ")

    def opened() -> Any:
        return contents(model_folder(packed.path, packed.sha256, thorough=True))

    check(model_folder(packed.path, packed.sha256), other, damage, opened, caplog)


def test_no_flipped_bit_of_a_seal_does_harm(tmp_path: Path) -> None:
    folder, made_from = tmp_path / "folder", {"format": 1, "paper": "one"}

    def fill(target: Path) -> None:
        (target / "vectors.faiss").write_bytes(b"vectors")

    sealed_folder.build(folder, made_from, fill)
    seal = (folder / MANIFEST).read_bytes()
    for at in range(len(seal)):
        for bit in range(8):
            (folder / MANIFEST).write_bytes(seal[:at] + bytes([seal[at] ^ 1 << bit]) + seal[at + 1 :])
            problem = sealed_folder.problem(folder, made_from, thorough=True)
            assert problem is None or "\n" not in problem
            assert (folder / "vectors.faiss").read_bytes() == b"vectors"
            sealed_folder.problem(folder, {"format": 2, "paper": "one"}, thorough=True)
    (folder / MANIFEST).write_bytes(seal)
    assert sealed_folder.is_intact(folder, made_from, thorough=True)
