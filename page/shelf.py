"""The papers of a library as the page holds them: opened when they are looked at, the last ones kept open."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

from corpus.library import BUNDLED, Library
from page.document import Document

_OPEN: Final = 16
"""Papers that are kept open to be read."""


class Shelf:
    """The papers of a library, as they were when it was opened."""

    def __init__(self, library: Library) -> None:
        """Look at a library. Raises LibraryError."""
        self._library = library
        self.entries = library.entries()
        self.document = lru_cache(_OPEN)(self._document)

    @property
    def storage_key(self) -> str:
        """What conversations with this library are kept under in a browser; it tells nothing of where that is."""
        place = str(self._library.folder.absolute())
        return f"tanya-history-{hashlib.sha256(place.encode()).hexdigest()[:12]}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The papers to choose from: what each is called, and its id; those of one title are told apart."""
        titles = [entry.title for entry in self.entries]
        return [
            (
                entry.title if titles.count(entry.title) == 1 else f"{entry.title} ({entry.name}, {entry.id[:6]})",
                entry.id,
            )
            for entry in self.entries
        ]

    def _document(self, paper_id: str) -> Document:
        """Open a paper, the first one for what is no id of any. Raises LibraryError."""
        if paper_id not in {entry.id for entry in self.entries}:
            paper_id = self.entries[0].id
        if paper_id == BUNDLED:
            return Document(self._library.paper(BUNDLED))
        return Document.of(self._library.paper(paper_id), self._library.file(paper_id))
