"""What a question gets: an answer in the paper's own sentences, or a plain "the paper does not say"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from assistant.citation import Citation, checked
from corpus import Language

Status = Literal["answered", "not_in_paper", "error"]

_TEXT = {"answer": "text", "text": "answer"}
"""What a record calls the text, and the other way round: a record that has a "text" then has a field too many."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    ``text`` holds what answers, in the question's language, each sentence followed by its marker, e.g. ``[1]``: the
    first ``told`` citations, themselves or their translations. ``note`` is this project's, where the paper disagrees
    with itself on what was asked. Of an answer that is "not_in_paper" ``text`` says so, and ``related`` holds the
    nearest passages, which do not answer. ``suggestions`` are like questions, on something that the answer does not
    tell, which the paper is known to answer. ``understood_as`` is the question as it was searched, where it leaned on
    the one before. ``confidence`` is the estimated probability, 0 to 1, that the paper answers the question (see
    `assistant.answerability`); ``seconds`` is the time taken, an even share of it for a question asked in a batch.
    ``error`` says in one line what was wrong with a question that could not be handled.
    """

    question: str
    language: Language
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    told: int = 0
    note: str | None = None
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    seconds: float = 0.0
    understood_as: str | None = None
    error: str | None = None

    def to_record(self) -> dict[str, Any]:
        """Return the answer as a batch writes it: plain values, the text under "answer"."""
        record = asdict(self)
        record["answer"] = record.pop("text")
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the answer that `to_record` told; raises ValueError for any other record.

        What a browser kept and hands back may be anything: this looks at the fields and their types, not at whether
        the paper says what is quoted.
        """
        if not isinstance(record, Mapping):
            raise ValueError("an Answer has fields")
        return checked(cls, {_TEXT.get(name, name): value for name, value in record.items()})
