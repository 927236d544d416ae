"""Citations: sentences of the paper word for word, in both languages, with their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from sys import float_info
from types import UnionType
from typing import Any, Literal, Self, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from corpus import Language, Paper, Passage, Writer

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class CitedPaper:
    """The paper that a quote is from: its id in a library, its file's name, and its metadata.

    ``title``, ``authors`` and ``year`` are the file's metadata, empty where it has none.
    """

    id: str = ""
    name: str = ""
    digest: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str = ""

    @classmethod
    def of(cls, paper: Paper) -> Self:
        """Return a paper as it is cited."""
        title, authors, year, _ = paper.metadata
        return cls(paper.id, paper.name, paper.digest, title, authors, year, paper.annotations.doi)

    @property
    def described(self) -> str:
        """The paper's title, or its file's name, after its authors and year where they are known."""
        year = f"({self.year})" if self.year else ""
        by = " ".join(filter(None, ("; ".join(self.authors), year)))
        return ". ".join(filter(None, (by, self.title or self.name)))


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote, one sentence or two that follow each other, and where it stands.

    ``quote`` is the paper's text word for word, ``paper.text[start:end]``; ``passage`` is the quote among its
    neighbours, after the list's lead-in or the table's caption where it needs one. ``page`` and ``last_page`` are the
    quote's own, from 1. ``score`` ranks the citations of one answer; scores of different answers do not compare.

    ``recognised``: text recognition read the quote from a scanned page, and may have some letters wrong.

    ``words`` are the words that answer, according to the reader, "" if it found none. They are from the quote, or from
    its translation if that is in the question's language.

    ``translation`` is the quote in the other language. The paper's "authors" wrote it, in their other abstract, or this
    "project" did (``translated_by``). The project also wrote ``passage_translation`` and ``section_translation``. All
    are None for a paper without a translation.
    """

    marker: int
    quote: str
    translation: str | None
    translated_by: Writer | None
    passage: str
    passage_translation: str | None
    page: int
    last_page: int
    section: str
    section_translation: str | None
    language: Language
    start: int
    end: int
    passage_id: str
    score: float
    words: str = ""
    paper: CitedPaper = CitedPaper()
    recognised: bool = False

    @property
    def cited_span(self) -> tuple[CitedPaper, int, int]:
        """The paper, and the characters (start, end) of the quote in it."""
        return self.paper, self.start, self.end

    @property
    def pages(self) -> str:
        """The page or pages of the quote: "5", "5-6"."""
        return f"{self.page}" if self.page == self.last_page else f"{self.page}-{self.last_page}"

    def is_in(self, language: Language) -> bool:
        """Return whether the quote itself is shown to readers of a language: it is in it, or has no translation."""
        return self.language == language or not self.translation

    def text_in(self, language: Language) -> str:
        """Return the quote in a language, itself if there is no translation."""
        return self.quote if self.is_in(language) else self.translation or ""

    def section_in(self, language: Language) -> str:
        """Return the section's title in a language, as printed if there is no translation."""
        return self.section if self.language == language else self.section_translation or self.section


def cite(paper: Paper, first: int, last: int, passage: Passage, *, marker: int, score: float) -> Citation:
    """Cite the sentences from ``first`` to ``last``, by index, within a passage if it holds them all."""
    opening, closing = paper.sentences[first], paper.sentences[last]
    translation, writer = paper.in_other_language(first, last)
    quote = paper.text[opening.start : closing.end]
    is_held = quote in passage.full_text
    return Citation(
        marker=marker,
        quote=quote,
        translation=translation or None,
        translated_by=writer,
        passage=passage.full_text if is_held else quote,
        passage_translation=(paper.translated(passage) if is_held else translation) or None,
        page=opening.page,
        last_page=closing.last_page,
        section=paper.sections[opening.section].title,
        section_translation=paper.translated_title(opening.section) or None,
        language=opening.language,
        start=opening.start,
        end=closing.end,
        passage_id=passage.id,
        score=round(score, 4),
        paper=CitedPaper.of(paper),
        recognised=paper.is_recognised(opening.page, closing.last_page),
    )


def checked(kind: type[_Kind], record: object) -> _Kind:
    """Return the dataclass of a record with exactly its fields, each of its type, JSON's lists as tuples.

    A whole number passes for a float, since JavaScript writes 1.0 as 1. Fields with a default may be left out, since an
    earlier version may not have known them. Raises ValueError.
    """
    types = get_type_hints(kind)
    needed = {field.name for field in fields(cast(Any, kind)) if field.default is MISSING}
    if not isinstance(record, Mapping) or not needed <= record.keys() <= types.keys():
        raise ValueError(f"{kind.__name__} has other fields")
    made: Callable[..., _Kind] = kind
    return made(**{name: _checked(types[name], record[name], f"{kind.__name__}.{name}") for name in record})


def _checked(kind: Any, value: Any, name: str) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return checked(cast(type, kind), value)
    if origin in (Union, UnionType):  # of one type and None
        return None if value is None else _checked(arguments[0], value, name)
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_checked(arguments[0], item, name) for item in value)
    if origin is Literal:
        fits = value in arguments
    elif kind is float:
        fits = type(value) in (int, float) and abs(value) <= float_info.max  # neither infinite nor NaN
    else:  # a string with lone surrogates, the halves of characters, cannot be encoded
        fits = type(value) is kind and (kind is not str or value.encode(errors="replace").decode() == value)
    if not fits:
        raise ValueError(f"{name} is of the wrong type")
    return float(value) if kind is float else value
