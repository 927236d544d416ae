"""The base of everything that answers questions: one, many at once, or a conversation."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from typing import Any, Final
from weakref import proxy

from assistant.answer import Answer
from assistant.answering.together import together
from assistant.errors import QuestionError
from assistant.question import LONGEST_QUESTION, Question, take
from corpus import Language
from index.embedder import Progress

_BATCH: Final = 64  # Questions that are answered together. A longer batch can be stopped between two such groups.
_REMEMBERED: Final = 512  # answers that are kept, for the same question asked again


class Asker(ABC):
    """Answers questions. Asking is thread-safe."""

    def __init__(self) -> None:
        # People click the same suggestions and examples, and reload the same links. The cache holds a weak reference,
        # for it must not keep a closed paper's index alive.
        self._remembered = lru_cache(_REMEMBERED)(partial(type(self)._answered, proxy(self)))

    @property
    @abstractmethod
    def identity(self) -> dict[str, str]:
        """What decides the answers, such as the paper's text and the models. Equal identities give equal answers."""

    @abstractmethod
    def answer(self, batch: Sequence[Question]) -> list[Answer]:
        """Answer questions together, none of which has an error. The method `answers` sets the ``seconds``."""

    def ask(self, question: str, *, language: Language | None = None, context: str | None = None) -> Answer:
        """Answer one question.

        ``language`` is detected from the question's words if it is None. ``context`` is an earlier question that this
        one follows. Raises QuestionError.
        """
        began = time.perf_counter()
        # A question that is too long to be asked is an error, and not worth keeping.
        remember = isinstance(question, str) and max(len(question), len(context or "")) <= LONGEST_QUESTION
        asked = (question, language, context)
        answer = self._remembered(*asked) if remember else self._answered(*asked)
        if answer.error:
            raise QuestionError(answer.error)
        return replace(answer, seconds=round(time.perf_counter() - began, 4))

    def ask_many(
        self,
        questions: Sequence[Any],
        *,
        language: Language | None = None,
        progress: Progress | None = None,
    ) -> list[Answer]:
        """Answer questions in their order. One that cannot be asked gets an answer with the status "error".

        ``progress`` is called with (done, total) after each answer; an exception raised by it ends the work.
        """
        answers = []
        for answer in self.answers(questions, languages=[language] * len(questions)):
            answers.append(answer)
            if progress:
                progress(len(answers), len(questions))
        return answers

    def answers(
        self,
        questions: Sequence[Any],
        *,
        languages: Sequence[Language | None],
        contexts: Sequence[str | None] | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer to each question in order, computed in batches of bounded size."""
        asked = map(take, questions, languages, contexts or [None] * len(questions))
        while batch := list(islice(asked, _BATCH)):
            began = time.perf_counter()
            answered = iter(self.answer([part for question in batch for part in parts_of(question)]))
            answers = [joined(question, [next(answered) for _ in parts_of(question)]) for question in batch]
            seconds = (time.perf_counter() - began) / len(batch)
            for answer in answers:
                yield replace(answer, seconds=round(seconds, 4))

    def conversation(self, previous: str | None = None) -> Conversation:
        """Begin a conversation, in which a question may follow the one before. ``previous`` resumes an earlier one."""
        return Conversation(self, previous)

    def _answered(self, question: Any, language: Language | None, context: str | None) -> Answer:
        return next(self.answers([question], languages=[language], contexts=[context]))


class Conversation:
    """Questions that may follow one another. Only the last question that stood alone is kept."""

    def __init__(self, assistant: Asker, previous: str | None = None) -> None:
        self._assistant = assistant
        self.topic = previous
        """The last question that stood alone, by which a follow-up is understood."""

    def ask(self, question: str, *, language: Language | None = None) -> Answer:
        """Answer a question. One that cannot stand alone is read together with the last one that did.

        Raises QuestionError, after which the conversation is as it was.
        """
        answer = self._assistant.ask(question, language=language, context=self.topic)
        if not answer.understood_as and answer.kind != "talk":
            self.topic = question
        return answer


def parts_of(question: Question) -> Sequence[Question]:
    """Return the questions to answer for one: its parts, or itself; none if it cannot be asked."""
    if question.error is not None:
        return ()
    return question.parts or (question,)


def joined(question: Question, answers: Sequence[Answer]) -> Answer:
    """Return the answer to a question from the answers to its `parts_of`."""
    if question.error is not None:
        return Answer(question.text, question.language, "error", error=question.error)
    return together(question, answers) if question.parts else answers[0]
