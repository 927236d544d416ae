"""The process that draws: it answers as the pages themselves do, and it ends in every case."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import PaperError
from page.drawing.drawing_child import TOO_LARGE, TOO_LATE, DrawingChild, DrawingError
from page.drawing.pages import PdfPages
from tests.children import Started, is_running, wait_until_gone
from tests.corpus.nasty import flate_bomb, made, nested_groups

ROOT = Path(__file__).parents[3]
DRAW = {"task": "picture", "number": 1, "width": 1400}


@pytest.fixture(autouse=True)
def all_end(children: Started) -> Iterator[None]:
    yield
    assert all(child.returncode is not None for child in children)


def started(data: bytes, *, seconds: float = 60, memory: int = 600_000_000) -> DrawingChild:
    return DrawingChild(data, seconds=seconds, memory=memory)


def cause(child: DrawingChild) -> str:
    with pytest.raises(DrawingError) as caught:
        child.ask(DRAW)
    return str(caught.value)


def test_it_answers_one_order_after_the_other(children: Started) -> None:
    child, pages = started(made()), PdfPages(made())
    webp, *size = child.ask(DRAW)
    assert (b64decode(webp), *size) == pages.picture(1, width=1400)
    [[number, [box]]] = child.ask({"task": "boxes", "quote": "that can be read", "pages": [1]})
    assert (number, box) == (1, list(pages.boxes("that can be read", [1])[1][0]))
    with pytest.raises(PaperError) as caught:
        child.ask(DRAW | {"number": 2})
    with pytest.raises(PaperError) as here:
        pages.picture(2)
    assert [caught.value.in_language(of) for of in ("en", "id")] == [here.value.in_language(of) for of in ("en", "id")]
    assert child.ask(DRAW) == [webp, *size]
    assert child.is_sound
    child.end()
    assert not child.is_sound
    assert len(children) == 1


def test_what_is_no_pdf() -> None:
    child = started(b"%PDF")
    with pytest.raises(PaperError, match="cannot be shown"):
        child.ask(DRAW)
    child.end()


def test_a_drawing_that_takes_too_long(children: Started) -> None:
    data = nested_groups()
    assert len(data) < 1500
    child = started(data, seconds=2)
    assert cause(child) == TOO_LATE
    assert not child.is_sound
    child.end()
    assert [each.returncode for each in children] == [-signal.SIGKILL]


def test_it_looks_at_the_clock_itself(children: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Timer, "start", lambda timer: None)
    monkeypatch.setattr(threading.Timer, "join", lambda timer: None)
    child = started(nested_groups(), seconds=1)
    assert cause(child) == TOO_LATE
    child.end()
    assert [each.returncode for each in children] == [-signal.SIGALRM]


def test_a_drawing_that_takes_too_much() -> None:
    child = started(flate_bomb(), memory=150_000_000)
    cause(child)  # PDFium breaks off in several ways where it gets no memory
    assert not child.is_sound
    child.end()


def test_too_little_memory_to_begin(children: Started) -> None:
    child = started(made(), memory=5_000_000)
    assert cause(child) == TOO_LARGE
    child.end()
    assert [each.returncode for each in children] == [71]


def test_one_that_crashes() -> None:
    child = started(nested_groups())
    crash = threading.Timer(0.5, lambda: child._process.send_signal(signal.SIGSEGV))
    crash.start()
    assert cause(child).startswith("signal 11, Segmentation fault")
    child.end()


def test_an_order_that_breaks_it(caplog: pytest.LogCaptureFixture) -> None:
    child = started(made())
    with pytest.raises(DrawingError, match="TypeError"):
        child.ask({"task": "picture", "number": None})
    assert "Traceback" in caplog.text
    assert child.ask(DRAW)
    child.end()


def test_one_that_is_killed_while_it_draws() -> None:
    child = started(nested_groups())
    threading.Timer(0.5, child.kill).start()
    cause(child)
    child.end()


@pytest.mark.parametrize("is_drawing", [True, False], ids=["drawing", "at rest"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_it_ends_when_its_parent_does(end: signal.Signals, is_drawing: bool) -> None:
    code = (
        "import time\n"
        "from page.drawing.drawing_child import DrawingChild\n"
        "from tests.corpus.nasty import made, nested_groups\n"
        f"child = DrawingChild({'nested_groups' if is_drawing else 'made'}(), seconds=60, memory=600_000_000)\n"
        "print(child._process.pid, flush=True)\n"
        f"child.ask({DRAW})\n"
        "print('done', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        if is_drawing:
            time.sleep(1)  # it draws by now
        else:
            assert parent.stdout.readline() == b"done\n"
        assert is_running(child)
        os.kill(parent.pid, end)  # it alone, and not the child
    assert parent.returncode == -end
    wait_until_gone(child)
