"""What all askers share, without a model."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.answering.paragraphs import said
from assistant.asking import Asker
from assistant.question import Question


class Echo(Asker):
    """Answers with the question as it is understood, and keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Question] = []

    @property
    def identity(self) -> dict[str, str]:
        return {}

    def answer(self, batch: Sequence[Question]) -> list[Answer]:
        self.asked += batch
        return [
            Answer(
                question.text, question.language, "answered", question.kind, paragraphs=(said(question.understood_as),),
                understood_as=question.understood_as if question.leans else None,
            )
            for question in batch
        ]  # fmt: skip


def test_what_was_asked_is_remembered() -> None:
    echo = Echo()
    assert [echo.ask("Kapan tiba?").text for _ in range(3)] == ["Kapan tiba?"] * 3
    assert len(echo.asked) == 1


def test_several_questions_at_once_are_asked_each_and_answered_together() -> None:
    echo = Echo()
    first, several, bad, last = echo.ask_many(["Kapan?", "What is BNPB? Who leads it?", "", "Siapa?"])
    assert [question.text for question in echo.asked] == ["Kapan?", "What is BNPB?", "Who leads it?", "Siapa?"]
    assert several.question == "What is BNPB? Who leads it?"
    assert several.text == "What is BNPB?\n\nWho leads it (BNPB)?"
    assert (first.text, bad.status, last.text) == ("Kapan?", "error", "Siapa?")


def test_a_follow_up_is_understood_by_the_question_before() -> None:
    answer = Echo().ask("And from Jakarta?", context="How many masks came from Bandung?")
    assert (answer.question, answer.understood_as) == ("And from Jakarta?", "How many masks came from Jakarta?")


def test_what_is_remembered_does_not_keep_an_asker_alive() -> None:
    gc.collect()
    gc.disable()
    try:
        echo = Echo()
        echo.ask("Kapan tiba?")
        left = weakref.ref(echo)
        del echo
        assert left() is None
    finally:
        gc.enable()
