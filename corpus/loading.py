"""Reads papers: the bundled one, or any file of a known format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath

from corpus.annotations import read_annotations
from corpus.errors import PaperError
from corpus.formats.file import MAX_BYTES, File, read_bytes, too_large
from corpus.formats.registry import format_of
from corpus.glossary import with_own_terms
from corpus.paper import Paper
from corpus.pdf.scans import Progress
from corpus.printing import one_line
from corpus.structure.assembling import assemble

BUNDLED_PAPER = Path(__file__).parent / "data" / "paper.txt"


def load_paper(path: str | Path | None = None, *, max_bytes: int = MAX_BYTES) -> Paper:
    """Read a paper from a file; without a ``path``, the bundled paper with its annotations.

    The format is recognised by the file's content or its name (`corpus.formats.registry`). Raises PaperError where the
    file cannot be read as a paper, or has more than ``max_bytes`` bytes.
    """
    if path is None:
        paper = load_paper(BUNDLED_PAPER, max_bytes=max_bytes)
        return replace(paper, annotations=read_annotations(BUNDLED_PAPER.parent, paper))
    path = Path(path)
    return read_paper(str(path), read_bytes(path, max_bytes), max_bytes=max_bytes)


def read_paper(name: str, data: bytes, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Paper:
    """Read a paper from a file's bytes, as `load_paper` does: an uploaded file has no path.

    ``name`` is the file's name, as the user knows it. ``progress`` is called before each page whose text is recognised
    (`corpus.pdf.scans.Progress`), which takes a second or more. Raises PaperError.
    """
    if len(data) > max_bytes:
        raise too_large(
            name,
            len(data),
            max_bytes,
            remedy="give a smaller file, such as only the pages needed",
            indonesian="berikan berkas yang lebih kecil, misalnya hanya halaman yang diperlukan",
        )
    file = File(name, data, progress)
    manuscript = format_of(file).read(file)
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
