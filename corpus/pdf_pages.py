"""A PDF's pages as pictures, through PDFium, and where on them the words of a quote stand.

A box around the wrong words is worse than none. So a quote is boxed only where its letters and digits, all of them and
in their order, stand once on its pages. What readers of PDFs alter (spaces, hyphens, punctuation, ligatures, accents)
is left out of the comparison on both sides.
"""

from __future__ import annotations

import io
import math
import unicodedata
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from ctypes import c_int
from functools import cache, lru_cache, partial
from itertools import chain, takewhile
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus.errors import PaperError
from corpus.pdf_rows import page_rows
from corpus.pdfium import PDFIUM, pdfium_reason

_TEXTS = 64  # pages whose text is kept
_LONGEST = 4000  # pixels of a picture's longer side, however odd the page
_COLOURS = 4096  # of a picture: text and drawings have some hundreds, photos have more
_MOST_CHARS = 100_000  # of a page that is searched for quotes: a full one has 10,000, and a million take a minute
_EDGE = 400  # letters, at most, of running heads, feet and page numbers at a page's start or end
_LEAST = 4  # letters of a quote on each of its two pages
_UNITS = 100  # to a point, for places are whole numbers
_OVERLAP = 0.5  # of the lower of two boxes, at least, on one line
_BACK, _GAP = 1.0, 3.0  # times a line's height, at most, from its end back or on to its next character
_PAD = 0.08  # of a line's height


class Box(NamedTuple):
    """A part of a page as it is shown: shares of its width and height, counted from the left and the top."""

    left: float
    top: float
    width: float
    height: float


class Picture(NamedTuple):
    """A page as a WebP picture, and its width and height as it is shown, in points."""

    webp: bytes
    width: float
    height: float


class PdfPages:
    """A PDF's pages, for use by any number of threads. Their numbers count from 1."""

    def __init__(self, data: bytes) -> None:
        try:
            with PDFIUM:
                document = pypdfium2.PdfDocument(data)
                self._count = len(document)
        except pypdfium2.PdfiumError as error:
            raise PaperError(
                f"the PDF's pages cannot be shown: {pdfium_reason(error)}",
                indonesian=f"halaman PDF ini tidak dapat ditampilkan: {pdfium_reason(error)}",
            ) from None
        self._document = document
        self._text = lru_cache(_TEXTS)(partial(_read, document))
        self._close = weakref.finalize(self, _close, document)  # or else pypdfium2 would close it without the lock

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Let go of the PDF. Closing it twice does no harm."""
        self._close()

    def picture(self, number: int, *, width: int = 1000) -> Picture:
        """Return a page as a picture ``width`` pixels wide; less if it would be too high.

        A page of text is without loss: as sharp as in PNG, in a quarter of the bytes. A page with photos is not, for
        it would be ten times as large.

        Raises PaperError where there is no such page, or it is damaged.
        """
        self._check(number)
        return _draw(self._document, number, width)

    def boxes(self, quote: str, pages: Sequence[int]) -> dict[int, tuple[Box, ...]]:
        """Return where a quote's words stand on pages, by number: those in a row that the quote starts and ends on.

        A line has one box, a row of a table one for each cell. {} if the place is not certain: nothing tells which
        one is meant if the words stand there twice, and they may not be found at all: in a scan, on a damaged page, in
        a type that does not say what its letters are, or where running heads part them into more than two.

        Raises PaperError where there is no such page.
        """
        for number in pages:
            self._check(number)
        try:
            spans = _spans(quote, [self._text(number) for number in pages])
            boxes = {pages[i]: _boxes(self._document, pages[i], chars) for i, chars in spans}
        except _DamagedError:
            return {}
        return {number: lines for number, lines in boxes.items() if lines}

    def _check(self, number: int) -> None:
        if not 1 <= number <= self._count:
            raise PaperError(
                f"page {number}: no such page; the PDF's last page is {self._count}",
                indonesian=f"halaman {number}: tidak ada; halaman terakhir PDF ini adalah {self._count}",
            )


class _DamagedError(PaperError):
    """A page that PDFium cannot read."""


class _Text(NamedTuple):
    """A page's characters with their numbers in PDFium, and its letters and digits with the characters they are of.

    They are those of the paper's text, in the same order: see `corpus.pdf_rows`.
    """

    chars: str
    numbers: tuple[tuple[int, ...], ...]
    letters: str
    origins: tuple[int, ...]

    def parts_words(self, at: int) -> bool:
        """Tell whether something stands between a letter and the one before it, if only a space."""
        if at in (0, len(self.origins)):
            return True
        before, after = self.origins[at - 1 : at + 1]
        return after - before > 1


class _Edges(NamedTuple):
    """A box by its edges, in units."""

    left: float
    top: float
    right: float
    bottom: float

    def turned(self, quarters: int) -> _Edges:
        """Return the box after so many quarter turns, against the clock, of what it lies on."""
        left, top, right, bottom = self
        for _ in range(quarters % 4):
            left, top, right, bottom = top, -right, bottom, -left
        return _Edges(left, top, right, bottom)

    def joined(self, other: _Edges) -> _Edges:
        """Return the box around both."""
        return _Edges(*map(min, self[:2], other[:2]), *map(max, self[2:], other[2:]))

    def goes_on(self, char: _Edges) -> bool:
        """Tell whether a character stands on this line, next to its end."""
        height = self.bottom - self.top
        shared = min(self.bottom, char.bottom) - max(self.top, char.top)
        level = shared >= _OVERLAP * min(height, char.bottom - char.top)
        return level and -_BACK * height <= char.left - self.right <= _GAP * height


def _close(document: Any) -> None:
    with PDFIUM:
        document.close()


@contextmanager
def _opened(document: Any, number: int) -> Iterator[Any]:
    with PDFIUM:
        if not document.raw:
            raise PaperError("the PDF is closed; open it again", indonesian="PDF ini sudah ditutup; buka lagi")
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


def _draw(document: Any, number: int, width: int) -> Picture:
    with _opened(document, number) as page:
        wide, high = _size(page)
        scale = min((width - 0.5) / wide, _LONGEST / max(wide, high))  # half a pixel less, for it is rounded up
        with closing(page.render(scale=scale)) as bitmap:
            image = bitmap.to_pil()
    out = io.BytesIO()
    if image.getcolors(_COLOURS):
        image.save(out, "WEBP", lossless=True)
    else:
        image.save(out, "WEBP", quality=80, method=2)
    return Picture(out.getvalue(), wide, high)


def _read(document: Any, number: int) -> _Text:
    with _opened(document, number) as page, closing(page.get_textpage()) as text:
        count = text.count_chars()
        if count > _MOST_CHARS:
            raise _DamagedError(f"page {number}: {count} characters on one page")
        rows = page_rows(text)
    chars = "".join(f"{row.text}\n" for row in rows)
    numbers = [of_char for row in rows for of_char in (*row.numbers, ())]
    letters = [_letters_of(char) for char in chars]
    origins = [at for at, found in enumerate(letters) for _ in found]
    return _Text(chars, tuple(numbers), "".join(letters), tuple(origins))


def _letters(text: str) -> str:
    return "".join(map(_letters_of, text))


@cache
def _letters_of(char: str) -> str:
    """Return the letters and digits that a character stands for: two of a ligature, none of an accent or a mark."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", char)))


def _spans(quote: str, pages: list[_Text]) -> list[tuple[int, tuple[int, ...]]]:
    """Return which of the pages a quote stands on, each with the numbers of the quote's characters there."""
    letters = _letters(quote)
    places = _places(letters, "".join(page.letters for page in pages)) if letters else []
    if len(places) == 1:
        parts = _parts(places[0], len(letters), pages)
    elif letters and not places and len(pages) == 2:
        parts = _parted(letters, *pages)
    else:
        parts = []
    if not all(pages[i].parts_words(start) and pages[i].parts_words(end) for i, start, end in parts):
        return []  # the end of one word, or the start of another
    origins = [at for at, char in enumerate(quote) for _ in _letters_of(char)]
    spans = []
    done = 0
    for i, start, end in parts:
        chars, numbers = pages[i].chars, pages[i].numbers
        first, last = pages[i].origins[start], pages[i].origins[end - 1] + 1
        first -= _alike(quote[: origins[done]][::-1], chars[:first][::-1])
        done += end - start
        last += _alike(quote[origins[done - 1] + 1 :], chars[last:])
        spans.append((i, tuple(chain.from_iterable(numbers[first:last]))))
    return spans


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts share at their starts, before a space."""
    shared = takewhile(lambda pair: pair[0] == pair[1] and not pair[0].isspace(), zip(one, other, strict=False))
    return sum(1 for _ in shared)


def _places(part: str, whole: str) -> list[int]:
    """Return the first two places of a part in a whole, or as many as there are."""
    first = whole.find(part)
    second = whole.find(part, first + 1)
    return [place for place in (first, second) if place >= 0] if first >= 0 else []


def _parts(start: int, length: int, pages: list[_Text]) -> list[tuple[int, int, int]]:
    """Return which of the pages so many letters lie on, each with their start and end there."""
    parts = []
    for i, page in enumerate(pages):
        end = start + length
        if start < len(page.letters) and end > 0:
            parts.append((i, max(0, start), min(end, len(page.letters))))
        start -= len(page.letters)
    return parts


def _parted(letters: str, one: _Text, other: _Text) -> list[tuple[int, int, int]]:
    """Return where letters lie that end a page and go on at the next one's start, if they can in one way only.

    Heads, feet and numbers may stand between: they are of the page, and not of the text.
    """
    ways = []
    for cut in range(_LEAST, len(letters) - _LEAST + 1):
        starts, rests = _places(letters[:cut], one.letters), _places(letters[cut:], other.letters)
        if not starts:
            break
        if len(starts) > 1 or len(rests) != 1:
            continue
        end, rest = starts[0] + cut, rests[0]
        at_edges = end >= len(one.letters) - _EDGE and rest <= _EDGE
        if at_edges and one.parts_words(end) and other.parts_words(rest):
            ways.append([(0, starts[0], end), (1, rest, rest + len(letters) - cut)])
    return ways[0] if len(ways) == 1 else []


def _boxes(document: Any, number: int, chars: tuple[int, ...]) -> tuple[Box, ...]:
    """Return the boxes of the lines that some of a page's characters stand on."""
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
    """Yield characters' boxes, turned so that the text runs to the right, with by how many quarter turns."""
    text, rotation = page.get_textpage(), page.get_rotation()
    x, y = c_int(), c_int()
    for at in chars:
        if chr(pdfium.FPDFText_GetUnicode(text, at)).isspace():
            continue
        # Not the ink's box but the type's: as high as the type is large, and so even along a line.
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
