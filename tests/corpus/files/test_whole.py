"""Files that are written whole or not at all, and what is said of those that cannot be written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from corpus.files.whole import locked, write_problem, write_whole


def test_what_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    assert write_problem(path) is None
    assert list(tmp_path.iterdir()) == []
    write_whole(path, b"one")
    assert write_problem(path) is None
    write_whole(path, b"two")
    assert [file.name for file in tmp_path.iterdir()] == ["answers.jsonl"]
    assert path.read_bytes() == b"two"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "it is a folder"),
        (".", "it is a folder"),
        ("/", "it is a folder"),
        ("/dev/null", "it is no ordinary file"),
        ("/proc/answers.jsonl", os.strerror(errno.ENOENT)),
        ("none/answers.jsonl", "there is no folder none"),
        ("file/answers.jsonl", os.strerror(errno.ENOTDIR)),
        ("loop", os.strerror(errno.ELOOP)),
        ("x" * 300, os.strerror(errno.ENAMETOOLONG)),
        ("x" * 252, os.strerror(errno.ENAMETOOLONG)),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, problem: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("loop").symlink_to("loop")
    assert write_problem(Path(name)) == problem


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text("as it was")

    def fail(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("corpus.files.whole.flush", fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["answers.jsonl"]
    assert path.read_text() == "as it was"


def test_a_lock_that_is_held_is_waited_for_only_where_asked(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with locked(path), pytest.raises(BlockingIOError), locked(path, wait=False):
        pass
    with locked(path, wait=False) as file:
        file.write("mine")
    assert path.read_text() == "mine"
