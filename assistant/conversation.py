"""Questions that may follow one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import Language

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.asking import Asker


class Conversation:
    """Questions that may follow one another. Only the last question that stood alone is kept."""

    def __init__(self, assistant: Asker, previous: str | None = None) -> None:
        self._assistant = assistant
        self._topic = previous

    @property
    def topic(self) -> str | None:
        """The last question that stood alone, by which a follow-up is understood."""
        return self._topic

    def ask(self, question: str, *, language: Language | None = None) -> Answer:
        """Answer a question. One that cannot stand alone is read together with the last one that did.

        Raises QuestionError, after which the conversation is as it was.
        """
        answer = self._assistant.ask(question, language=language, context=self._topic)
        if not answer.understood_as and answer.kind != "talk":
            self._topic = question
        return answer
