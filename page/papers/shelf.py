"""The papers of a library. Each is opened when it is first read; the last ones read stay open."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from contextlib import suppress
from functools import lru_cache
from typing import Final

from corpus.library import BUNDLED, Entry, Library, LibraryError
from page.papers.document import Document
from page.ui_text import labelled_error

_OPEN: Final = 16
"""Papers that stay open."""

logger = logging.getLogger(__name__)


class Shelf:
    """The papers of a library, as of the last look at it."""

    def __init__(self, library: Library, *, takes_papers: bool = False) -> None:
        """Look at a library, to which visitors may add papers if it ``takes_papers``. Raises LibraryError."""
        self.library = library
        self.takes_papers = takes_papers
        self.refresh()
        self._opened = lru_cache(_OPEN)(self._open)

    def refresh(self) -> None:
        """Look at the library again: the bundled paper is first, the others follow by title. Raises LibraryError."""
        entries = self.library.entries()
        self.entries = sorted(entries, key=lambda entry: (entry.id != BUNDLED, entry.title.casefold(), entry.id))

    @property
    def digest(self) -> str:
        """The digest of the library's place. It does not reveal the folder."""
        return hashlib.sha256(str(self.library.folder.absolute()).encode()).hexdigest()

    @property
    def first(self) -> Document:
        """The first paper that can be opened. Raises LibraryError if none can."""
        for entry in self.entries[:-1]:
            with suppress(LibraryError):  # which is logged
                return self.document(entry.id)
        return self.document(self.entries[-1].id)

    def choices(self, bundled: str) -> list[tuple[str, str]]:
        """Return the name and the id of each paper. Papers with the same title get names that differ.

        ``bundled`` is the name of the bundled paper, which has no title.
        """
        titles = Counter(entry.title for entry in self.entries)

        def name(entry: Entry) -> str:
            if entry.id == BUNDLED:
                return bundled
            return entry.title if titles[entry.title] == 1 else f"{entry.title} ({entry.name}, {entry.id[:6]})"

        return [(name(entry), entry.id) for entry in self.entries]

    def document(self, paper_id: str) -> Document:
        """Open a paper by its id. Raises LibraryError if there is no such paper (any more), or it is damaged."""
        try:
            return self._opened(paper_id)
        except LibraryError as error:
            logger.warning("%s", error)
            raise labelled_error("paper_lost", LibraryError) from error

    def _open(self, paper_id: str) -> Document:
        return Document.of(self.library.paper(paper_id), self.library.file(paper_id))
