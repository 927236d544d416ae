"""Reads papers: the bundled one, or any file of a known format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from corpus.definitions import with_own_terms
from corpus.errors import PaperError
from corpus.findings import read_findings
from corpus.formats.file import MAX_BYTES, File, read_bytes, too_large
from corpus.formats.registry import read_manuscript
from corpus.glossary import read_glossary
from corpus.paper import Paper
from corpus.printing import one_line
from corpus.questions import read_questions
from corpus.structure.assembling import assemble
from corpus.translation import read_translation

if TYPE_CHECKING:
    from corpus.pdf.scans import Progress

BUNDLED_PAPER = Path(__file__).parent / "data" / "paper.txt"
BUNDLED_DOI = "10.23969/transborders.v5i1.4733"


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
    second or more for each (`corpus.pdf.scans.Progress`). Raises PaperError.
    """
    if len(data) > max_bytes:
        raise too_large(
            name,
            len(data),
            max_bytes,
            remedy="give a smaller file, such as only the pages needed",
            indonesian="berikan berkas yang lebih kecil, misalnya hanya halaman yang diperlukan",
        )
    manuscript = read_manuscript(File(name, data, progress))
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
