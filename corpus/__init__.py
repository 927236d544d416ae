"""What a paper says: file -> pages -> sections -> paragraphs -> sentences."""

import corpus.quiet_start  # noqa: F401

# isort: split
from corpus.errors import PaperError, TanyaError
from corpus.glossary import Glossary
from corpus.language import SMALL_WORDS, language_of
from corpus.loading import BUNDLED_PAPER, MAX_BYTES, check_searchable, load_paper, read_paper
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

__all__ = [
    "BUNDLED_PAPER",
    "LANGUAGES",
    "MAX_BYTES",
    "OTHER",
    "SMALL_WORDS",
    "Finding",
    "Glossary",
    "Kind",
    "KnownQuestion",
    "Language",
    "Page",
    "Paper",
    "PaperError",
    "Paragraph",
    "Passage",
    "Section",
    "Sentence",
    "TanyaError",
    "Term",
    "Topic",
    "Translation",
    "Writer",
    "check_searchable",
    "language_of",
    "load_paper",
    "read_paper",
    "surroundings",
]
