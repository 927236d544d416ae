"""Pages drawn in a process: the same as drawn here, cached or refused, and no process stays behind."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import create_autospec

import pytest

from corpus import LANGUAGES, PaperError, load_paper
from page.drawing import guarded_pages as module
from page.drawing.drawing_child import TOO_LARGE, TOO_LATE, DrawingChild, DrawingError
from page.drawing.guarded_pages import GuardedPages
from page.drawing.pages import PdfPages
from tests.children import Started, wait_until_gone
from tests.corpus.nasty import made, nested_groups
from tests.corpus.pdf.pdf_maker import Look, make_pdf

ROOT = Path(__file__).parents[3]
PAPER = load_paper()


@pytest.fixture(autouse=True)
def all_end(children: Started) -> Iterator[None]:
    """Expect that every process is gone at the end of a test, by which its PDFs are closed."""
    yield
    assert module._RESTING == {}
    assert all(child.returncode is not None for child in children)


class StandIn(DrawingChild):
    """Answers an order by what the test says, and starts no process."""

    made: ClassVar[list[StandIn]]
    answer: Callable[[dict[str, Any]], Any]

    def __init__(self, data: bytes, *, seconds: float, memory: int) -> None:
        self.sound, self.killed, self.ended = True, threading.Event(), False
        self.made.append(self)

    @property
    def is_sound(self) -> bool:
        return self.sound and not self.killed.is_set()

    def ask(self, order: dict[str, Any]) -> Any:
        try:
            return type(self).answer(order)
        except DrawingError:
            self.sound = False
            raise

    def kill(self) -> None:
        self.killed.set()

    def end(self) -> None:
        self.kill()
        self.ended = True


def drawn(order: dict[str, Any]) -> Any:
    return [] if order["task"] == "boxes" else ["", order["number"], order["width"]]


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> type[StandIn]:
    """Put stand-ins in place of the children; the test sets what they answer, at first without fail."""

    class Ours(StandIn):
        made: ClassVar[list[StandIn]] = []
        answer = staticmethod(drawn)

    monkeypatch.setattr(module, "DrawingChild", Ours)
    return Ours


def refused(draw: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(PaperError) as caught:
        draw()
    english, indonesian = (caught.value.in_language(language) for language in LANGUAGES[::-1])
    return english, indonesian


def test_pictures_and_boxes_are_those_of_the_pages_and_of_one_process(children: Started) -> None:
    data = make_pdf(PAPER, Look(columns=2))
    pages, here = GuardedPages(data), PdfPages(data)
    over_two = [s for s in PAPER.sentences if s.last_page > s.page]
    for sentence in [*over_two[:3], *PAPER.sentences[:3]]:
        numbers = range(sentence.page, sentence.last_page + 1)
        assert pages.boxes(sentence.text, numbers) == here.boxes(sentence.text, numbers)
    assert pages.picture(3, width=700) == here.picture(3, width=700)
    assert refused(lambda: pages.picture(99)) == refused(lambda: here.picture(99))
    assert len(children) == 1
    pages.close()


def test_a_page_that_takes_too_long_is_refused_and_not_tried_again(children: Started) -> None:
    pages = GuardedPages(nested_groups(), seconds=2)
    for _ in range(2):
        assert refused(lambda: pages.picture(1, width=1400)) == (
            "page 1: took longer than 2 s to draw; read the text instead",
            "halaman 1: perlu lebih dari 2 detik untuk digambar; baca teksnya saja",
        )
    assert len(children) == 1
    pages.close()


def test_closing_ends_the_process_amid_a_page(children: Started, caplog: pytest.LogCaptureFixture) -> None:
    pages = GuardedPages(nested_groups(), seconds=60)
    threading.Timer(0.5, pages.close).start()
    errors = refused(lambda: pages.picture(1, width=1400))
    assert errors == ("the PDF is closed; open it again", "PDF ini sudah ditutup; buka lagi")
    pages.close()
    assert refused(lambda: pages.boxes("Text.", [1])) == errors
    assert len(children) == 1
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("cause", "english", "indonesian"),
    [
        (TOO_LATE, "took longer than 8 s to draw", "perlu lebih dari 8 detik untuk digambar"),
        (TOO_LARGE, "took more than 1000 MB of memory to draw", "perlu lebih dari 1000 MB memori untuk digambar"),
        ("signal 6, Aborted", "drawing broke off (signal 6, Aborted)", "penggambarannya terputus (signal 6, Aborted)"),
    ],
)
def test_what_is_refused_is_remembered_and_the_rest_is_drawn(
    cause: str, english: str, indonesian: str, stand_ins: type[StandIn], caplog: pytest.LogCaptureFixture
) -> None:
    def answer(order: dict[str, Any]) -> Any:
        if order.get("number") == 2 or order.get("pages") == [2, 3]:
            raise DrawingError(cause)
        return drawn(order)

    stand_ins.answer = staticmethod(answer)
    pages = GuardedPages(b"")
    for _ in range(2):
        assert pages.picture(1).width == 1
        assert refused(lambda: pages.picture(2)) == (
            f"page 2: {english}; read the text instead",
            f"halaman 2: {indonesian}; baca teksnya saja",
        )
        assert refused(lambda: pages.boxes("Text.", [2, 3]))[0].startswith(f"pages 2-3: {english}")
        assert pages.picture(3).width == 3
    assert [child.ended for child in stand_ins.made] == [True, True, False]
    assert len(caplog.messages) == 2
    pages.close()
    assert stand_ins.made[-1].ended


def test_where_no_process_starts_the_page_can_be_tried_again(
    stand_ins: type[StandIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = GuardedPages(b"")
    with monkeypatch.context() as patch:
        patch.setattr(module, "DrawingChild", create_autospec(DrawingChild, side_effect=OSError(12, "no memory")))
        english, indonesian = refused(lambda: pages.picture(1))
    assert english == "page 1: drawing broke off (no memory); read the text instead"
    assert indonesian == "halaman 1: penggambarannya terputus (no memory); baca teksnya saja"
    assert pages.picture(1).width == 1
    pages.close()


def test_the_last_pages_are_kept(stand_ins: type[StandIn], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def answer(order: dict[str, Any]) -> Any:
        asked.append(order["number"])
        return drawn(order)

    stand_ins.answer = staticmethod(answer)
    monkeypatch.setattr(module, "_KEPT", 3)
    pages = GuardedPages(b"")
    for number in (1, 2, 3, 1, 4, 4, 2, 1):
        pages.picture(number)
    assert asked == [1, 2, 3, 4, 1]
    pages.picture(1, width=300)
    assert asked == [1, 2, 3, 4, 1, 1]
    pages.close()


def test_few_processes_rest_and_none_for_ever(stand_ins: type[StandIn], monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [GuardedPages(b"") for _ in range(7)]
    for each in pages:
        each.picture(1)
    assert [child.ended for child in stand_ins.made] == [True] * 3 + [False] * 4
    pages[0].picture(2)
    assert [child.ended for child in stand_ins.made] == [True] * 4 + [False] * 4
    for each in pages:
        each.close()
    assert all(child.ended for child in stand_ins.made)
    monkeypatch.setattr(module, "_REST", 0.05)
    last = GuardedPages(b"")
    last.picture(1)
    until = time.monotonic() + 20
    while not stand_ins.made[-1].ended:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert last.picture(1).width == 1  # kept
    assert last.picture(2).width == 2  # drawn by another
    assert len(stand_ins.made) == 10
    last.close()


def test_few_rest_though_two_come_to_rest_at_once(stand_ins: type[StandIn], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_DRAWING", threading.BoundedSemaphore(6))
    pages, swap = [GuardedPages(b"", seconds=60) for _ in range(12)], sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as pool:
            for width in range(1, 30):
                list(pool.map(lambda each, width=width: each.picture(1, width=width), pages))
                assert len(module._RESTING) == 4
    finally:
        sys.setswitchinterval(swap)
    for each in pages:
        each.close()


def test_a_process_that_something_else_ended_is_replaced(children: Started) -> None:
    pages = GuardedPages(made())
    pages.picture(1, width=100)
    children[0].kill()
    children[0].wait()
    assert pages.picture(1, width=101).width == 595
    assert len(children) == 2
    pages.close()


def test_an_open_pdf_at_the_end_of_the_program_makes_no_noise() -> None:
    code = (
        "from page.drawing import guarded_pages\n"
        "from tests.corpus.nasty import made\n"
        "pages = guarded_pages.GuardedPages(made())\n"
        "pages.picture(1)\n"
        "print(guarded_pages._RESTING[pages][0]._process.pid)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == ""
    wait_until_gone(int(done.stdout))


class Gate:
    """Lets drawings wait until the test goes on, and counts those that do."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.waiting = threading.Semaphore(0)

    def answer(self, order: dict[str, Any]) -> Any:
        self.waiting.release()
        assert self.open.wait(30)
        return drawn(order)


def test_one_pdf_never_takes_up_all_places(stand_ins: type[StandIn]) -> None:
    gate, slow, other = Gate(), GuardedPages(b"", seconds=30), GuardedPages(b"", seconds=30)
    stand_ins.answer = staticmethod(lambda order: gate.answer(order) if order["number"] < 9 else drawn(order))
    with ThreadPoolExecutor(5) as pool:
        waiting = [pool.submit(slow.picture, number) for number in (1, 2, 3, 3, 3)]
        assert gate.waiting.acquire(timeout=30)
        assert other.picture(9).width == 9  # while five wait for the other PDF
        assert len(stand_ins.made) == 2
        gate.open.set()
        assert [each.result().width for each in waiting] == [1, 2, 3, 3, 3]
    slow.close()
    other.close()


def test_nobody_waits_longer_than_a_page_may_take(
    stand_ins: type[StandIn], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gate, pages = Gate(), [GuardedPages(b"", seconds=30) for _ in range(2)]
    stand_ins.answer = staticmethod(gate.answer)
    last = GuardedPages(b"", seconds=0.05)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(each.picture, 1) for each in pages]
        assert gate.waiting.acquire(timeout=30)
        assert gate.waiting.acquire(timeout=30)
        assert refused(lambda: last.picture(1)) == (
            "page 1: others are being drawn; turn to it again in a moment",
            "halaman 1: halaman lain sedang digambar; buka lagi sebentar lagi",
        )
        monkeypatch.setattr(module, "_LINE", threading.BoundedSemaphore(1))
        with module._LINE:  # the line is full
            assert refused(lambda: GuardedPages(b"", seconds=30).picture(1))[0].startswith("page 1: others are")
        gate.open.set()
        assert [each.result().width for each in waiting] == [1, 1]
    assert last.picture(1).width == 1  # it was not remembered
    assert caplog.messages == []
    for each in (*pages, last):
        each.close()


def test_many_threads_at_once(children: Started) -> None:
    data = make_pdf(PAPER, Look())
    pages, here = [GuardedPages(data, seconds=60) for _ in range(6)], PdfPages(data)
    with ThreadPoolExecutor(12) as pool:
        drawn = list(pool.map(lambda i: pages[i % 6].picture(1 + i % 4, width=200), range(48)))
    assert drawn == [here.picture(1 + i % 4, width=200) for i in range(48)]
    assert len(module._RESTING) <= 4
    for each in pages:
        each.close()
