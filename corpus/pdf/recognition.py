"""Recognises the text in pictures of pages with Tesseract, an optional program of the system.

Of the programs that were compared (`benchmarks/RECOGNITION.md`), it makes the fewest mistakes in Indonesian, takes the
least time, and reports the place of each word. It receives the picture and returns the words through pipes, and writes
no files.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from corpus.pdf.recognised import Box, Word
from corpus.structure.cleaning import clean

if TYPE_CHECKING:
    from PIL.Image import Image

DPI: Final = 300
"""Dots per inch that Tesseract is made for."""

PAGE_SECONDS: Final = 60.0
"""Seconds that one page may take. A full page takes one or two on an idle machine."""

INSTALL: Final = "apt-get install tesseract-ocr tesseract-ocr-ind (macOS: brew install tesseract tesseract-lang)"
"""How to install it."""

_PROGRAM: Final = "tesseract"
_LANGUAGES: Final = ("ind", "eng")
_ANSWERS_WITHIN = 10.0  # seconds, when it lists its languages
_WORD_LEVEL = "5"  # of rows in Tesseract's table; pages, blocks, paragraphs and lines have rows of other levels
_WIDE = 1.4  # times the usual distance of lines: more than within a paragraph
_LONG = 0.3  # of the page's width: shorter lines do not show how the page is turned
_LEAST_SURE = 40.0  # percent confidence, on average over a line: text found in photos and stamps has less


def is_installed() -> bool:
    """Return whether Tesseract is installed with both languages."""
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(
            [_PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=_ANSWERS_WITHIN, check=True
        )
        return set(_LANGUAGES) <= set(f"{done.stdout}\n{done.stderr}".split())
    return False


class RecognisedLine(NamedTuple):
    """The words of a line. ``gap``: there is more room above it than between two lines of one paragraph."""

    words: tuple[Word, ...]
    gap: bool


def recognise(image: Image, *, seconds: float = PAGE_SECONDS) -> list[RecognisedLine] | None:
    """Return the lines of words in a picture of a page, in reading order. The picture has `DPI` dots per inch.

    Lines of low confidence, as in photos and stamps, are left out. Returns None where Tesseract took longer than
    ``seconds``, or failed.
    """
    pixels = image.convert("L")
    picture = b"P5 %d %d 255\n" % pixels.size + pixels.tobytes()
    command = [_PROGRAM, "stdin", "stdout", "-l", "+".join(_LANGUAGES), "--dpi", str(DPI), "--psm", "3"]
    try:
        done = subprocess.run(
            [*command, "-c", "tessedit_create_tsv=1"],
            input=picture,
            capture_output=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},  # more threads mostly wait for each other
            timeout=seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return list(_lines(done.stdout.decode("utf-8", "replace"), *pixels.size))


def _lines(table: str, width: int, height: int) -> Iterator[RecognisedLine]:
    """Yield the lines in Tesseract's table (TSV), whose places are in pixels of a picture of this size.

    Gaps are found from the distances of the lines: Tesseract often makes a short last line a paragraph of its own.
    """
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row.get("level") == _WORD_LEVEL and clean(row.get("text") or "").strip())
    lines: list[tuple[Word, ...]] = []
    for _, line in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        found = list(line)
        if sum(float(row["conf"]) for row in found) >= _LEAST_SURE * len(found):
            lines.append(tuple(_word(row, width, height) for row in found))
    middles = _middles(lines)
    steps = [0.0, *(below - above for above, below in pairwise(middles))]
    usual = median([step for step in steps if step > 0] or [1.0])
    for of_line, step in zip(lines, steps, strict=False):
        yield RecognisedLine(of_line, gap=step > _WIDE * usual)


def _middles(lines: Sequence[Sequence[Word]]) -> list[float]:
    """Return the height of each line's middle at the page's left edge: scanned pages are often slightly turned."""

    def middle(word: Word) -> float:
        return word.box.top + word.box.height / 2

    slopes = [
        (middle(line[-1]) - middle(line[0])) / (line[-1].box.left - line[0].box.left)
        for line in lines
        if line[-1].box.left - line[0].box.left > _LONG
    ]
    slope = median(slopes) if slopes else 0.0
    return [median(middle(word) - slope * word.box.left for word in line) for line in lines]


def _word(row: dict[str, str], width: int, height: int) -> Word:
    left, top, wide, high = (float(row[name]) for name in ("left", "top", "width", "height"))
    box = Box(left / width, top / height, wide / width, high / height)
    return Word("".join(clean(row["text"]).split()), Box(*(round(share, 5) for share in box)))
