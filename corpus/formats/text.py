"""Plain text files: their encoding, their pages, and what an empty line in them means."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.errors import PaperError
from corpus.formats.decoding import decode
from corpus.formats.file import File
from corpus.structure.cleaning import without_running_heads
from corpus.structure.labels import item_number
from corpus.structure.manuscript import ENDS, Line, Manuscript

_PAGE_START = re.compile(r" \S")
_LONG = 250  # characters; lines longer than any page is wide are whole paragraphs


def read_text(file: File) -> Manuscript:
    """Read a text file.

    Raises PaperError where it is neither UTF-8 nor UTF-16 with a byte order mark, or holds no text.
    """
    pages = _pages(decode_text(file))
    raw = [line for page in pages for line in page]
    double_spaced = _is_double_spaced(raw)
    unwrapped = max(map(len, raw)) > _LONG
    parted = unwrapped or (not double_spaced and not all(line.strip() for line in raw))
    lines: list[Line] = []
    ended = True
    for number, page in enumerate(pages, 1):
        # A page ends a paragraph only if a sentence ends there too, in a text whose paragraphs have gaps between them.
        gap = parted and bool(lines) and lines[-1].text.endswith(ENDS)
        blank = 0
        for line in page:
            if not line.strip():
                blank += 1
                continue
            words = " ".join(line.split())
            gap = gap or unwrapped or blank >= (2 if double_spaced else 1)
            goes_on = words[0].islower() and not item_number(words) and not (unwrapped and ended)
            gap = gap and not (blank == 0 and goes_on)
            # The next line follows a hyphen, which is kept, without a space ("negara-negara").
            glued = words.endswith("-")
            lines.append(Line(number, words, gap and bool(lines), line.endswith("  "), glued))
            gap, blank, ended = False, 0, words.endswith((*ENDS, ","))
    return Manuscript(tuple(without_running_heads(lines)), len(pages), dense=not parted)


def decode_text(file: File) -> str:
    """Return the text of a text file, its line ends all line feeds. Raises PaperError as `read_text` does."""
    name = file.name
    try:
        text = decode(file.data)
    except UnicodeDecodeError as error:
        byte, offset = f"{file.data[error.start]:#04x}", error.start
        raise PaperError(
            f"{name}: not {error.encoding} text: byte {byte} at offset {offset}; "
            "save the file as UTF-8 (or give the PDF)",
            indonesian=f"{name}: bukan teks {error.encoding}: byte {byte} pada posisi {offset}; "
            "simpan berkas ini sebagai UTF-8 (atau berikan PDF-nya)",
        ) from None
    if "\0" in text:
        offset = text.index("\0")
        raise PaperError(
            f"{name}: not a text file: zero byte after {offset} characters; save it as UTF-8 text",
            indonesian=f"{name}: bukan berkas teks: ada byte nol setelah {offset} karakter; simpan sebagai teks UTF-8",
        )
    if not text.strip():
        raise PaperError(
            f"{name}: the file is empty; a paper's text is needed",
            indonesian=f"{name}: berkas ini kosong; yang diperlukan adalah teks sebuah makalah",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _pages(text: str) -> list[list[str]]:
    if "\f" in text:
        pages = text.removesuffix("\f").split("\f")
        return [page.strip("\n").split("\n") for page in pages]
    lines = text.strip("\n").split("\n")
    starts = [0]
    # Where every other line is empty, the first line of a page has one space before it and no empty line above. In any
    # other text, which is one page, such a line is only indented.
    if _is_double_spaced(lines):
        starts += [i for i in range(1, len(lines)) if _PAGE_START.match(lines[i]) and lines[i - 1].strip()]
    return [lines[first:end] for first, end in pairwise([*starts, len(lines)])]


def _is_double_spaced(lines: list[str]) -> bool:
    """Return whether nearly every line is followed by an empty one, which then does not end a paragraph."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    if len(filled) < 10:
        return False
    spaced = sum(not lines[i - 1].strip() for i in filled[1:])
    running_on = sum(lines[i].strip()[0].islower() for i in filled)
    return spaced >= 0.8 * len(filled) and running_on >= 0.3 * len(filled)
