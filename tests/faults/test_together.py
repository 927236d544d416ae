"""Two processes at the same work at once: both succeed, with one result, and nothing is left lying about."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.library import Library
from tests.faults import workers
from tests.faults.papers import write_questions
from tests.faults.processes import Ended, Nursery, contents, leftovers, nurseries


@pytest.fixture(scope="module")
def two(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Nursery]]:
    with nurseries(2, tmp_path_factory.mktemp("nurseries")) as found:
        yield found


@pytest.fixture(scope="module")
def library(nursery: Nursery, papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Add all papers, by one process."""
    library = tmp_path_factory.mktemp("library") / "library"
    assert nursery.run("add", library, papers).code == 0
    return library


def at_once(two: list[Nursery], name: str, *paths: Path) -> list[Ended]:
    for each in two:
        each.begin(name, *paths)
    return [each.end() for each in two]


def test_building_an_index(two: list[Nursery], tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("\n\n".join(f"In village {number} there are {number} boats of teak." for number in range(100)))
    for ended in at_once(two, "index", paper, tmp_path / "indexes" / "one"):
        assert (ended.code, ended.told) == (0, "")
    assert two[0].run("index", paper, tmp_path / "indexes" / "other").code == 0
    assert contents(tmp_path / "indexes" / "one") == contents(tmp_path / "indexes" / "other")
    assert not leftovers(tmp_path)


def test_adding_the_same_folder(two: list[Nursery], papers: Path, library: Path, tmp_path: Path) -> None:
    for ended in at_once(two, "add", tmp_path / "library", papers):
        assert ended.code == 0, ended.told
    assert Library(tmp_path / "library").entries() == Library(library).entries()
    assert contents(tmp_path / "library") == contents(library)
    assert not leftovers(tmp_path)


def test_updating_the_same_library(two: list[Nursery], library: Path, tmp_path: Path) -> None:
    one, other = (Path(shutil.copytree(library, tmp_path / name)) for name in ("one", "other"))
    for ended in at_once(two, "update", one):
        assert (ended.code, ended.told) == (0, "")
    assert two[0].run("update", other).code == 0
    assert workers.found(one) == workers.found(other)
    assert not leftovers(tmp_path)


def test_adding_and_updating(two: list[Nursery], papers: Path, library: Path, tmp_path: Path) -> None:
    """Whatever the one has seen of the other's papers, the next opening has them all."""
    both = tmp_path / "library"
    adding, updating = two
    adding.begin("add", both, papers)
    for _ in range(1000):
        if Library(both).entries():
            break
        time.sleep(0.01)
    assert updating.run("update", both).code == 0
    assert adding.end().code == 0
    _, inside = workers.found(both)  # words weigh differently in segments cut otherwise: compare what is in them
    assert inside == workers.found(Path(shutil.copytree(library, tmp_path / "whole")))[1]
    assert workers.opened(both)._backend.papers() == {entry.id for entry in Library(library).entries()}
    assert not leftovers(tmp_path)


def test_batches_into_the_same_file(two: list[Nursery], tmp_path: Path) -> None:
    """One of them answers; the other is told so, at once."""
    questions = write_questions(tmp_path / "questions.txt", 640)
    ended = at_once(two, "batch", questions, tmp_path / "answers.jsonl")
    told = [each.told for each in ended if each.code]
    assert len(told) <= 1
    assert all("is being written by another process" in each and each.count("\n") == 1 for each in told)
    assert len((tmp_path / "answers.jsonl").read_text().splitlines()) == 640
    assert {path.name for path in tmp_path.iterdir()} == {"questions.txt", "answers.jsonl"}
