"""A PDF's pages as pictures, drawn by PDFium, and the boxes of a quote on them.

A box around the wrong words is worse than none. So a quote is boxed only where `page.drawing.quote_places` is certain
of its place.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from ctypes import c_int
from functools import lru_cache, partial
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus.errors import PaperError
from corpus.pdf.pdfium import pdfium_reason
from corpus.pdf.recognised import Box
from corpus.pdf.rows import page_rows
from page.drawing.quote_places import PageText, find_quote

_TEXTS = 64  # pages whose text is cached
_LONGEST = 4000  # pixels of a picture's longer side, however odd the page
_COLOURS = 4096  # of a picture without photos: text and drawings have some hundreds
_MOST_CHARS = 100_000  # of a page that is searched: a full page has 10,000; a million would take a minute
_UNITS = 100  # for each point: PDFium returns places as whole numbers
_OVERLAP = 0.5  # the least vertical overlap of characters on one line, as a share of the lower one
_BACK, _GAP = 1.0, 3.0  # the most from a line's end back or on to its next character, in line heights
_PAD = 0.08  # the space around a line in its box, in line heights


class Picture(NamedTuple):
    """A page as a WebP picture, and its width and height as it is shown, in points."""

    webp: bytes
    width: float
    height: float


class PdfPages:
    """A PDF's pages, for one thread, that of `page.drawing.drawing_child`. Their numbers count from 1."""

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise PaperError(
                f"the PDF's pages cannot be shown: {pdfium_reason(error)}",
                indonesian=f"halaman PDF ini tidak dapat ditampilkan: {pdfium_reason(error)}",
            ) from None
        self._text = lru_cache(_TEXTS)(partial(_read, self._document))

    def picture(self, number: int, *, width: int = 1000) -> Picture:
        """Return a page as a picture ``width`` pixels wide, or narrower if it would be too high.

        A page of text is compressed without loss, to a quarter of the size of a PNG. A page with photos is compressed
        with loss, since it would be ten times as large otherwise.

        Raises PaperError if there is no such page, or it is damaged.
        """
        self._check(number)
        with _opened(self._document, number) as page:
            wide, high = _size(page)
            scale = min((width - 0.5) / wide, _LONGEST / max(wide, high))  # half a pixel less, since it is rounded up
            with closing(page.render(scale=scale)) as bitmap:
                image = bitmap.to_pil()
        out = io.BytesIO()
        if image.getcolors(_COLOURS):
            image.save(out, "WEBP", lossless=True)
        else:
            image.save(out, "WEBP", quality=80, method=2)
        return Picture(out.getvalue(), wide, high)

    def boxes(self, quote: str, pages: Sequence[int]) -> dict[int, tuple[Box, ...]]:
        """Return the boxes of a quote's words, by page number. ``pages`` are consecutive, from its first to its last.

        A line has one box, a row of a table one for each cell. The result is {} if the place is not certain. The words
        may be there twice. Or they are not found: in a scan, on a damaged page, in a font that does not say what its
        letters are, or if running heads split them into more than two parts.

        Raises PaperError if there is no such page.
        """
        for number in pages:
            self._check(number)
        try:
            spans = find_quote(quote, [self._text(number) for number in pages])
            boxes = {pages[i]: _boxes(self._document, pages[i], chars) for i, chars in spans}
        except _DamagedError:
            return {}
        return {number: lines for number, lines in boxes.items() if lines}

    def _check(self, number: int) -> None:
        count = len(self._document)
        if not 1 <= number <= count:
            raise PaperError(
                f"page {number}: no such page; the PDF's last page is {count}",
                indonesian=f"halaman {number}: tidak ada; halaman terakhir PDF ini adalah {count}",
            )


class _DamagedError(PaperError):
    """A page that PDFium cannot read."""


class _Edges(NamedTuple):
    """A box by its edges, in units."""

    left: float
    top: float
    right: float
    bottom: float

    def turned(self, quarters: int) -> _Edges:
        """Return the box after so many quarter turns of the page, counterclockwise."""
        left, top, right, bottom = self
        for _ in range(quarters % 4):
            left, top, right, bottom = top, -right, bottom, -left
        return _Edges(left, top, right, bottom)

    def joined(self, other: _Edges) -> _Edges:
        """Return the box around both."""
        return _Edges(*map(min, self[:2], other[:2]), *map(max, self[2:], other[2:]))

    def goes_on(self, char: _Edges) -> bool:
        """Return whether a character stands on this line, next to its end."""
        height = self.bottom - self.top
        shared = min(self.bottom, char.bottom) - max(self.top, char.top)
        level = shared >= _OVERLAP * min(height, char.bottom - char.top)
        return level and -_BACK * height <= char.left - self.right <= _GAP * height


@contextmanager
def _opened(document: Any, number: int) -> Iterator[Any]:
    try:
        with closing(document[number - 1]) as page:
            yield page
    except pypdfium2.PdfiumError as error:
        raise _DamagedError(
            f"page {number}: the PDF is damaged here: {pdfium_reason(error)}",
            indonesian=f"halaman {number}: PDF ini rusak di sini: {pdfium_reason(error)}",
        ) from None


def _size(page: Any) -> tuple[float, float]:
    width, height = page.get_size()
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise pypdfium2.PdfiumError(f"its size is {width} x {height}")
    return width, height


def _read(document: Any, number: int) -> PageText:
    with _opened(document, number) as page, closing(page.get_textpage()) as text:
        count = text.count_chars()
        if count > _MOST_CHARS:
            raise _DamagedError(f"page {number}: {count} characters on one page")
        rows = page_rows(text)
    chars = "".join(f"{row.text}\n" for row in rows)
    numbers = [of_char for row in rows for of_char in (*row.numbers, ())]
    return PageText.of(chars, numbers)


def _boxes(document: Any, number: int, chars: tuple[int, ...]) -> tuple[Box, ...]:
    """Return the boxes of some of a page's characters, one for each line."""
    with _opened(document, number) as page:
        size = tuple(round(_UNITS * side) for side in _size(page))
        turned = list(_turned(page, size, chars))
    lines: list[tuple[int, _Edges]] = []
    for turns, char in turned:
        if lines and lines[-1][0] == turns and lines[-1][1].goes_on(char):
            lines[-1] = turns, lines[-1][1].joined(char)
        else:
            lines.append((turns, char))
    boxes = (_box(line.turned(-turns), size, _PAD * (line.bottom - line.top)) for turns, line in lines)
    return tuple(box for box in boxes if box.width > 0 and box.height > 0)


def _turned(page: Any, size: tuple[int, ...], chars: tuple[int, ...]) -> Iterator[tuple[int, _Edges]]:
    """Yield the box of each character, turned so that the text runs to the right, after its number of quarter turns."""
    text, rotation = page.get_textpage(), page.get_rotation()
    x, y = c_int(), c_int()
    for at in chars:
        if chr(pdfium.FPDFText_GetUnicode(text, at)).isspace():
            continue
        # The box of the font, not of the ink: it has the same height all along a line.
        left, bottom, right, top = text.get_charbox(at, loose=True)
        corners = []
        for corner in ((left, top), (right, bottom)):
            pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *corner, x, y)
            corners.append((x.value, y.value))
        (left, right), (top, bottom) = map(sorted, zip(*corners, strict=True))
        if left < right and top < bottom:
            angle = math.degrees(pdfium.FPDFText_GetCharAngle(text, at))
            turns = round((angle + rotation) / 90) % 4
            yield turns, _Edges(left, top, right, bottom).turned(turns)


def _box(line: _Edges, size: tuple[int, ...], pad: float) -> Box:
    width, height = size
    left, right = (min(max(x, 0), width) / width for x in (line.left - pad, line.right + pad))
    top, bottom = (min(max(y, 0), height) / height for y in (line.top - pad, line.bottom + pad))
    return Box(left, top, right - left, bottom - top)
