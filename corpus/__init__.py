"""What a paper says: file -> pages -> sections -> paragraphs -> sentences."""

from corpus.annotations import Annotations, Finding, KnownQuestion, Term, Topic, Translation
from corpus.errors import PaperError, TanyaError
from corpus.formats.file import MAX_BYTES
from corpus.glossary import Glossary, Mention
from corpus.language import LANGUAGES, OTHER, SMALL_WORDS, Language, language_of
from corpus.library import Entry, Library, LibraryError, Outcome
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
