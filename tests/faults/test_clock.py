"""A clock that goes backwards, and files from the future: nothing is overlooked, made twice or negative."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.batch import run_batch
from corpus.files import sealed_folder
from corpus.library import Library
from index.library_index import LibraryIndex
from tests.faults import workers
from tests.faults.papers import write_questions
from tests.faults.processes import Nursery, contents
from tests.index.stand_in import StandIn, bundled_for

MADE_FROM = {"format": 1}
TIMES = {"the epoch": 0, "a year ago": time.time_ns() - 365 * 86_400 * 10**9, "2100": 4_102_444_800 * 10**9}


@pytest.fixture(params=list(TIMES.values()), ids=list(TIMES))
def at(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def library(nursery: Nursery, papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a library with an index."""
    library = tmp_path_factory.mktemp("library") / "library"
    assert nursery.run("add", library, papers).code == 0
    assert nursery.run("update", library).code == 0
    return library


def fill(folder: Path) -> None:
    (folder / "a").write_bytes(b"aaa")


def set_times(folder: Path, at: int) -> None:
    for path in folder.rglob("*"):
        os.utime(path, ns=(at, at))


@pytest.mark.parametrize("thorough", [False, True])
def test_a_folder_whose_times_have_moved_is_intact(tmp_path: Path, at: int, thorough: bool) -> None:
    folder = tmp_path / "folder"
    sealed_folder.build(folder, MADE_FROM, fill)
    set_times(folder, at)
    assert sealed_folder.is_intact(folder, MADE_FROM, thorough=thorough)


def test_what_changes_under_a_wrong_clock_is_noticed(tmp_path: Path, at: int) -> None:
    folder = tmp_path / "folder"
    sealed_folder.build(folder, MADE_FROM, fill)
    (folder / "a").write_bytes(b"aab")
    os.utime(folder / "a", ns=(at, at))
    assert sealed_folder.problem(folder, MADE_FROM) == "a is not what was written"
    (folder / "a").write_bytes(b"aaa")
    os.utime(folder / "a", ns=(at, at))
    assert sealed_folder.is_intact(folder, MADE_FROM)
    stat = (folder / "a").stat()
    (folder / "a").write_bytes(b"aab")  # in the very nanosecond of the former time, which a clock set back may give
    os.utime(folder / "a", ns=(stat.st_mtime_ns, stat.st_mtime_ns))
    assert sealed_folder.problem(folder, MADE_FROM, thorough=True) == "a is not what was written"


def test_a_library_whose_times_have_moved_is_as_it_was(
    library: Path, papers: Path, nursery: Nursery, tmp_path: Path, at: int, caplog: pytest.LogCaptureFixture
) -> None:
    moved, files = Path(shutil.copytree(library, tmp_path / "library")), contents(library)
    set_times(moved, at)
    assert Library(moved).entries() == Library(library).entries()
    embedder = StandIn()
    index = LibraryIndex(Library(moved), embedder, bundled_for(StandIn()))
    index._update(None, None)
    assert embedder.encoded == 0
    assert not caplog.records
    assert workers.found(moved) == workers.found(library)
    ended = nursery.run("add", moved, papers)
    assert ended.code == 0
    assert "12 unchanged" in ended.told
    assert contents(moved) == files


def test_a_batch_through_which_the_clock_runs_backwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back: Iterator[int] = itertools.count(1_700_000_000, -3600)
    monkeypatch.setattr(time, "time", lambda: float(next(back)))
    monkeypatch.setattr(time, "time_ns", lambda: next(back) * 10**9)
    questions = write_questions(tmp_path / "questions.txt", 130)
    assert run_batch(workers.Parrot(), questions, tmp_path / "answers.jsonl")["answered"] == 130
    records = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text().splitlines()]
    assert [record["id"] for record in records] == [str(number) for number in range(1, 131)]
    assert all(0 < record["seconds"] < 60 for record in records)
    assert workers.Parrot().ask("How many boats are there?").seconds > 0


def test_an_answers_file_from_the_future_is_replaced_and_a_started_one_taken_up(tmp_path: Path, at: int) -> None:
    questions, answers = write_questions(tmp_path / "questions.txt", 130), tmp_path / "answers.jsonl"

    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == 70:
            raise Stop

    answers.write_text("an earlier run's\n")
    with pytest.raises(Stop):
        run_batch(workers.Parrot(), questions, answers, progress=stop)
    for path in tmp_path.iterdir():
        os.utime(path, ns=(at, at))
    done: list[int] = []
    run_batch(workers.Parrot(), questions, answers, progress=lambda number, total: done.append(number))
    assert done[0] == 70
    assert len(answers.read_text().splitlines()) == 130
