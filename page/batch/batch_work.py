"""A batch: the questions of a file, answered a few at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant import Answer
from assistant.answer import Status
from assistant.batch import BatchQuestion, parse_questions
from corpus import TanyaError
from page.batch.work import Work
from page.logs import log_answer
from page.ui_text import labelled_error

if TYPE_CHECKING:
    from assistant.asking import Asker

MAX_BYTES = 5_000_000
"""Bytes of the largest file of questions."""

MAX_QUESTIONS = 2_000
"""Questions of the largest batch."""

AT_A_TIME = 16
"""Questions of a step: it takes a second or two, and larger steps are hardly faster."""


@dataclass(slots=True, eq=False)
class Batch(Work):
    """The questions of a file, and the answers to the first of them.

    ``shown`` is the status of the answers that are shown (None: all questions).
    """

    name: str = ""
    questions: Sequence[BatchQuestion] = ()
    answers: list[Answer] = field(default_factory=list)
    shown: Status | None = None

    @property
    def done(self) -> int:
        """How many questions are answered."""
        return len(self.answers)

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.questions)

    @property
    def is_whole(self) -> bool:
        """Whether all questions are answered."""
        return self.done == self.total

    @property
    def requested(self) -> tuple[object, ...]:
        """What others have requested: to stop, or to show another status."""
        return (self.phase, self.shown)

    @property
    def counts(self) -> Counter[str]:
        """How many answers have each status."""
        return Counter(answer.status for answer in self.answers)

    def step(self, assistant: Asker) -> Callable[[], None]:
        """Answer the next `AT_A_TIME` questions."""
        questions = self.questions[len(self.answers) :][:AT_A_TIME]
        answers = list(assistant.answers([q.text for q in questions], languages=[q.language for q in questions]))

        def store() -> None:
            self.answers += answers
            for answer in answers:
                log_answer(answer, "batch")

        return store

    def read(self, name: str, data: bytes | None) -> None:
        """Take the questions of a file; if it has a problem, keep only that. ``data`` is None for a file too large."""
        try:
            questions = _questions(name, data)
        except TanyaError as error:
            self.problem = error
            return
        self.name, self.questions, self.answers, self.saved = name, questions, [], 0
        self.phase, self.shown, self.problem = "ready", None, None

    def records(self) -> list[dict[str, Any]]:
        """Return the answers so far, as the command line writes them."""
        return [
            {"id": question.id} | answer.to_record()
            for question, answer in zip(self.questions, self.answers, strict=False)
        ]


def _questions(name: str, data: bytes | None) -> list[BatchQuestion]:
    if data is None:
        raise labelled_error("batch_too_big", name=name)
    questions = parse_questions(name, data)
    if len(questions) > MAX_QUESTIONS:
        raise labelled_error("batch_too_many", name=name, count=len(questions))
    return questions
