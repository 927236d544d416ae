"""Pages of a PDF that are pictures of text: finds them, and recognises their text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from corpus.pdf.pdfium import PDFIUM
from corpus.pdf.recognised import RecognisedPage
from corpus.pdf.recognition import DPI, PAGE_SECONDS, recognise
from corpus.structure.manuscript import Line

if TYPE_CHECKING:
    from corpus.pdf.rows import TextRow

ALL_PAGES_SECONDS: Final = 240.0
"""Seconds that recognition may take for all pages of a PDF, some two hundred. Later pages stay without text."""

Progress = Callable[[int, int], None]
"""Called before each page is recognised, with the number of pages done and the number of all."""

_FEW = 100  # letters, at most, in a stamp on a scan: an address, "downloaded from ..."
_COVERED = 0.6  # of the page, at least, is covered by the picture under such a stamp
_MOST_LOOKED_AT = 1000  # objects of a page
_LONGEST = 5000  # pixels of a picture's longer side


def is_scan(page: Any, rows: Sequence[TextRow]) -> bool:
    """Return whether a page (a ``pypdfium2.PdfPage``) is a picture, by its rows of text and its objects."""
    from pypdfium2 import PdfiumError
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    if sum(len(row.text) for row in rows) > _FEW:
        return False
    try:
        drawn = islice(page.get_objects(max_depth=3), _MOST_LOOKED_AT)
        if not rows:
            return any(True for _ in drawn)
        width, height = page.get_size()
        pictures = [item.get_bounds() for item in drawn if item.type == FPDF_PAGEOBJ_IMAGE]
    except PdfiumError:
        return False
    return any((right - left) * (top - bottom) > _COVERED * width * height for left, bottom, right, top in pictures)


def recognised_pages(
    data: bytes, numbers: Sequence[int], *, progress: Progress | None = None
) -> Iterator[tuple[RecognisedPage, list[Line]]]:
    """Yield, for pages of a PDF given by their numbers from 1, the words in their places and the lines of text.

    Left out are pages on which nothing is found, that cannot be drawn or take too long, and all after
    `ALL_PAGES_SECONDS`.
    """
    until = time.monotonic() + ALL_PAGES_SECONDS
    for nth, number in enumerate(numbers):
        left = until - time.monotonic()
        if left <= 0:
            return
        if progress:
            progress(nth, len(numbers))
        image = _drawn(data, number)
        found = recognise(image, seconds=min(PAGE_SECONDS, left)) if image else None
        if found:
            page = RecognisedPage(number, tuple(line.words for line in found))
            lines = [Line(number, " ".join(word.text for word in line.words), gap=line.gap) for line in found]
            yield page, lines


def _drawn(data: bytes, number: int) -> Any:
    """Return a page of a PDF as a picture in grey; None where it cannot be drawn."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PDFIUM, closing(PdfDocument(data)) as document, closing(document[number - 1]) as page:
            longer = max(page.get_size())
            scale = min(DPI / 72, _LONGEST / longer) if longer > 0 else 0
            with closing(page.render(scale=scale, grayscale=True)) as bitmap:
                return bitmap.to_pil().copy()
    except (PdfiumError, ValueError):
        return None
