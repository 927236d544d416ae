"""What a paper says: file -> pages -> sections -> paragraphs -> sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.annotations import Annotations, Finding, KnownQuestion, Term, Topic, Translation
from corpus.errors import PaperError, TanyaError
from corpus.formats.file import MAX_BYTES
from corpus.glossary import Glossary, Mention
from corpus.language import LANGUAGES, OTHER, SMALL_WORDS, Language, language_of
from corpus.loading import BUNDLED_PAPER, check_searchable, load_paper, read_paper
from corpus.metadata import Metadata
from corpus.paper import Kind, Page, Paper, Paragraph, Passage, Section, Sentence, Writer
from corpus.pdf.recognised import Box, RecognisedPage, Word
from corpus.structure.passages import surroundings

__all__ = [
    "BUNDLED_PAPER",
    "LANGUAGES",
    "MAX_BYTES",
    "OTHER",
    "SMALL_WORDS",
    "Annotations",
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


if TYPE_CHECKING:
    from corpus.library import Entry, Library, LibraryError, Outcome
else:

    def __getattr__(name: str) -> object:
        """Import what a library is made of when it is first asked for.

        It imports `corpus.guarded`, which the process that reads a file runs as its main module.
        """
        if name in {"Entry", "Library", "LibraryError", "Outcome"}:
            from corpus import library

            return getattr(library, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
