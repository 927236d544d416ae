"""A child process that draws the pages of one PDF, and the object that starts it and asks it.

The process runs `main`. It gets its limits and the PDF by a pipe, then one order after the other. It answers each by
another pipe. Orders and answers are lines of JSON (`_carry_out` has their fields).
"""

from __future__ import annotations

import json
import logging
import math
import os
import signal
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from typing import Any

from corpus.child import OUT_OF_MEMORY, answer_of, child_options, give_up_for_memory, how_it_ended, live_within
from corpus.errors import PaperError
from page.drawing.pages import PdfPages

TOO_LATE, TOO_LARGE = "time", "memory"

_LARGEST_ANSWER = 100_000_000  # bytes; a picture has one or two million at most

logger = logging.getLogger(__name__)


class DrawingError(Exception):
    """An order that failed. Its text is `TOO_LATE` or `TOO_LARGE` for a broken limit, or else names the error."""


class DrawingChild:
    """The process, seen from its parent. One thread asks; any thread may kill it."""

    def __init__(self, data: bytes, *, seconds: float, memory: int) -> None:
        """Start it for a PDF. Each order may take so many ``seconds``, and the process so many bytes of ``memory``."""
        self._seconds = seconds
        limits = {
            "parent": os.getpid(),
            "memory": memory,
            "seconds": math.ceil(seconds) + 1,  # in case the parent is gone and cannot end it in time
            "bytes": len(data),
        }
        self._unsent = [_line(limits), data]
        self._is_sound = True
        self._process = subprocess.Popen(**child_options("page.drawing.drawing_child"), stdin=subprocess.PIPE)

    @property
    def is_sound(self) -> bool:
        """Whether it can be asked (again)."""
        return self._is_sound and self._process.poll() is None

    def ask(self, order: dict[str, Any]) -> Any:
        """Return the answer to an order. Raises PaperError as `PdfPages` does, and DrawingError."""
        answer = json.loads(self._answer(_line(order)))
        if "error" in answer:
            raise PaperError(answer["error"], indonesian=answer["indonesian"])
        if "broken" in answer:
            logger.error("drawing broke off:\n%s", answer["trace"])
            raise DrawingError(answer["broken"])
        return answer["done"]

    def kill(self) -> None:
        """Kill the process. A thread that waits for its answer gets a DrawingError."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process, and release all that belongs to it."""
        self.kill()
        with suppress(BrokenPipeError), self._process:  # data that was not sent yet is dropped
            pass

    def _answer(self, order: bytes) -> bytes:
        assert self._process.stdin
        assert self._process.stdout
        self._is_sound = False
        late = threading.Event()

        def end() -> None:
            late.set()
            self.kill()

        clock = threading.Timer(self._seconds, end)
        clock.daemon = True
        clock.start()
        try:
            with suppress(BrokenPipeError):
                self._process.stdin.writelines([*self._unsent, order])
                self._process.stdin.flush()
            self._unsent = []
            answer: bytes = self._process.stdout.readline(_LARGEST_ANSWER)
        finally:
            clock.cancel()
            clock.join()
        if late.is_set():
            raise DrawingError(TOO_LATE)
        if not answer.endswith(b"\n"):
            self.kill()
            raise DrawingError(_cause(self._process.wait()))
        self._is_sound = True
        return answer


def _cause(code: int) -> str:
    if code in (OUT_OF_MEMORY, -signal.SIGKILL):  # SIGKILL is how Linux ends a process when memory runs out
        return TOO_LARGE
    return TOO_LATE if code == -signal.SIGALRM else how_it_ended(code)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode() + b"\n"


def main() -> None:
    """Answer the orders on standard input until it ends."""
    orders = sys.stdin.buffer
    limits = json.loads(orders.readline())
    live_within(limits["parent"], memory=limits["memory"])
    try:
        data = orders.read(limits["bytes"])
        opened = cache(lambda: PdfPages(data))
        while order := orders.readline():
            signal.alarm(limits["seconds"])  # ends this process, whatever it does then
            answer = _line(answer_of(partial(_carry_out, opened, json.loads(order))))
            signal.alarm(0)
            sys.stdout.buffer.write(answer)
            sys.stdout.flush()
    except MemoryError:
        give_up_for_memory()


def _carry_out(opened: Callable[[], PdfPages], order: dict[str, Any]) -> dict[str, Any]:
    """Carry out an order: to draw a "picture", or to find a quote's "boxes"."""
    pages, task = opened(), order.pop("task")
    if task == "picture":
        picture = pages.picture(**order)
        return {"done": [b64encode(picture.webp).decode(), picture.width, picture.height]}
    return {"done": list(pages.boxes(**order).items())}
