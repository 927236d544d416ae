"""A full disk, a real one of some pages of memory, and one that may only be read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.library import Library
from index.e5_small import model_folder
from index.errors import ModelError
from tests.faults import workers
from tests.faults.papers import write_questions
from tests.faults.processes import Ended, Nursery, contents, leftovers, nurseries
from tests.index.conftest import PackedFile, packed  # noqa: F401 a fixture
from tests.index.stand_in import StandIn

PLENTY = 50_000_000
ASKED = 640


class Disk:
    """A file system whose size can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resize(self, size: int) -> None:
        mount("-o", f"remount,size={size}", str(self.folder))

    def leave(self, room: int) -> None:
        """Leave room for so many bytes more than there are."""
        stat = os.statvfs(self.folder)
        self.resize((stat.f_blocks - stat.f_bfree) * stat.f_frsize + room)

    def close_for_writing(self) -> None:
        mount("-o", "remount,ro", str(self.folder))


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True, timeout=60)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        mount("-t", "tmpfs", "-o", f"size={PLENTY}", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk can be mounted by root only, and where a container may")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=60)


@pytest.fixture(scope="module")
def library(nursery: Nursery, papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("library") / "library"
    assert nursery.run("add", library, papers).code == 0
    return library


def is_one_clear_line(ended: Ended, *parts: str) -> None:
    assert ended.code == 2, ended.told
    lines = [line for line in ended.told.splitlines() if "written" in line]
    assert len(lines) == 1, ended.told
    assert "Traceback" not in ended.told
    for part in parts:
        assert part in lines[0]


@pytest.mark.parametrize("size", [4096, 60_000, 150_000])
def test_adding_to_a_full_disk(disk: Disk, nursery: Nursery, papers: Path, library: Path, size: int) -> None:
    disk.resize(size)
    there = disk.folder / "library"
    is_one_clear_line(nursery.run("add", there, papers), "No space left on device", "free some room", str(there))
    assert not Library(there).damaged()
    assert not leftovers(there)
    disk.resize(PLENTY)
    assert nursery.run("add", there, papers).code == 0
    assert contents(there) == contents(library)


@pytest.mark.parametrize("room", [0, 40_000, 140_000])
def test_indexing_on_a_full_disk(disk: Disk, nursery: Nursery, library: Path, tmp_path: Path, room: int) -> None:
    there = Path(shutil.copytree(library, disk.folder / "library"))
    disk.leave(room)
    is_one_clear_line(nursery.run("update", there), "No space left on device", "free some room", str(there))
    assert not Library(there).damaged()
    assert not leftovers(there)
    disk.resize(PLENTY)
    ended = nursery.run("update", there)
    assert (ended.code, ended.told) == (0, "")
    assert workers.found(there) == workers.found(Path(shutil.copytree(library, tmp_path / "elsewhere")))


@pytest.mark.parametrize("size", [4096, 60_000, 250_000])
def test_answering_onto_a_full_disk(disk: Disk, nursery: Nursery, tmp_path: Path, size: int) -> None:
    questions, answers = write_questions(tmp_path / "questions.txt", ASKED), disk.folder / "answers.jsonl"
    disk.resize(size)
    ended = nursery.run("batch", questions, answers)
    is_one_clear_line(ended, "No space left on device", "the same command goes on from there")
    assert {path.name for path in disk.folder.iterdir()} <= {"answers.jsonl.partial"}
    disk.resize(PLENTY)
    assert nursery.run("batch", questions, answers).code == 0
    records = [json.loads(line) for line in answers.read_text().splitlines()]
    assert [record["id"] for record in records] == [str(number) for number in range(1, ASKED + 1)]
    assert [path.name for path in disk.folder.iterdir()] == ["answers.jsonl"]


def test_what_may_only_be_read_is_opened(
    disk: Disk, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(disk.folder / "cache"))
    (tmp_path / "paper.txt").write_text("Boats are made of teak. They last for a year.")
    there, new = (Path(shutil.copytree(library, disk.folder / name)) for name in ("library", "new"))
    with nurseries(1, tmp_path / "nurseries") as [nursery]:
        assert nursery.run("index", tmp_path / "paper.txt", disk.folder / "cache" / "index").code == 0
        expected = workers.found(there)
        disk.close_for_writing()
        ended = nursery.run("index", tmp_path / "paper.txt", disk.folder / "cache" / "index")
        assert (ended.code, ended.told) == (0, "")
        assert nursery.run("update", there).code == 0
        assert workers.found(there) == expected
        (tmp_path / "other.txt").write_text("Bridges are made of bamboo. They last for a month.")
        ended = nursery.run("index", tmp_path / "other.txt", disk.folder / "cache" / "other")
        is_one_clear_line(ended, "Read-only file system", "TANYA_CACHE")
        is_one_clear_line(nursery.run("update", new), "Read-only file system", "keep the library in a folder")
        (tmp_path / "papers").mkdir()
        shutil.move(tmp_path / "other.txt", tmp_path / "papers")
        is_one_clear_line(nursery.run("add", there, tmp_path / "papers"), "Read-only file system", str(there))
        questions = write_questions(tmp_path / "questions.txt", 1)
        is_one_clear_line(nursery.run("batch", questions, disk.folder / "a.jsonl"), "Read-only file system")


def test_a_background_that_cannot_be_kept(disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(disk.folder / "cache"))
    (tmp_path / "paper.txt").write_text("Boats are made of teak. They last for a year.")
    disk.close_for_writing()
    with nurseries(1, tmp_path / "nurseries") as [nursery]:
        ended = nursery.run("index", tmp_path / "paper.txt", tmp_path / "index")
    is_one_clear_line(ended, "Read-only file system", f"background-{StandIn().fingerprint[:12]}", "TANYA_CACHE")


def test_a_model_that_may_only_be_read_is_opened(
    disk: Disk,
    packed: PackedFile,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(disk.folder))
    folder = model_folder(packed.path, packed.sha256)
    disk.close_for_writing()
    assert model_folder(packed.path, packed.sha256, thorough=True) == folder
    with pytest.raises(ModelError, match=r"Cannot unpack .*Read-only file system") as caught:
        model_folder(packed.path, "0" * 64)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("size", [4096, 40_000])
def test_unpacking_onto_a_full_disk(
    disk: Disk,
    packed: PackedFile,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    size: int,
) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(disk.folder))
    disk.resize(size)
    with pytest.raises(ModelError, match=r"Cannot unpack .*No space left on device") as caught:
        model_folder(packed.path, packed.sha256)
    assert "\n" not in str(caught.value)
    assert not leftovers(disk.folder)
    disk.resize(PLENTY)
    model_folder(packed.path, packed.sha256)
