"""Folders that are made once: whole or not at all, and made anew when damaged."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.files.sealed_folder import MANIFEST, build, is_intact

SOURCE = {"file": "weights", "sha256": "abc"}


def fill(folder: Path) -> None:
    (folder / "one.bin").write_bytes(b"1" * 1000)
    (folder / "sub").mkdir()
    (folder / "sub" / "two.json").write_text("{}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built = tmp_path / "cache" / "model"
    build(built, SOURCE, fill)
    return built


def truncate(folder: Path) -> None:
    with (folder / "one.bin").open("r+b") as file:
        file.truncate(999)


def alter(folder: Path) -> None:
    with (folder / "one.bin").open("r+b") as file:
        file.write(b"2")
    os.utime(folder / "one.bin", (1, 1))  # a later time, whatever the file system's resolution


def delete(folder: Path) -> None:
    (folder / "sub" / "two.json").unlink()


def swap(folder: Path) -> None:
    (folder / "one.bin").unlink()
    (folder / "one.bin").mkdir()


def no_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def half_a_manifest(folder: Path) -> None:
    text = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(text[: len(text) // 2])


def strange_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text(json.dumps({"made_from": SOURCE, "files": ["one.bin"]}))


def empty_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text(json.dumps({"made_from": SOURCE, "files": {}}))


def emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def a_file_instead(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


DAMAGES = [
    truncate,
    alter,
    delete,
    swap,
    no_manifest,
    half_a_manifest,
    strange_manifest,
    empty_manifest,
    emptied,
    a_file_instead,
]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_was_built_is_intact(folder: Path) -> None:
    assert is_intact(folder, SOURCE)
    assert is_intact(folder, SOURCE, thorough=True)
    assert names(folder.parent) == {"model", ".model.lock"}
    assert set(json.loads((folder / MANIFEST).read_text())["files"]) == {"one.bin", "sub/two.json"}


def test_what_was_made_from_something_else_is_not(folder: Path) -> None:
    assert not is_intact(folder, {**SOURCE, "sha256": "abd"})
    assert not is_intact(folder.parent / "other", SOURCE)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_noticed_and_mended(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder)
    assert not is_intact(folder, SOURCE)
    build(folder, SOURCE, fill)
    assert is_intact(folder, SOURCE, thorough=True)
    assert names(folder.parent) == {"model", ".model.lock"}


def test_a_change_that_keeps_size_and_time_takes_a_thorough_look(folder: Path) -> None:
    before = (folder / "one.bin").stat()
    alter(folder)
    os.utime(folder / "one.bin", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert is_intact(folder, SOURCE)
    assert not is_intact(folder, SOURCE, thorough=True)
    build(folder, SOURCE, fill)
    assert is_intact(folder, SOURCE, thorough=True)


def test_a_copy_is_hashed_once_and_then_opens_quickly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)
    os.utime(copy / "one.bin", (1, 1))
    assert is_intact(copy, SOURCE)

    def unexpected(path: Path) -> str:
        raise AssertionError(f"{path} was hashed again")

    monkeypatch.setattr("corpus.files.sealed_folder.sha256_of", unexpected)
    assert is_intact(copy, SOURCE)


def test_nothing_is_filled_twice(folder: Path) -> None:
    def unexpected(_: Path) -> None:
        raise AssertionError("filled again")

    build(folder, SOURCE, unexpected)


def test_a_failed_fill_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        fill(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "model", SOURCE, fail)
    assert names(tmp_path) == {".model.lock"}


def run(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    root = Path(__file__).parents[3]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


KILLED = """
import os, signal, sys
from pathlib import Path
from corpus.files.sealed_folder import build
def fill(folder):
    (folder / "one.bin").write_bytes(b"1" * 10)
    os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), {"file": "weights", "sha256": "abc"}, fill)
"""


def test_a_process_killed_half_way_harms_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    process = run(KILLED, folder)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert not folder.exists()
    assert any(name.endswith(".partial") for name in names(tmp_path))
    build(folder, SOURCE, fill)
    assert is_intact(folder, SOURCE, thorough=True)
    assert names(tmp_path) == {"model", ".model.lock"}


TWO = """
import sys, time
from pathlib import Path
from corpus.files.sealed_folder import build
folder, start = Path(sys.argv[1]), Path(sys.argv[2])
def fill(folder):
    print("filled")
    (folder / "one.bin").write_bytes(b"1")
    time.sleep(0.5)
    (folder / "two.bin").write_bytes(b"2")
print("ready", flush=True)
while not start.exists():
    time.sleep(0.001)
build(folder, {"file": "weights", "sha256": "abc"}, fill)
print(sorted(path.name for path in folder.iterdir()))
"""


@pytest.mark.parametrize("damaged", [False, True])
def test_processes_at_once_make_it_once(tmp_path: Path, damaged: bool) -> None:
    folder = tmp_path / "cache" / "model"
    if damaged:
        build(folder, SOURCE, fill)
        truncate(folder)
    processes = [run(TWO, folder, tmp_path / "start") for _ in range(3)]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    (tmp_path / "start").touch()
    outputs = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert sum("filled" in output for output, _ in outputs) == 1
    assert all("['manifest.json', 'one.bin', 'two.bin']" in output for output, _ in outputs)
    assert names(folder.parent) == {"model", ".model.lock"}
