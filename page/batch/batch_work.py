"""A batch: the questions of a file, answered a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from assistant import Answer
from assistant.answer import Status
from assistant.asking import Asker
from assistant.batch import BatchQuestion, parse_questions
from corpus import TanyaError
from page.batch.work import Work
from page.logs import log_answer
from page.ui_text import labelled_error

MAX_BYTES = 5_000_000
"""Bytes of the largest file of questions."""

MAX_QUESTIONS = 2_000
"""Questions of the largest batch."""

AT_A_TIME = 16
"""Questions of a step: it takes a second or two, and larger steps are hardly faster."""


@dataclass(slots=True, eq=False)
class Batch(Work[BatchQuestion, Answer]):
    """The questions of a file, and the answers to the first of them.

    ``shown`` is the status of the answers that are shown (None: all questions).
    """

    name: str = ""
    shown: Status | None = None

    @property
    def requested(self) -> tuple[object, ...]:
        """What others have requested: to stop, or to show another status."""
        return (self.phase, self.shown)

    def step(self, assistant: Asker) -> Callable[[], None]:
        """Answer the next `AT_A_TIME` questions."""
        questions = (self.asked or ())[self.done :][:AT_A_TIME]
        answers = list(assistant.answers([q.text for q in questions], languages=[q.language for q in questions]))

        def store() -> None:
            self.answers += answers
            for answer in answers:
                log_answer(answer, "batch")

        return store

    def read(self, name: str, data: bytes | None) -> None:
        """Take the questions of a file; if it has a problem, keep only that. ``data`` is None for a file too large.

        While other questions are answered, nothing changes: the upload began before them.
        """
        if self.is_running:
            return
        try:
            questions = _questions(name, data)
        except TanyaError as error:
            self.problem = copy(error)  # the frames of its traceback hold the file
            return
        self.name, self.asked, self.answers, self.saved = name, questions, [], 0
        self.phase, self.shown, self.problem = "ready", None, None

    def records(self) -> list[dict[str, Any]]:
        """Return the answers so far, as the command line writes them."""
        answered = zip(self.asked or (), self.answers, strict=False)
        return [{"id": question.id} | answer.to_record() for question, answer in answered]


def _questions(name: str, data: bytes | None) -> list[BatchQuestion]:
    if data is None:
        raise labelled_error("batch_too_big", name=name)
    questions = parse_questions(name, data)
    if len(questions) > MAX_QUESTIONS:
        raise labelled_error("batch_too_many", name=name, count=len(questions))
    return questions
