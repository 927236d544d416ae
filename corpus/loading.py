"""One door for every kind of paper file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from corpus import docx_file, epub_file, html_file, markdown_file
from corpus.assembling import assemble
from corpus.definitions import with_own_terms
from corpus.docx_file import is_docx, read_docx
from corpus.epub_file import is_epub, read_epub
from corpus.errors import PaperError
from corpus.findings import read_findings
from corpus.glossary import read_glossary
from corpus.html_file import is_html, read_html
from corpus.layout import Manuscript
from corpus.markdown_file import is_markdown, read_markdown
from corpus.paper import Paper
from corpus.paths import read_whole
from corpus.pdf_file import is_pdf, read_pdf
from corpus.printing import one_line
from corpus.questions import read_questions
from corpus.text_file import read_text
from corpus.translation import read_translation
from corpus.zip_file import Parts, is_zip

if TYPE_CHECKING:
    from corpus.scans import Progress

BUNDLED_PAPER = Path(__file__).parent / "data" / "paper.txt"
BUNDLED_DOI = "10.23969/transborders.v5i1.4733"
MAX_BYTES = 50_000_000

SUFFIXES = (
    ".pdf",
    ".txt",
    *docx_file.SUFFIXES,
    *epub_file.SUFFIXES,
    *html_file.SUFFIXES,
    *markdown_file.SUFFIXES,
)
"""How papers' files are named, by which they are found in folders; one that is named itself may be called anything."""

_BINARY = {".pdf": "PDF", ".docx": "DOCX", ".epub": "EPUB"}  # a text that is named so is a mistake
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and today's files with a password


def load_paper(path: str | Path | None = None, *, max_bytes: int = MAX_BYTES) -> Paper:
    """Read a paper from a PDF, DOCX, EPUB, HTML, Markdown or text file; None reads the bundled paper.

    They are told apart by content, and Markdown, HTML without a beginning and text by how the file is named.

    The bundled paper comes with a translation, a glossary, findings and known questions; any other comes without.

    Raises PaperError where the file cannot be read as a paper or has more than ``max_bytes`` bytes.
    """
    if path is None:
        paper, folder = load_paper(BUNDLED_PAPER, max_bytes=max_bytes), BUNDLED_PAPER.parent
        return replace(
            paper,
            translations=read_translation(folder / "translation.jsonl", paper),
            glossary=read_glossary(folder / "glossary.toml", paper),
            findings=read_findings(folder / "findings.toml", paper),
            questions=read_questions(folder / "questions.jsonl", paper),
            doi=BUNDLED_DOI,
        )
    path = Path(path)
    return read_paper(str(path), read_bytes(path, max_bytes), max_bytes=max_bytes)


def read_paper(name: str, data: bytes, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Paper:
    """Read a paper from a file's bytes, as `load_paper` does; for what is uploaded, and has no path to be told.

    ``name`` is the file's, as the user knows it; ``progress`` hears of pages whose text is recognised, which takes a
    second or more for each (`corpus.scans.Progress`). Raises PaperError.
    """
    if len(data) > max_bytes:
        raise _too_large(
            name,
            len(data),
            max_bytes,
            remedy="give a smaller file, such as only the pages needed",
            indonesian="berikan berkas yang lebih kecil, misalnya hanya halaman yang diperlukan",
        )
    manuscript = _manuscript(name, data, progress)
    if not manuscript.lines:
        raise PaperError(
            f"{name}: nothing in it but page numbers and running heads; give a paper with text",
            indonesian=f"{name}: isinya hanya nomor halaman dan kepala halaman; berikan makalah yang berisi teks",
        )
    return with_own_terms(assemble(one_line(PurePath(name).name), manuscript))


def _manuscript(name: str, data: bytes, progress: Progress | None) -> Manuscript:
    suffix = PurePath(name).suffix.casefold()
    if is_pdf(data):
        return read_pdf(name, data, progress)
    if is_zip(data):
        return _read_zipped(name, data)
    if data.startswith(_OLD_OFFICE):
        raise PaperError(
            f"{name}: an old file of Word's (.doc), or one with a password; save it as DOCX or PDF, without a password",
            indonesian=f"{name}: berkas Word lama (.doc), atau yang berkata sandi; "
            "simpan sebagai DOCX atau PDF, tanpa kata sandi",
        )
    if suffix in _BINARY and data:
        kind, begins = _BINARY[suffix], data[:8].decode("ascii", "backslashreplace")
        raise PaperError(
            f"{name}: named {suffix}, but its content is no {kind}; it starts with “{begins}”",
            indonesian=f"{name}: namanya berakhiran {suffix}, tetapi isinya bukan {kind}; isinya diawali “{begins}”",
        )
    if is_html(name, data):
        return read_html(name, data)
    return read_markdown(name, data) if is_markdown(name) else read_text(name, data)


def _read_zipped(name: str, data: bytes) -> Manuscript:
    parts = Parts(name, data)
    if is_docx(parts):
        return read_docx(parts, data)
    if is_epub(parts):
        return read_epub(parts)
    raise PaperError(
        f"{name}: a zip file that is neither DOCX nor EPUB; give a PDF, or the files in it one by one",
        indonesian=f"{name}: berkas zip yang bukan DOCX atau EPUB; berikan PDF, atau isinya satu per satu",
    )


def check_searchable(paper: Paper) -> None:
    """Raise PaperError for a paper without a sentence to search."""
    if not paper.passages:
        raise PaperError(
            f"{paper.name}: nothing in it can be searched, only headings; give a paper with text",
            indonesian=f"{paper.name}: tidak ada yang dapat dicari di dalamnya, hanya judul-judul bagian; "
            "berikan makalah yang berisi teks",
        )


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return a paper file's bytes. Raises PaperError where it cannot be read or has more than ``max_bytes``."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise PaperError(
                f"{path}: a folder, not a file; give a paper's file",
                indonesian=f"{path}: ini folder, bukan berkas; berikan berkas sebuah makalah",
            )
        if size > max_bytes:
            raise _too_large(
                str(path),
                size,
                max_bytes,
                remedy="raise it (max_bytes, --max-mb)",
                indonesian="naikkan batasnya (max_bytes, --max-mb)",
            )
        return read_whole(path, max_bytes)  # what has no size beforehand, such as a pipe, may still be too large
    except FileNotFoundError:
        raise PaperError(f"{path}: no such file", indonesian=f"{path}: berkas ini tidak ditemukan") from None
    except OSError as error:
        raise PaperError(
            f"{path}: cannot be read: {error.strerror}",
            indonesian=f"{path}: tidak dapat dibaca: {error.strerror}",
        ) from None


def _too_large(name: str, size: int, limit: int, *, remedy: str, indonesian: str) -> PaperError:
    told = f"{name}: {_pointed(size)} byte, melebihi batas {_pointed(limit)}; {indonesian}"
    return PaperError(f"{name}: {size:,} bytes, over the limit of {limit:,}; {remedy}", indonesian=told)


def _pointed(number: int) -> str:
    """Return a number as Indonesian writes it: 50.000.000."""
    return f"{number:,}".replace(",", ".")
