"""Files read in a child process: what comes back, and how it ends when it will not."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import BUNDLED_PAPER, LANGUAGES, PaperError, load_paper, read_paper
from corpus.guarded import read_guarded
from tests.children import Started, is_running
from tests.corpus.nasty import heavy_pages
from tests.corpus.pdf.pdf_maker import Look, make_pdf

ROOT = Path(__file__).parents[2]
TEXT = BUNDLED_PAPER.read_bytes()


def messages(read: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(PaperError) as caught:
        read()
    english, indonesian = (caught.value.in_language(language) for language in LANGUAGES[::-1])
    return english, indonesian


@pytest.mark.parametrize(
    ("name", "data"), [("paper.txt", TEXT), ("paper.pdf", make_pdf(load_paper(), Look()))], ids=["text", "PDF"]
)
def test_a_paper_comes_back_as_it_is_read_here(
    name: str, data: bytes, children: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpus.py").write_text("raise SystemExit(3)")  # which must not be taken for the project's
    monkeypatch.chdir(tmp_path)
    assert read_guarded(name, data) == read_paper(name, data)
    assert [child.returncode for child in children] == [0]
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.py"]


@pytest.mark.parametrize(
    ("name", "data", "most"),
    [("a.pdf", b"%PDF-1.4\n%%EOF", 99), ("\u202ea\nb\udcff\x1b[2J.txt", b"\xff", 99), ("a.txt", b"abcd", 3)],
    ids=["PDF", "odd name", "too large"],
)
def test_what_is_wrong_comes_back_in_both_languages(name: str, data: bytes, most: int) -> None:
    guarded = messages(lambda: read_guarded(name, data, max_bytes=most))
    assert guarded == messages(lambda: read_paper(name, data, max_bytes=most))
    assert all(line.isprintable() for line in guarded)


def test_too_long(children: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.guarded.SECONDS", 1)
    assert messages(lambda: read_guarded("a.pdf", heavy_pages())) == (
        "a.pdf: took longer than 1 s to read; give only the pages needed",
        "a.pdf: perlu lebih dari 1 detik untuk dibaca; berikan hanya halaman yang diperlukan",
    )
    assert [child.returncode for child in children] == [-signal.SIGKILL]


@pytest.mark.parametrize("memory", [40_000_000, 5_000_000], ids=["to read", "to begin"])
def test_too_much_memory(children: Started, memory: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.guarded.MEMORY", memory)
    size = f"{memory // 1_000_000} MB"
    assert messages(lambda: read_guarded("a.txt", TEXT * 400)) == (
        f"a.txt: took more than {size} of memory to read; give only the pages needed",
        f"a.txt: perlu lebih dari {size} memori untuk dibaca; berikan hanya halaman yang diperlukan",
    )
    assert [child.returncode for child in children] == [71]


def test_memory_is_watched_where_the_system_does_not_limit_it() -> None:
    code = (
        "import os, resource\n"
        "resource.setrlimit = lambda *_: None\n"
        "os.getppid = lambda: 0\n"
        "from corpus import guarded\n"
        "guarded.main()\n"
    )
    order = {"name": "a.txt", "max_bytes": 10**8, "seconds": 99, "memory": 40_000_000, "parent": 0}
    given = json.dumps(order).encode() + b"\n" + TEXT * 400
    # A shell between them, for on Linux a process begins with its parent's peak, which may be far over the limit here.
    command = ["sh", "-c", '"$0" -c "$1"; exit $?', sys.executable, code]
    done = subprocess.run(command, input=given, capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (71, b"", b"")


def test_a_child_that_crashes(children: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.guarded.SECONDS", 60)

    def crash() -> None:
        while not children:
            time.sleep(0.01)
        children[0].send_signal(signal.SIGSEGV)

    thread = threading.Thread(target=crash)
    thread.start()
    english, indonesian = messages(lambda: read_guarded("a.pdf", heavy_pages()))
    thread.join()
    assert english.startswith("a.pdf: reading it broke off (signal 11, Segmentation fault")
    assert indonesian.startswith("a.pdf: pembacaannya terputus (signal 11, Segmentation fault")


def test_a_reader_that_breaks(caplog: pytest.LogCaptureFixture) -> None:
    no_name: Any = 5
    english, _ = messages(lambda: read_guarded(no_name, TEXT))
    assert english == (
        "5: reading it broke off (TypeError); it is likely damaged: print it to a new PDF, or give its text"
    )
    assert "Traceback" in caplog.text


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_the_child_ends_when_its_parent_does(end: signal.Signals) -> None:
    code = (
        "import subprocess as s\n"
        "really = s.Popen\n"
        "def start(*args, **options):\n"
        "    child = really(*args, **options)\n"
        "    print(child.pid, flush=True)\n"
        "    return child\n"
        "s.Popen = start\n"
        "from corpus.guarded import read_guarded\n"
        "from tests.corpus.nasty import heavy_pages\n"
        "read_guarded('a.pdf', heavy_pages())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        time.sleep(0.5)  # it reads by now
        parent.send_signal(end)  # to it alone, and not to the child
    assert parent.returncode == -end
    give_up = time.monotonic() + 20
    while is_running(child):
        assert time.monotonic() < give_up
        time.sleep(0.05)


def test_many_at_once(children: Started) -> None:
    names = [f"{number}.txt" for number in range(5)]
    found: list[str] = []

    def read(name: str) -> None:
        found.append(read_guarded(name, name.encode()).name)

    threads = [threading.Thread(target=read, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == names
    assert [child.returncode for child in children] == [0] * 5
