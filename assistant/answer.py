"""The answer to a question: the paper's own sentences, or a plain "I did not find this in the paper"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, Self

from assistant.citation import Citation, checked
from assistant.question import Kind, Question
from corpus import Language

Status = Literal["answered", "corrected", "not_in_paper", "replied", "error"]
"""What became of a question: "corrected" where the paper contradicts what it claims or takes for granted, "replied"
where it was small talk or about the assistant itself."""

FOUND: Final[tuple[Status, ...]] = ("answered", "corrected")
"""The statuses of answers in which the paper has something to say to the question."""

Strength = Literal["strong", "likely", "weak"]
"""An answer's confidence in a word: from .8 on, from .6 on, and below; `assistant.wording` has each in both languages
("strength_strong")."""

ParagraphKind = Literal["quote", "said", "see_also", "other_papers", "by_paper", "translated"]
"""What a paragraph of an answer is.

- "quote": a quote with its marker
- "said": a sentence in the project's own words
- "see_also": the markers of citations that are not quoted
- "other_papers": the heading above the lines of other papers
- "by_paper": the answer of one paper of several, in a line
- "translated": a note that this project translated some of the quotes
"""


@dataclass(frozen=True, slots=True)
class AnswerParagraph:
    """A paragraph of an answer; ``markers`` are those of the citations that it quotes or names.

    ``paper_title`` is the title of a "by_paper" paragraph's paper, or its file's name if it has no title.
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

    ``kind`` is what the question asked for. ``short`` is the direct answer in a line, in the question's language: words
    of a quote, a count or a verdict; None without one, as for a refusal. If it is not quoted, ``derived_from`` says
    what it was derived from. ``paragraphs`` is the answer in full. ``note`` is this project's comment where the paper
    disagrees with itself. ``related`` holds the nearest passages of a "not_in_paper" answer; they do not answer.
    ``suggestions`` are similar questions that the paper is known to answer, about sentences that this answer does not
    quote. ``understood_as`` is the question as it was searched, if it leaned on the one before.

    ``confidence`` is the estimated probability, 0 to 1, that the paper answers the question (see
    `assistant.answerability`). ``seconds`` is the time taken; questions of a batch share it evenly. ``error`` says in
    one line why a question could not be handled.
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

    @classmethod
    def to(cls, question: Question, status: Status) -> Self:
        """Return an answer to a question that says nothing yet; `dataclasses.replace` fills it in."""
        leans_on = question.understood_as if question.leans else None
        return cls(question.text, question.language, status, question.kind, understood_as=leans_on)

    @property
    def text(self) -> str:
        """The answer as plain text, with markers [1] [2]; paragraphs are parted by an empty line."""
        return "\n\n".join(paragraph.rendered for paragraph in self.paragraphs)

    @property
    def lines(self) -> tuple[str, ...]:
        """The answer as plain text, a line a paragraph: the direct answer with its derivation, then the rest."""
        short = f"{self.short} ({self.derived_from})" if self.derived_from else self.short
        full = [paragraph.rendered for paragraph in self.paragraphs] if self.text != self.short else []
        return tuple(line for line in (short, *full) if line)

    @property
    def gist(self) -> str:
        """The direct answer, or else the first quote in the question's language; "" for a refusal."""
        return self.short or next((citation.text_in(self.language) for citation in self.citations), "")

    @property
    def quoted(self) -> tuple[Citation, ...]:
        """The citations that the text quotes, without those that it only names."""
        markers = {marker for paragraph in self.paragraphs if paragraph.kind == "quote" for marker in paragraph.markers}
        return tuple(citation for citation in self.citations if citation.marker in markers)

    @property
    def strength(self) -> Strength | None:
        """The confidence in a word; None if the paper does not answer."""
        return strength_of(self.confidence) if self.is_found else None

    @property
    def is_found(self) -> bool:
        """Whether the paper has something to say to the question."""
        return self.status in FOUND

    def to_record(self) -> dict[str, Any]:
        """Return the answer as a batch writes it: plain values, the text under "answer"."""
        return asdict(self) | {"answer": self.text}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the answer that `to_record` gave; raises ValueError for any other record.

        A browser may hand back anything. Fields and types are checked here; whether the paper has the quotes is not.
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
