"""A paper and its parts, all of them spans of one canonical text.

For every part ``x`` of a paper, ``paper.text[x.start:x.end] == x.text``; offsets count characters. Sections cover the
whole paper, as do paragraphs and sentences, except for the single spaces between them. Each sentence lies in exactly
one paragraph and one section, and starts on exactly one page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus.annotations import Annotations
from corpus.language import Language
from corpus.metadata import NO_METADATA, Metadata
from corpus.pdf.recognised import RecognisedPage

UNKNOWN = "\ufffd"
"""Stands for a character that a file does not identify. Text that holds it is shown, but never quoted."""

Kind = Literal["heading", "text", "item", "row", "table-header", "caption", "source", "keywords"]
"""What a paragraph is: running text, an item of a list, a row of a table and so on. The "caption" of a figure or table
is its label and title, its "source" the line that says where the data come from."""

Writer = Literal["authors", "project"]
"""Who wrote a sentence in the other language: the authors, in their other abstract, or this project."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page. ``number`` is its place in the file, from 1; the number that is printed on it may be another."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """The text from a heading to the next heading of any level. Text before the first heading has the title ""."""

    index: int
    title: str
    level: int
    parent: int | None
    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, a paragraph of running text, one item of a list, one row of a table or a caption.

    ``lead`` is the index of the sentence that an item, a row or a source needs to be understood: the list's lead-in, or
    the caption of the table or figure. It is None for anything else.
    """

    index: int
    kind: Kind
    section: int
    lead: int | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the unit that is quoted. It starts on ``page`` and ends on ``last_page``."""

    index: int
    id: str
    kind: Kind
    language: Language
    paragraph: int
    section: int
    page: int
    last_page: int
    start: int
    end: int
    text: str

    @property
    def is_quotable(self) -> bool:
        """Whether all of its characters are known; any other sentence is shown, but never quoted."""
        return UNKNOWN not in self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """One to four neighbouring sentences of one section: the unit that is searched, and that a quote is shown in.

    ``first`` and ``last`` are the indexes of its sentences, both included. ``leads`` are the indexes of sentences
    outside the passage that its items or rows need to be understood: a list's lead-in, or a table's caption and the
    names of its columns. ``lead`` is their text, "" where there are none.
    """

    id: str
    language: Language
    section: int
    page: int
    first: int
    last: int
    leads: tuple[int, ...]
    lead: str
    start: int
    end: int
    text: str

    @property
    def sentences(self) -> range:
        """The indexes of its sentences."""
        return range(self.first, self.last + 1)

    @property
    def full_text(self) -> str:
        """The passage after its lead: the text that is indexed, and that is shown around a quote."""
        return f"{self.lead} {self.text}" if self.lead else self.text


@dataclass(frozen=True)
class Paper:
    """A paper and all its parts.

    ``digest`` is the SHA-256 of the canonical text, in hexadecimal. ``annotations`` are what this project wrote about
    the paper, ``metadata`` are what its file says of itself, and ``id`` is its id in a library, "" outside of one.
    ``recognised`` are the pages whose text was recognised in their pictures, and may have mistakes.
    """

    name: str
    digest: str
    text: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    annotations: Annotations = field(default_factory=Annotations)
    metadata: Metadata = NO_METADATA
    id: str = ""
    recognised: tuple[RecognisedPage, ...] = ()

    @property
    def title(self) -> str:
        """The title in the file's metadata, or else the file's name."""
        return self.metadata.title or self.name

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """Numbers of the pages without text: pictures of text, or empty pages."""
        return tuple(page.number for page in self.pages if not page.text)

    def is_recognised(self, first: int, last: int) -> bool:
        """Return whether any page from ``first`` to ``last``, both included, has text recognised in its picture."""
        return any(first <= page.number <= last for page in self.recognised)

    @property
    def unquotable(self) -> tuple[int, ...]:
        """Indexes of the sentences that have unknown characters: they are shown, but never quoted."""
        return tuple(sentence.index for sentence in self.sentences if not sentence.is_quotable)

    def in_other_language(self, first: int, last: int) -> tuple[str, Writer | None]:
        """Return sentences ``first`` to ``last``, both included, in the other language, and who wrote that text.

        It is the authors' own text where they say all of it themselves, or else this project's translation. Without a
        translation, it is ("", None).
        """
        if not self.annotations.translations:
            return "", None
        twins = [self.twins(sentence) for sentence in range(first, last + 1)]
        if all(twins):
            theirs = dict.fromkeys(twin for group in twins for twin in group)
            return " ".join(self.sentences[twin].text for twin in theirs), "authors"
        return " ".join(translation.text for translation in self.annotations.translations[first : last + 1]), "project"

    def twins(self, sentence: int) -> tuple[int, ...]:
        """Return the indexes of the sentences in which the authors say the same in the other language."""
        return self.annotations.translations[sentence].authors if self.annotations.translations else ()

    def texts(self, sentence: int) -> dict[Language, str]:
        """Return a sentence's text and, where there is one, its translation, by language."""
        texts = {self.sentences[sentence].language: self.sentences[sentence].text}
        if self.annotations.translations:
            texts[self.annotations.translations[sentence].language] = self.annotations.translations[sentence].text
        return texts

    def translated(self, passage: Passage) -> str:
        """Return a passage's full text in the other language; "" where the paper has no translation."""
        translations = self.annotations.translations
        if not translations:
            return ""
        return " ".join(translations[sentence].text for sentence in (*passage.leads, *passage.sentences))

    def translated_title(self, section: int) -> str:
        """Return a section's title in the other language; "" where there is no title or no translation."""
        pairs = zip(self.sentences, self.annotations.translations, strict=False)  # there may be no translations
        return next((other.text for own, other in pairs if own.section == section and own.kind == "heading"), "")
