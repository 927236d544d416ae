"""PDFs: their text as lines in reading order, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from dataclasses import replace

from corpus.errors import PaperError
from corpus.formats.file import File
from corpus.paper import UNKNOWN
from corpus.pdf.metadata import read_metadata
from corpus.pdf.pdfium import PDFIUM
from corpus.pdf.recognised import RecognisedPage
from corpus.pdf.recognition import INSTALL, is_installed
from corpus.pdf.scans import Progress, is_scan, recognised_pages
from corpus.structure.cleaning import clean, undo_hyphenation, without_running_heads
from corpus.structure.manuscript import Line, Manuscript

_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024  # bytes: readers accept some rubbish before a PDF's header
_CROSS_REFERENCE = b"startxref"  # every PDF has it near its end
_END = b"%%EOF"
_ENCRYPTED = b"/Encrypt"
_OBJECT = re.compile(rb"\d+ \d+ obj\b")
_BOLD = re.compile(r"bold|black|heavy|semib|demi|medi\b|cmbx|cmssbx", re.IGNORECASE)
_LARGER = 1.07  # times the size of the running text
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # Thai to Chinese
_NAMES = re.compile(r"(?<=[a-z])(?=[A-Z])")  # between the words of a name in a program
_LONGEST_WORD = 35  # letters; only chemicals and jokes have longer names
_FEW_LETTERS = 6  # different ones: a longer word made of so few is a row of crosses
_MOST_UNKNOWN = 0.2  # share of the characters
_MOST_RUN_ON = 0.05  # share of the letters in words that are too long
_MOST_LONE = 0.5  # share of the words that are one letter


def is_pdf(data: bytes) -> bool:
    """Return whether a file's bytes are a PDF's; a text that only mentions a PDF's header is not."""
    head = data[:_HEADER_WITHIN].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(_HEADER) or (_HEADER in head and _CROSS_REFERENCE in data)


def read_pdf(file: File) -> Manuscript:
    """Read a PDF. Text in pages that are pictures is recognised, if Tesseract is installed (`corpus.pdf.scans`).

    Raises PaperError where the PDF is damaged or encrypted, has no text, or has a text that is not the words on its
    pages.
    """
    name, data = file.name, file.data
    at = data.rfind(_END)
    if at < 0 or _OBJECT.search(data, at):  # a PDF made for the web has another end mark near its start
        raise PaperError(
            f"{name}: the PDF is cut short (its end mark is missing); copy or download it again",
            indonesian=f"{name}: PDF ini terpotong (tanda akhirnya tidak ada); salin atau unduh lagi berkasnya",
        )
    pages, scans = _pages(name, data)
    recognised = _recognise(data, pages, scans, file.progress) if scans else ()
    lines = [line for page in pages for line in page]
    if not lines:
        raise _no_text(name, len(pages), scans)
    numbers = {page.number for page in recognised}
    _check_words(name, [line for line in lines if line.page not in numbers])
    lines = undo_hyphenation(_mark_strong(without_running_heads(lines)))
    return Manuscript(tuple(lines), len(pages), dense=True, metadata=read_metadata(data), recognised=recognised)


def _recognise(
    data: bytes, pages: list[list[Line]], scans: list[int], progress: Progress | None
) -> tuple[RecognisedPage, ...]:
    """Replace the lines of scanned pages by those that are recognised, and return the pages that were replaced.

    A page keeps its own text where that is longer than what is recognised.
    """
    if not is_installed():
        return ()
    done = []
    for page, lines in recognised_pages(data, scans, progress=progress):
        if _length(lines) > _length(pages[page.number - 1]):
            pages[page.number - 1] = lines
            done.append(page)
    return tuple(done)


def _length(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _no_text(name: str, page_count: int, scans: list[int]) -> PaperError:
    where = "page 1" if page_count == 1 else f"pages 1-{page_count}"
    halaman = f"halaman {where.split()[1]}"
    if scans and is_installed():
        return PaperError(
            f"{name}: no text on {where}, and none could be recognised in the pictures there; scan it anew, sharper",
            indonesian=f"{name}: tidak ada teks di {halaman}, dan tidak ada yang dapat dikenali dalam gambarnya; "
            "pindai ulang dengan lebih tajam",
        )
    return PaperError(
        f"{name}: no text on {where}; it looks like a scan: run text recognition (OCR) on it first, "
        f"or install it here: {INSTALL}",
        indonesian=f"{name}: tidak ada teks di {halaman}; tampaknya ini hasil pindaian: "
        f"jalankan dulu pengenalan teks (OCR), atau pasang di sini: {INSTALL}",
    )


def _pages(name: str, data: bytes) -> tuple[list[list[Line]], list[int]]:
    """Return the lines of each page, and the numbers of the pages that are pictures."""
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    from corpus.pdf.rows import page_rows

    pages: list[list[Line]] = []
    scans, number = [], 0
    try:
        with PDFIUM, closing(pypdfium2.PdfDocument(data)) as document:
            for number in range(1, len(document) + 1):
                with closing(document[number - 1]) as page, closing(page.get_textpage()) as text_page:
                    rows = page_rows(text_page)
                    if is_scan(page, rows):
                        scans.append(number)
                texts = ((row, " ".join(clean(row.text).split())) for row in rows)
                pages.append([Line(number, words, gap=row.wide, style=row.style) for row, words in texts if words])
            return pages, scans
    except pypdfium2.PdfiumError as error:
        # For a file without pages, PDFium gives the reason why the file before it could not be opened.
        if not number and error.err_code == FPDF_ERR_PASSWORD and _ENCRYPTED in data:
            raise PaperError(
                f"{name}: the PDF is encrypted; save a copy without a password and give that",
                indonesian=f"{name}: PDF ini terenkripsi; simpan salinannya tanpa kata sandi, lalu berikan salinan itu",
            ) from None
        english, indonesian = (
            (f"page {number} of the PDF is damaged", f"halaman {number} PDF ini rusak")
            if number
            else ("the PDF is damaged, or has no pages", "PDF ini rusak, atau tidak memiliki halaman")
        )
        raise PaperError(
            f"{name}: {english}; download it again, or print it to a new PDF",
            indonesian=f"{name}: {indonesian}; unduh lagi berkasnya, atau cetak ulang menjadi PDF baru",
        ) from None


def _check_words(name: str, lines: list[Line]) -> None:
    """Raise PaperError where the text of a PDF cannot be the words on its pages."""
    text = "\n".join(line.text for line in lines)
    if not text:
        return
    words = [word for word in _WORD.findall(text) if word.isascii() or not _UNSPACED.search(word)]
    letters = sum(map(len, words)) or 1
    # A word is several that have lost their spaces if it is longer than any, and not just a row of the same letters.
    parts = (part for word in words for part in _NAMES.split(word))
    run_on = sum(len(part) for part in parts if len(part) > _LONGEST_WORD and len(set(part)) > _FEW_LETTERS)
    for share, most, english, indonesian in (
        (
            text.count(UNKNOWN) / len("".join(text.split())),
            _MOST_UNKNOWN,
            "of its characters are in fonts that do not say which they are",
            "hurufnya memakai fon yang tidak menyebutkan huruf apa itu",
        ),
        (
            run_on / letters,
            _MOST_RUN_ON,
            "of its letters are in words without spaces between them",
            "hurufnya berada dalam kata-kata yang tidak dipisahkan spasi",
        ),
        (
            sum(len(word) == 1 for word in words) / (len(words) or 1),
            _MOST_LONE,
            "of its words are single letters",
            "katanya hanya berupa satu huruf",
        ),
    ):
        if share > most:
            raise PaperError(
                f"{name}: {share:.0%} {english}, so nothing in it can be quoted word for word; "
                "run text recognition (OCR) on it first, or give its text",
                indonesian=f"{name}: {share:.0%} {indonesian}, jadi isinya tidak dapat dikutip kata demi kata; "
                "jalankan dulu pengenalan teks (OCR), atau berikan teksnya",
            )


def _mark_strong(lines: list[Line]) -> list[Line]:
    """Mark the lines that are in bolder or larger type than most of the text."""
    weights = Counter(line.style for line in lines if line.style for _ in line.text)  # recognised text has no style
    body = weights.most_common(1)[0][0] if weights else ""
    bold, size = _look(body)
    stronger = {style for style in weights if _look(style)[1] > _LARGER * size or (_look(style)[0] and not bold)}
    return [replace(line, strong=line.style in stronger) for line in lines]


def _look(style: str) -> tuple[bool, float]:
    """Return whether a style is bold, and its size in points."""
    name, _, size = style.rpartition(" ")
    return _BOLD.search(name) is not None, float(size or 0)
