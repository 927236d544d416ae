"""Files and folders that a user names."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from assistant.__main__ import main
from corpus import TanyaError
from corpus.__main__ import main as corpus_main
from corpus.paths import expand_home, write_problem, write_whole


def test_a_home_folder_that_nobody_has_is_one_line() -> None:
    assert expand_home("~/x") == Path.home() / "x"
    with pytest.raises(TanyaError, match=r"^~nouser/x: no home folder of that name is known"):
        expand_home("~nouser/x")


@pytest.mark.parametrize("arguments", [["doctor"], ["ask", "Apa?"], ["ask", "Apa?", "--model", "~nouser/x"]])
def test_a_cache_in_such_a_folder(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if "--model" not in arguments:
        monkeypatch.setenv("TANYA_CACHE", "~nouser/x")
    assert main(arguments) == 2
    told = "~nouser/x" if "--model" in arguments else "TANYA_CACHE=~nouser/x"
    assert capsys.readouterr().err == f"{told}: no home folder of that name is known; give the whole path\n"


def test_a_library_in_such_a_folder(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TANYA_LIBRARY", "~nouser/x")
    for run in (main, corpus_main):
        assert run(["--help"]) == 2
        assert "TANYA_LIBRARY=~nouser/x: no home folder" in capsys.readouterr().err


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

    monkeypatch.setattr("corpus.paths.flush", fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["answers.jsonl"]
    assert path.read_text() == "as it was"
