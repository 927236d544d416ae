"""What a paper says: file -> pages -> sections -> paragraphs -> sentences."""

from corpus.errors import PaperError, TanyaError
from corpus.glossary import Glossary
from corpus.language import SMALL_WORDS, language_of
from corpus.loading import BUNDLED_PAPER, load_paper
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
    "language_of",
    "load_paper",
    "surroundings",
]
