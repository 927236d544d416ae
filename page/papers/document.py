"""A paper as the page holds it: its text, its catalogue, and the pictures of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant import Catalogue
from corpus import Paper, check_searchable, load_paper
from corpus.guarded import read_guarded
from corpus.pdf.lines import is_pdf
from page.drawing.guarded_pages import GuardedPages


@dataclass(eq=False)
class Document:
    """A paper with its catalogue and, if it is a PDF, the pictures of its pages."""

    paper: Paper
    sheets: GuardedPages | None = None

    @classmethod
    def bundled(cls) -> Document:
        """Open the bundled paper, which has no pictures."""
        return cls(load_paper())

    @classmethod
    def read(cls, name: str, data: bytes) -> Document:
        """Read a file that a visitor uploaded, in a process with limits. Raises PaperError, also for headings only."""
        paper = read_guarded(name, data)
        check_searchable(paper)
        return cls.of(paper, data)

    @classmethod
    def open(cls, path: Path) -> Document:
        """Read a file of this machine. Raises PaperError."""
        paper = load_paper(path)
        return cls.of(paper, path.read_bytes() if path.is_file() else b"")  # a pipe is empty by now

    @classmethod
    def of(cls, paper: Paper, data: bytes) -> Document:
        """Return a paper that was read from a file's bytes."""
        return cls(paper, GuardedPages(data) if is_pdf(data) else None)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The findings, terms and sentences of the paper, to be looked up."""
        return Catalogue(self.paper)

    @property
    def file_stem(self) -> str:
        """What the names of files saved from this paper begin with."""
        return Path(self.paper.name).stem

    def close(self) -> None:
        """Release the PDF, if there is one."""
        if self.sheets is not None:
            self.sheets.close()
