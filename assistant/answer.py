"""What a question gets: an answer in the paper's own sentences, or a plain "I did not find this in the paper"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from assistant.citation import Citation, checked
from assistant.question import Kind
from corpus import Language

Status = Literal["answered", "corrected", "not_in_paper", "replied", "error"]
"""What became of a question: "corrected" where the paper contradicts what it claims or takes for granted, "replied"
where it was small talk or about the assistant itself."""

Strength = Literal["strong", "likely", "weak"]
"""An answer's confidence in a word: from .8 on, from .6 on, and below; `assistant.wording` has each in both languages
("strength_strong")."""

ParagraphKind = Literal["quote", "said", "see_also", "other_papers", "by_paper", "translated"]
"""What a paragraph of an answer is: a quote, with its marker; something said in the project's own words; the markers of
what else is cited; that other papers answer, too; what one paper of several answers, in a line; and that this project
translated some of the quotes."""


@dataclass(frozen=True, slots=True)
class AnswerParagraph:
    """A paragraph of an answer; ``markers`` are those of the citations that it quotes or names.

    ``paper_title`` is that of the paper that a "by_paper" is of, or its file's name where it has none.
    """

    kind: ParagraphKind
    text: str
    markers: tuple[int, ...] = ()
    paper_title: str = ""

    @property
    def rendered(self) -> str:
        """The paragraph as plain text; a quote ends in its marker, as does what one paper of several answers."""
        text = f"{self.paper_title}: {self.text}" if self.paper_title else self.text
        marked = [f"[{marker}]" for marker in self.markers] if self.kind in ("quote", "by_paper") else []
        return " ".join([text, *marked])


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    ``kind`` is what the question asked for. ``short`` is the direct answer in a line, in the question's language: the
    words of a quote that answer, a count, a verdict; None where there is none, as for a refusal. Where it is not
    itself quoted, ``derived_from`` says what it was derived from. ``paragraphs`` is the answer in full. ``note`` is
    this project's, where the paper disagrees with itself on what was asked. Of an answer that is "not_in_paper",
    ``related`` holds the nearest passages, which do not answer. ``suggestions`` are like questions, on something that
    the answer does not quote, which the paper is known to answer. ``understood_as`` is the question as it was searched,
    where it leaned on the one before. ``confidence`` is the estimated probability, 0 to 1, that the paper answers the
    question (see `assistant.answerability`); ``seconds`` is the time taken, an even share of it for a question asked in
    a batch. ``error`` says in one line what was wrong with a question that could not be handled.
    """

    question: str
    language: Language
    status: Status
    kind: Kind = "fact"
    short: str | None = None
    derived_from: str | None = None
    paragraphs: tuple[AnswerParagraph, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    note: str | None = None
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    seconds: float = 0.0
    understood_as: str | None = None
    error: str | None = None

    @property
    def text(self) -> str:
        """The answer as plain text, with markers [1] [2]; paragraphs are parted by an empty line."""
        return "\n\n".join(paragraph.rendered for paragraph in self.paragraphs)

    @property
    def lines(self) -> tuple[str, ...]:
        """The answer as plain text, by paragraphs: the direct answer, with what it was derived from, then the rest."""
        short = f"{self.short} ({self.derived_from})" if self.derived_from else self.short
        full = [paragraph.rendered for paragraph in self.paragraphs] if self.text != self.short else []
        return tuple(line for line in (short, *full) if line)

    @property
    def quoted(self) -> tuple[Citation, ...]:
        """The citations that the text quotes; those that it only names are not among them."""
        markers = {marker for paragraph in self.paragraphs if paragraph.kind == "quote" for marker in paragraph.markers}
        return tuple(citation for citation in self.citations if citation.marker in markers)

    @property
    def strength(self) -> Strength | None:
        """The confidence in a word; None of what the paper does not answer, where there is nothing to trust."""
        return strength_of(self.confidence) if self.is_found else None

    @property
    def is_found(self) -> bool:
        """Whether the paper has something to say to the question."""
        return self.status in ("answered", "corrected")

    def to_record(self) -> dict[str, Any]:
        """Return the answer as a batch writes it: plain values, the text under "answer"."""
        return asdict(self) | {"answer": self.text}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the answer that `to_record` gave; raises ValueError for any other record.

        What a browser kept and hands back may be anything: this looks at the fields and their types, not at whether
        the paper says what is quoted.
        """
        if not isinstance(record, Mapping):
            raise ValueError("an Answer has fields")
        answer = checked(cls, {name: value for name, value in record.items() if name != "answer"})
        if record.get("answer") != answer.text:
            raise ValueError("an Answer's text is that of its paragraphs")
        return answer


def strength_of(confidence: float) -> Strength:
    """Return a confidence, 0 to 1, in a word."""
    return "strong" if confidence >= 0.8 else "likely" if confidence >= 0.6 else "weak"
