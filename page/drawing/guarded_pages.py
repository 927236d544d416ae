"""A PDF's pages as pictures, each drawn within limits of time and memory, and cached.

A PDF of some hundred bytes can keep PDFium busy for minutes over one page, where nothing can interrupt it. So each PDF
that is looked at has a process of its own (`page.drawing.drawing_child`). The process draws the pages that are asked
for, and is ended when one takes too long. It starts when it is needed, and ends when it was idle for a while.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from corpus.errors import PaperError
from corpus.pdf.recognised import Box
from page.drawing.drawing_child import TOO_LARGE, TOO_LATE, DrawingChild, DrawingError
from page.drawing.pages import Picture

SECONDS: Final = 8.0
"""Seconds that one page may take."""

MEMORY: Final = 1_000_000_000
"""Bytes of memory that drawing a PDF's pages may take. A colour scan at 600 dots per inch takes half of them."""

_KEPT = 16  # cached answers of each PDF
_AT_ONCE = 2  # pages drawn at the same time: with more, each would only take longer, and so would questions
_IN_LINE = 24  # pages that are drawn or wait to be; each of them holds a thread
_AT_REST, _REST = 4, 60.0  # idle children, and the seconds after which one is ended

_DRAWING, _LINE = threading.BoundedSemaphore(_AT_ONCE), threading.BoundedSemaphore(_IN_LINE)
_LOCK = threading.Lock()  # guards _RESTING, and the child of each GuardedPages
# The idle children, with the timers that end them. The one that has been idle for longest is first.
_RESTING: dict[GuardedPages, tuple[DrawingChild, threading.Timer]] = {}

logger = logging.getLogger(__name__)


class GuardedPages:
    """A PDF's pages, for use by any number of threads. Their numbers count from 1."""

    def __init__(self, data: bytes, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._data, self._seconds, self._memory = data, seconds, memory
        self._turn = threading.Lock()
        self._closed = False
        self._working: DrawingChild | None = None
        self._kept: dict[str, Any] = {}  # answers by their orders, the oldest first
        self._refused: dict[tuple[int, ...], tuple[str, str]] = {}  # the errors of pages, in English and Indonesian

    def close(self) -> None:
        """Release the PDF and end its process, even while it draws. Closing it twice does no harm."""
        with _LOCK:
            self._closed = True
            if self._working:
                self._working.kill()
        self._end_rest()

    def picture(self, number: int, *, width: int = 1000) -> Picture:
        """Return a page as a picture, as `PdfPages.picture` does.

        Raises PaperError if there is no such page, if it is damaged, if it cannot be drawn within the limits, or if too
        many others are being drawn. A page that broke the limits is not tried again.
        """
        webp, wide, high = self._answer({"task": "picture", "number": number, "width": width}, (number,))
        return Picture(b64decode(webp), wide, high)

    def boxes(self, quote: str, pages: Sequence[int]) -> dict[int, tuple[Box, ...]]:
        """Return where a quote's words stand on pages, as `PdfPages.boxes` does.

        Raises PaperError as `picture` does.
        """
        answer = self._answer({"task": "boxes", "quote": quote, "pages": list(pages)}, tuple(pages))
        return {number: tuple(Box(*box) for box in boxes) for number, boxes in answer}

    def _answer(self, order: dict[str, Any], pages: tuple[int, ...]) -> Any:
        """Return the answer to an order about pages: from the cache, or from the child."""
        key = json.dumps(order)
        if (known := self._known(key, pages)) is not None:
            return known
        with self._in_turn(pages):
            if self._known(key, pages) is None:  # the one before may have asked the same
                self._find_out(key, order, pages)
            return self._known(key, pages)

    def _known(self, key: str, pages: tuple[int, ...]) -> Any:
        """Return a cached answer, None if there is none. Raises PaperError for pages that failed before."""
        if self._closed:
            raise PaperError("the PDF is closed; open it again", indonesian="PDF ini sudah ditutup; buka lagi")
        if pages in self._refused:
            english, indonesian = self._refused[pages]
            raise PaperError(english, indonesian=indonesian)
        return self._kept.get(key)

    @contextmanager
    def _in_turn(self, pages: tuple[int, ...]) -> Iterator[None]:
        """Wait for a turn, for no longer than a page may take. Each PDF has one page drawn at a time."""
        until = time.monotonic() + self._seconds
        with ExitStack() as held:
            for lock, waits in ((_LINE, False), (self._turn, True), (_DRAWING, True)):
                if not lock.acquire(timeout=max(0.0, until - time.monotonic()) if waits else 0.0):
                    page_en, page_id = _named(pages)
                    raise PaperError(
                        f"{page_en}: others are being drawn; turn to it again in a moment",
                        indonesian=f"{page_id}: halaman lain sedang digambar; buka lagi sebentar lagi",
                    )
                held.callback(lock.release)
            yield

    def _find_out(self, key: str, order: dict[str, Any], pages: tuple[int, ...]) -> None:
        """Have the child carry out an order. Cache the answer, or the error. Raises PaperError."""
        try:
            child = self._taken()
        except OSError as error:  # the system starts no process now, but may do so later
            english, indonesian = _refusal(pages, str(error.strerror), self._seconds, self._memory)
            raise PaperError(english, indonesian=indonesian) from error
        try:
            self._kept[key] = child.ask(order)
        except DrawingError as error:
            if not self._closed:  # closing ends the child, too
                self._refused[pages] = _refusal(pages, str(error), self._seconds, self._memory)
                logger.warning("%s", self._refused[pages][0])
        finally:
            self._put_back(child)
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]

    def _taken(self) -> DrawingChild:
        """Return this PDF's idle child, or start one."""
        with _LOCK:
            child = _roused(self)
            if child and not child.is_sound:  # something else has ended it
                child.end()
                child = None
            child = child or DrawingChild(self._data, seconds=self._seconds, memory=self._memory)
            self._working = child
            if self._closed:
                child.kill()
            return child

    def _put_back(self, child: DrawingChild) -> None:
        """Keep the child idle, or end it if it cannot go on. If too many are idle, end the one idle for longest."""
        over: DrawingChild | None = child
        with _LOCK:
            self._working = None
            if child.is_sound and not self._closed:
                rest = threading.Timer(_REST, self._end_rest)
                rest.daemon = True
                rest.start()
                _RESTING[self] = child, rest
                over = None
            if len(_RESTING) > _AT_REST:
                over = _roused(next(iter(_RESTING)))
        if over:
            over.end()

    def _end_rest(self) -> None:
        """End the child if it is idle."""
        with _LOCK:
            child = _roused(self)
        if child:
            child.end()


def _roused(pages: GuardedPages) -> DrawingChild | None:
    """Return the idle child of some pages, which is no longer idle; None if there is none. `_LOCK` is held."""
    child, rest = _RESTING.pop(pages, (None, None))
    if rest:
        rest.cancel()
    return child


def _named(pages: Sequence[int]) -> tuple[str, str]:
    """Return the name of some pages in English and in Indonesian."""
    numbers = "-".join(map(str, sorted({pages[0], pages[-1]})))
    return f"page{'s' if len(pages) > 1 else ''} {numbers}", f"halaman {numbers}"


def _refusal(pages: Sequence[int], cause: str, seconds: float, memory: int) -> tuple[str, str]:
    """Return the error of pages that cannot be drawn, in English and in Indonesian."""
    page_en, page_id = _named(pages)
    size = f"{memory / 1_000_000:.0f} MB"
    limits = {
        TOO_LATE: (f"took longer than {seconds:g} s to draw", f"perlu lebih dari {seconds:g} detik untuk digambar"),
        TOO_LARGE: (f"took more than {size} of memory to draw", f"perlu lebih dari {size} memori untuk digambar"),
    }
    why_en, why_id = limits.get(cause, (f"drawing broke off ({cause})", f"penggambarannya terputus ({cause})"))
    return f"{page_en}: {why_en}; read the text instead", f"{page_id}: {why_id}; baca teksnya saja"
