"""What a paper says: file -> pages -> sections -> paragraphs -> sentences."""

from corpus.errors import PaperError, TanyaError
from corpus.language import SMALL_WORDS, language_of
from corpus.loading import BUNDLED_PAPER, load_paper
from corpus.paper import Kind, Language, Page, Paper, Paragraph, Passage, Section, Sentence, Translation

__all__ = [
    "BUNDLED_PAPER",
    "SMALL_WORDS",
    "Kind",
    "Language",
    "Page",
    "Paper",
    "PaperError",
    "Paragraph",
    "Passage",
    "Section",
    "Sentence",
    "TanyaError",
    "Translation",
    "language_of",
    "load_paper",
]
