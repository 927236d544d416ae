"""What a paper says: file -> pages -> sections -> paragraphs -> sentences."""

from corpus.annotations import Annotations, Finding, KnownQuestion, Term, Topic, Translation
from corpus.errors import PaperError, TanyaError
from corpus.formats.file import MAX_BYTES
from corpus.glossary import Glossary
from corpus.language import LANGUAGES, OTHER, SMALL_WORDS, Language, language_of
from corpus.loading import BUNDLED_PAPER, check_searchable, load_paper, read_paper
from corpus.paper import Kind, Page, Paper, Paragraph, Passage, Section, Sentence, Writer
from corpus.structure.passages import surroundings

__all__ = [
    "BUNDLED_PAPER",
    "LANGUAGES",
    "MAX_BYTES",
    "OTHER",
    "SMALL_WORDS",
    "Annotations",
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
