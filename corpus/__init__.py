"""What a paper says: file -> pages -> sections -> paragraphs -> sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.boxes import Box
from corpus.errors import PaperError, TanyaError
from corpus.glossary import Glossary, Mention
from corpus.language import SMALL_WORDS, language_of
from corpus.loading import BUNDLED_PAPER, MAX_BYTES, check_searchable, load_paper, read_paper
from corpus.metadata import Metadata
from corpus.paper import (
    LANGUAGES,
    OTHER,
    Finding,
    Kind,
    KnownQuestion,
    Language,
    Page,
    Paper,
    Paragraph,
    Passage,
    Section,
    Sentence,
    Term,
    Topic,
    Translation,
    Writer,
)
from corpus.passages import surroundings
from corpus.recognised import RecognisedPage, Word

if TYPE_CHECKING:
    from corpus.library import Entry, Library, LibraryError, Outcome

__all__ = [
    "BUNDLED_PAPER",
    "LANGUAGES",
    "MAX_BYTES",
    "OTHER",
    "SMALL_WORDS",
    "Box",
    "Entry",
    "Finding",
    "Glossary",
    "Kind",
    "KnownQuestion",
    "Language",
    "Library",
    "LibraryError",
    "Mention",
    "Metadata",
    "Outcome",
    "Page",
    "Paper",
    "PaperError",
    "Paragraph",
    "Passage",
    "RecognisedPage",
    "Section",
    "Sentence",
    "TanyaError",
    "Term",
    "Topic",
    "Translation",
    "Word",
    "Writer",
    "check_searchable",
    "language_of",
    "load_paper",
    "read_paper",
    "surroundings",
]


def __getattr__(name: str) -> Any:
    """Import what a library is made of when it is first asked for.

    It imports `corpus.guarded`, which the process that reads a file runs as its main module.
    """
    if name in {"Entry", "Library", "LibraryError", "Outcome"}:
        from corpus import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
