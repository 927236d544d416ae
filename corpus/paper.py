"""The parts of a paper, all of them spans of one canonical text.

For every part ``x`` of a paper, ``paper.text[x.start:x.end] == x.text``; offsets count characters. Sections tile the
paper, and so do paragraphs and sentences, but for the single spaces between them: each sentence lies in exactly one
paragraph and one section, and starts on exactly one page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.annotations import NO_ANNOTATIONS, Annotations
from corpus.language import Language
from corpus.metadata import NOT_TOLD, Metadata
from corpus.pdf.recognised import RecognisedPage
from corpus.words import UNKNOWN

Kind = Literal["heading", "text", "item", "row", "table-header", "caption", "source", "keywords"]
"""What a paragraph is: running text, a list's item, a table's row, ... A figure's or table's "caption" is its label
and title, its "source" the line that says where the figures come from."""

Writer = Literal["authors", "project"]
"""Who wrote a sentence's version in the other language: the authors, in their other abstract, or this project."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``number`` counts from 1 in the file's order, whatever number is printed on it."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """From a heading (included) to the next one of any level; text before the first heading has an empty title."""

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

    ``lead`` is the index of the sentence that gives an item, a row or a source its meaning (the list's lead-in, the
    table's or figure's caption); None for anything else.
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
    """The unit that is quoted. ``page`` is where it starts, ``last_page`` where it ends."""

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
        """Whether all of its characters are known; a sentence with others is shown, and never quoted."""
        return UNKNOWN not in self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """One to four neighbouring sentences of one section: what is searched and what a quote is shown inside.

    ``first`` and ``last`` are indexes of sentences, both included. ``leads`` are those of the sentences that the
    passage's items or rows need to be understood and that it does not hold itself: a list's lead-in, a table's caption
    and the names of its columns. ``lead`` is their text; "" where there are none.
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
    def full_text(self) -> str:
        """The passage with its lead before it: what is indexed, and what is shown around a quote."""
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
    annotations: Annotations = NO_ANNOTATIONS
    metadata: Metadata = NOT_TOLD
    id: str = ""
    recognised: tuple[RecognisedPage, ...] = ()

    @property
    def title(self) -> str:
        """What the paper is called: by its metadata, or else by its file's name."""
        return self.metadata.title or self.name

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """Numbers of the pages on which no text was found: pictures of text, or empty ones."""
        return tuple(page.number for page in self.pages if not page.text)

    def is_recognised(self, first: int, last: int) -> bool:
        """Tell whether the text of a page was recognised in its picture, from one page's number to another's."""
        return any(first <= page.number <= last for page in self.recognised)

    @property
    def unquotable(self) -> tuple[int, ...]:
        """Indexes of the sentences with characters that the file does not say: they are shown, and never quoted."""
        return tuple(sentence.index for sentence in self.sentences if not sentence.is_quotable)

    def section_path(self, section: int) -> tuple[str, ...]:
        """Return the titles from the outermost section down to the one with this index."""
        titles: list[str] = []
        at: int | None = section
        while at is not None:
            titles.append(self.sections[at].title)
            at = self.sections[at].parent
        return tuple(reversed(titles))

    def in_other_language(self, first: int, last: int) -> tuple[str, Writer | None]:
        """Return sentences, from one index to another, in the other language, and who wrote them so.

        That is the authors where they wrote all of them, or else this project. ("", None) without a translation.
        """
        if not self.annotations.translations:
            return "", None
        twins = [self.twins(sentence) for sentence in range(first, last + 1)]
        if all(twins):
            theirs = dict.fromkeys(twin for of in twins for twin in of)
            return " ".join(self.sentences[twin].text for twin in theirs), "authors"
        return " ".join(translation.text for translation in self.annotations.translations[first : last + 1]), "project"

    def twins(self, sentence: int) -> tuple[int, ...]:
        """Return the sentences in which the authors say the same in the other language."""
        return self.annotations.translations[sentence].authors if self.annotations.translations else ()

    def texts(self, sentence: int) -> dict[Language, str]:
        """Return what a sentence says, by language: its own text, and its translation where there is one."""
        texts = {self.sentences[sentence].language: self.sentences[sentence].text}
        if self.annotations.translations:
            texts[self.annotations.translations[sentence].language] = self.annotations.translations[sentence].text
        return texts

    def translated(self, passage: Passage) -> str:
        """Return a passage's full text in the other language; "" where the paper has no translation."""
        if not self.annotations.translations:
            return ""
        sentences = [*passage.leads, *range(passage.first, passage.last + 1)]
        return " ".join(self.annotations.translations[sentence].text for sentence in sentences)

    def translated_title(self, section: int) -> str:
        """Return a section's title in the other language; "" where there is no title or no translation."""
        for sentence in self.sentences if self.annotations.translations else ():
            if sentence.section == section and sentence.kind == "heading":
                return self.annotations.translations[sentence.index].text
        return ""
