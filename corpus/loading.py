"""One door for every kind of paper file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.assembling import assemble
from corpus.errors import PaperError
from corpus.findings import read_findings
from corpus.glossary import read_glossary
from corpus.paper import Paper
from corpus.pdf_file import is_pdf, read_pdf
from corpus.questions import read_questions
from corpus.text_file import read_text
from corpus.translation import read_translation

BUNDLED_PAPER = Path(__file__).parent / "data" / "paper.txt"
MAX_BYTES = 50_000_000


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
        )
    path = Path(path)
    data = _read(path, max_bytes)
    if is_pdf(data):
        manuscript = read_pdf(path, data)
    elif path.suffix.casefold() == ".pdf" and data:
        raise PaperError(f"{path}: named .pdf, but its content is no PDF; it starts with {data[:8]!r}")
    else:
        manuscript = read_text(path, data)
    return assemble(path.name, manuscript)


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise PaperError(f"{path}: a folder, not a file; give a paper's text file or PDF")
        if size > max_bytes:
            raise PaperError(f"{path}: {size:,} bytes, over the limit of {max_bytes:,}; raise it (max_bytes, --max-mb)")
        return path.read_bytes()
    except FileNotFoundError:
        raise PaperError(f"{path}: no such file") from None
    except OSError as error:
        raise PaperError(f"{path}: cannot be read: {error.strerror}") from None
