"""A paper as the page holds it: its text, what can be looked up in it, and the pictures of its pages."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from assistant import Catalogue
from corpus import MAX_BYTES, Paper, load_paper
from corpus.guarded import read_guarded
from corpus.pdf.lines import is_pdf
from page.drawing.guarded_pages import GuardedPages


class Document:
    """A paper with its catalogue and, where it is a PDF, its pages to look at."""

    def __init__(self, paper: Paper, sheets: GuardedPages | None = None) -> None:
        self.paper = paper
        self.sheets = sheets

    @classmethod
    def bundled(cls) -> Document:
        """Open the bundled paper, of which there is only the text."""
        return cls(load_paper())

    @classmethod
    def read(cls, name: str, data: bytes, *, max_bytes: int = MAX_BYTES) -> Document:
        """Read what somebody gave, by the name that they know it by, in a process with limits. Raises PaperError."""
        return cls(read_guarded(name, data, max_bytes=max_bytes), _sheets(data))

    @classmethod
    def open(cls, path: Path) -> Document:
        """Read a file of this machine's own. Raises PaperError."""
        paper = load_paper(path)
        return cls(paper, _sheets(path.read_bytes()) if path.is_file() else None)  # a pipe is empty by now

    @classmethod
    def of(cls, paper: Paper, data: bytes) -> Document:
        """Return a paper that was read from a file's bytes."""
        return cls(paper, _sheets(data))

    @cached_property
    def catalogue(self) -> Catalogue:
        """What can be looked up in the paper."""
        return Catalogue(self.paper)

    @property
    def file_stem(self) -> str:
        """The paper's name as files that are saved of it begin with."""
        return Path(self.paper.name).stem

    def close(self) -> None:
        """Let go of the file's pages."""
        if self.sheets is not None:
            self.sheets.close()


def _sheets(data: bytes) -> GuardedPages | None:
    """Return a PDF's pages to look at; None for a text."""
    return GuardedPages(data) if is_pdf(data) else None
