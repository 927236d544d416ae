"""PDFs, through pypdf: lines in its reading order, without what belongs to the page and not to the text."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from typing import TYPE_CHECKING

from corpus.errors import PaperError
from corpus.hyphens import undo_hyphenation
from corpus.layout import Line, Manuscript
from corpus.metadata import Metadata, read_metadata
from corpus.pdf_styles import mark_strong, styled_lines
from corpus.running_heads import without_running_heads

if TYPE_CHECKING:
    from pypdf import PdfReader

_HEADER_WITHIN = 1024  # bytes: readers accept some rubbish before a PDF's header, and after its end mark
_END_WITHIN = 4096
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_PLAIN = str.maketrans(_LIGATURES | {"\u2010": "-", "\u2011": "-", "\u200b": "", "\u2060": "", "\ufeff": ""})
_OBJECT = re.compile(r"IndirectObject\((\d+), \d+, \d+\)")  # the last number is where it lies in memory
_LONGEST_REASON = 200  # characters
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def is_pdf(data: bytes) -> bool:
    """Tell whether a file's bytes are a PDF's."""
    return b"%PDF-" in data[:_HEADER_WITHIN]


def read_pdf(name: str, data: bytes) -> Manuscript:
    """Read a PDF's bytes.

    Raises PaperError where it is damaged, locked, or holds no text.
    """
    pages, metadata = _pages(name, data)
    if not pages:
        raise PaperError(f"{name}: the PDF has no pages", indonesian=f"{name}: PDF ini tidak memiliki halaman")
    lines = [
        Line(number, words, style=style)
        for number, page in enumerate(pages, 1)
        for text, style in page
        if (words := " ".join(clean(text).split()))
    ]
    if not lines:
        where = "page 1" if len(pages) == 1 else f"pages 1-{len(pages)}"
        raise PaperError(
            f"{name}: no text on {where}; it looks like a scan: run text recognition (OCR) on it first",
            indonesian=f"{name}: tidak ada teks di halaman {where.split()[1]}; tampaknya ini hasil pindaian: "
            "jalankan dulu pengenalan teks (OCR)",
        )
    lines = undo_hyphenation(mark_strong(without_running_heads(lines)))
    return Manuscript(tuple(lines), len(pages), dense=True, metadata=metadata)


def clean(text: str) -> str:
    """Part ligatures, make hyphens plain, compose accents, and drop characters that show nothing."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.translate(_PLAIN)))


def _pages(name: str, data: bytes) -> tuple[list[list[tuple[str, str]]], Metadata]:
    """Return the lines of each page with their styles, and what the file tells of itself."""
    # pypdf logs every oddity it steps over: kept from stderr, but not from a program that has set up logging.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    from pypdf import PdfReader

    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise PaperError(
            f"{name}: the PDF is cut short (its end mark is missing); copy or download it again",
            indonesian=f"{name}: PDF ini terpotong (tanda akhirnya tidak ada); salin atau unduh lagi berkasnya",
        )
    try:
        reader = PdfReader(io.BytesIO(data))
        _unlock(name, reader)
        return [list(styled_lines(page)) for page in reader.pages], read_metadata(reader)
    except (PaperError, MemoryError):
        raise
    except Exception as error:  # damaged files make pypdf fail in dozens of ways
        reason = _reason(error)
        raise PaperError(
            f"{name}: the PDF is damaged and cannot be read: {reason}",
            indonesian=f"{name}: PDF ini rusak dan tidak dapat dibaca: {reason}",
        ) from None


def _reason(error: Exception) -> str:
    """Return what pypdf says is wrong, as far as it is of use: no addresses of memory, and no pages of it."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    reason = " ".join(_OBJECT.sub(r"object \1", str(error)).split()) or type(error).__name__
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[: _LONGEST_REASON - 1]}…"


def _unlock(name: str, reader: PdfReader) -> None:
    """Open a PDF that asks for no password but is encrypted all the same."""
    from pypdf.errors import DependencyError

    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except DependencyError:
        opened = False
    if not opened:
        raise PaperError(
            f"{name}: the PDF is encrypted; save a copy without a password and give that",
            indonesian=f"{name}: PDF ini terenkripsi; simpan salinannya tanpa kata sandi, lalu berikan salinan itu",
        )
