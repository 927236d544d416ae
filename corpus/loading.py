"""One door for every kind of paper file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath

from corpus.assembling import assemble
from corpus.definitions import with_own_terms
from corpus.errors import PaperError
from corpus.findings import read_findings
from corpus.glossary import read_glossary
from corpus.paper import Paper
from corpus.pdf_file import is_pdf, read_pdf
from corpus.printing import one_line
from corpus.questions import read_questions
from corpus.text_file import read_text
from corpus.translation import read_translation

BUNDLED_PAPER = Path(__file__).parent / "data" / "paper.txt"
BUNDLED_DOI = "10.23969/transborders.v5i1.4733"
MAX_BYTES = 50_000_000
_PART = 1_000_000  # bytes that are read at a time


def load_paper(path: str | Path | None = None, *, max_bytes: int = MAX_BYTES) -> Paper:
    """Read a paper from a text file (UTF-8) or a PDF, told apart by content; None reads the bundled paper.

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


def read_paper(name: str, data: bytes, *, max_bytes: int = MAX_BYTES) -> Paper:
    """Read a paper from a file's bytes, as `load_paper` does; for what is uploaded, and has no path to be told.

    ``name`` is the file's, as the user knows it. Raises PaperError.
    """
    if len(data) > max_bytes:
        raise _too_large(
            name,
            len(data),
            max_bytes,
            remedy="give a smaller file, such as only the pages needed",
            indonesian="berikan berkas yang lebih kecil, misalnya hanya halaman yang diperlukan",
        )
    if is_pdf(data):
        manuscript = read_pdf(name, data)
    elif PurePath(name).suffix.casefold() == ".pdf" and data:
        raise PaperError(
            f"{name}: named .pdf, but its content is no PDF; it starts with {data[:8]!r}",
            indonesian=f"{name}: namanya berakhiran .pdf, tetapi isinya bukan PDF; isinya diawali {data[:8]!r}",
        )
    else:
        manuscript = read_text(name, data)
    if not manuscript.lines:
        raise PaperError(
            f"{name}: nothing in it but page numbers and running heads; give a paper with text",
            indonesian=f"{name}: isinya hanya nomor halaman dan kepala halaman; berikan makalah yang berisi teks",
        )
    return with_own_terms(assemble(one_line(PurePath(name).name), manuscript))


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
                f"{path}: a folder, not a file; give a paper's text file or PDF",
                indonesian=f"{path}: ini folder, bukan berkas; berikan berkas teks atau PDF sebuah makalah",
            )
        if size > max_bytes:
            raise _too_large(
                str(path),
                size,
                max_bytes,
                remedy="raise it (max_bytes, --max-mb)",
                indonesian="naikkan batasnya (max_bytes, --max-mb)",
            )
        data = bytearray()
        with path.open("rb") as file:  # of what has no size beforehand, a pipe, little more than shows the excess
            while len(data) <= max_bytes and (part := file.read(_PART)):
                data += part
        return bytes(data)
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
