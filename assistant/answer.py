"""What a question gets: an answer in the paper's own sentences, or a plain "the paper does not say"."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpus import Language

Status = Literal["answered", "not_in_paper", "error"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of the paper and where it stands.

    ``quote`` is the sentence word for word, ``paper.text[start:end]``; ``passage`` is the quote among its neighbours,
    after the list's lead-in or the table's caption where it needs one. ``page`` and ``last_page`` are the sentence's
    own, from 1. ``score`` ranks the citations of one answer; scores of different answers do not compare.
    ``translation`` is None while the paper has none.
    """

    marker: int
    quote: str
    translation: str | None
    passage: str
    page: int
    last_page: int
    section: str
    language: Language
    start: int
    end: int
    passage_id: str
    score: float

    @property
    def pages(self) -> str:
        """The page the quote is on, or the two that it runs over: "5", "5-6"."""
        return f"{self.page}" if self.page == self.last_page else f"{self.page}-{self.last_page}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    ``text`` holds the quotes that answer, each followed by its marker, e.g. ``[1]``; of an answer that is
    "not_in_paper" it says so, and ``related`` holds the nearest passages, which do not answer. ``understood_as`` is
    the question as it was searched, where it leaned on the one before. ``confidence`` is the estimated probability, 0
    to 1, that the question is about what the paper says (see `assistant.relevance` for what it cannot tell);
    ``seconds`` is the time taken, an even share of it for a question asked in a batch. ``error`` says in one line
    what was wrong with a question that could not be handled.
    """

    question: str
    language: Language
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    confidence: float = 0.0
    seconds: float = 0.0
    understood_as: str | None = None
    error: str | None = None

    def to_record(self) -> dict[str, Any]:
        """Return the answer as a batch writes it: plain values, the text under "answer"."""
        record = asdict(self)
        record["answer"] = record.pop("text")
        return record
