"""SIGKILL at random moments: the next start is right, nothing is half there, nothing is there twice."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from corpus import load_paper
from corpus.files import sealed_folder
from corpus.library import Library
from tests.faults import workers
from tests.faults.papers import write_papers, write_questions
from tests.faults.processes import ROOT, Nursery, contents, leftovers, moments, nurseries

MOMENTS = [pytest.param(5, id="5"), pytest.param(50, id="50", marks=pytest.mark.long)]
ASKED = 640


@pytest.fixture(scope="module")
def half(papers: Path, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a library of the first half of the papers, some as they were earlier, and its index."""
    library = tmp_path_factory.mktemp("half") / "library"
    now = shutil.move(papers, papers.with_name("later"))
    write_papers(papers, earlier=True)
    assert nursery.run("add", library, papers).code == 0
    assert nursery.run("update", library).code == 0
    shutil.rmtree(papers)
    shutil.move(now, papers)
    return library


@pytest.fixture(scope="module")
def whole(half: Path, papers: Path, nursery: Nursery) -> Path:
    """Make the library of all papers, undisturbed."""
    library = Path(shutil.copytree(half, half.with_name("whole")))
    assert nursery.run("add", library, papers).code == 0
    return library


def listed(library: Path) -> list[dict[str, Any]]:
    return [entry.to_record() for entry in Library(library).entries()]


@pytest.mark.parametrize("count", MOMENTS)
def test_adding(count: int, half: Path, whole: Path, papers: Path, nursery: Nursery, tmp_path: Path) -> None:
    undisturbed = Path(shutil.copytree(half, tmp_path / "undisturbed"))
    seconds = nursery.run("add", undisturbed, papers).seconds
    killed = 0
    for number, share in enumerate(moments(count, seed=1)):
        library = Path(shutil.copytree(half, tmp_path / str(number)))
        killed += nursery.run("add", library, papers, kill_after=share * seconds).code == -signal.SIGKILL
        assert not Library(library).damaged()
        assert nursery.run("add", library, papers).code == 0
        assert listed(library) == listed(whole)
        assert contents(library / "papers") == contents(whole / "papers")
        assert not leftovers(library)
        shutil.rmtree(library)
    assert killed


@pytest.mark.parametrize("count", MOMENTS)
def test_indexing(count: int, whole: Path, nursery: Nursery, tmp_path: Path) -> None:
    undisturbed = Path(shutil.copytree(whole, tmp_path / "undisturbed"))
    seconds = nursery.run("update", undisturbed).seconds
    expected = workers.found(undisturbed)
    killed = 0
    for number, share in enumerate(moments(count, seed=2)):
        library = Path(shutil.copytree(whole, tmp_path / str(number)))
        killed += nursery.run("update", library, kill_after=share * seconds).code == -signal.SIGKILL
        ended = nursery.run("update", library)
        assert (ended.code, ended.told) == (0, "")
        assert workers.found(library) == expected
        assert not leftovers(library)
        assert len([path for path in library.rglob("passages/*") if path.is_dir()]) == 1
        shutil.rmtree(library)
    assert killed


@pytest.mark.parametrize("count", MOMENTS)
def test_a_papers_index(count: int, nursery: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("\n\n".join(f"In village {number} there are {number} boats of teak." for number in range(200)))
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path / "cache"))
    with nurseries(1, tmp_path / "cached") as [cached]:  # with the background in that cache
        seconds = cached.run("index", paper, tmp_path / "undisturbed").seconds
        killed = 0
        for number, share in enumerate(moments(count, seed=3)):
            folder = tmp_path / "indexes" / str(number)
            killed += cached.run("index", paper, folder, kill_after=share * seconds).code == -signal.SIGKILL
            ended = cached.run("index", paper, folder)
            assert (ended.code, ended.told) == (0, "")
            assert contents(folder) == contents(tmp_path / "undisturbed")
        assert not leftovers(tmp_path / "indexes")
        assert not leftovers(tmp_path / "cache")
        assert killed


def answers(file: Path) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [{key: value for key, value in record.items() if key != "seconds"} for record in records]


@pytest.mark.parametrize("count", MOMENTS)
def test_answering(count: int, nursery: Nursery, tmp_path: Path) -> None:
    questions = write_questions(tmp_path / "questions.txt", ASKED)
    seconds = nursery.run("batch", questions, tmp_path / "undisturbed.jsonl").seconds
    expected = answers(tmp_path / "undisturbed.jsonl")
    assert len({record["id"] for record in expected}) == ASKED
    killed = 0
    for number, share in enumerate(moments(count, seed=4)):
        file = tmp_path / str(number) / "answers.jsonl"
        file.parent.mkdir()
        killed += nursery.run("batch", questions, file, kill_after=share * seconds).code == -signal.SIGKILL
        assert not file.exists() or answers(file) == expected
        assert nursery.run("batch", questions, file).code == 0
        assert answers(file) == expected
        assert [path.name for path in file.parent.iterdir()] == ["answers.jsonl"]
    assert killed


@pytest.mark.long
def test_the_real_thing(users_cache: Path, tmp_path: Path) -> None:
    """Kill ``python -m assistant batch`` itself, with the real model."""
    asked = load_paper().annotations.questions[:70]
    questions, file = tmp_path / "questions.txt", tmp_path / "answers.jsonl"
    questions.write_text("".join(f"{question.text['en']}\n" for question in asked), encoding="utf-8")

    def begin(answers: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "assistant", "batch", str(questions), str(answers)]
        environment = os.environ | {"TANYA_CACHE": str(users_cache)}
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)

    began = time.perf_counter()
    assert begin(tmp_path / "undisturbed.jsonl").wait(timeout=900) == 0
    seconds = time.perf_counter() - began
    killed = 0
    for share in moments(5, seed=5):
        process = begin(file)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=share * seconds)
        process.kill()
        killed += process.wait() == -signal.SIGKILL
    assert killed
    assert begin(file).wait(timeout=900) == 0
    assert answers(file) == answers(tmp_path / "undisturbed.jsonl")
    assert len(answers(file)) == len(asked)
    assert {path.name for path in tmp_path.iterdir()} == {"questions.txt", "answers.jsonl", "undisturbed.jsonl"}


def test_what_removing_left_is_gone_with_the_next_addition(papers: Path, whole: Path, tmp_path: Path) -> None:
    """Killed after a paper's folder has another name, and before its files are deleted."""
    library = Library(Path(shutil.copytree(whole, tmp_path / "library")))
    entry = library.entries()[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_folder, "_remove_leftovers", lambda folder: None)
        library.remove(entry.id)
    assert leftovers(library.folder)
    assert len(library.entries()) == 11
    list(library.add([papers / "rice.txt"]))
    assert not leftovers(library.folder)
