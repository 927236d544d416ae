"""The papers of a library as the page holds them: opened when they are looked at, the last ones kept open."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from functools import lru_cache
from typing import Final

from corpus.library import BUNDLED, Entry, Library, LibraryError
from page.papers.document import Document
from page.ui_text import label

_OPEN: Final = 16
"""Papers that are kept open to be read."""

_log = logging.getLogger(__name__)


def _order(entry: Entry) -> tuple[bool, str, str]:
    """Return what papers are sorted by: the bundled one comes first, then by what they are called."""
    return entry.id != BUNDLED, entry.title.casefold(), entry.id


class Shelf:
    """The papers of a library, as they were when it was last looked at."""

    def __init__(self, library: Library) -> None:
        """Look at a library. Raises LibraryError."""
        self.library = library
        self.entries = sorted(library.entries(), key=_order)
        self._opened = lru_cache(_OPEN)(self._open)

    def refresh(self) -> None:
        """Look at the library again. Raises LibraryError."""
        self.entries = sorted(self.library.entries(), key=_order)

    @property
    def storage_key(self) -> str:
        """What conversations with this library are kept under in a browser; it tells nothing of where that is."""
        place = str(self.library.folder.absolute())
        return f"tanya-history-{hashlib.sha256(place.encode()).hexdigest()[:12]}"

    @property
    def first(self) -> Document:
        """The paper that is shown first: of those that can be opened, if any. Raises LibraryError."""
        for entry in self.entries[:-1]:
            try:
                return self.document(entry.id)
            except LibraryError:  # which is logged
                continue
        return self.document(self.entries[-1].id)

    def choices(self, bundled: str) -> list[tuple[str, str]]:
        """Return the papers to choose from: what each is called, and its id; those of one title are told apart.

        ``bundled`` is what the bundled paper is called, which has no title.
        """
        titles = Counter(entry.title for entry in self.entries)

        def name(entry: Entry) -> str:
            if entry.id == BUNDLED:
                return bundled
            return entry.title if titles[entry.title] == 1 else f"{entry.title} ({entry.name}, {entry.id[:6]})"

        return [(name(entry), entry.id) for entry in self.entries]

    def document(self, paper_id: str) -> Document:
        """Open a paper by its id. Raises LibraryError for what is not there any more, or never was, or is damaged."""
        try:
            return self._opened(paper_id)
        except LibraryError as error:
            _log.warning("%s", error)
            raise LibraryError(label("paper_lost", "en"), indonesian=label("paper_lost", "id")) from error

    def _open(self, paper_id: str) -> Document:
        return Document.of(self.library.paper(paper_id), self.library.file(paper_id))
