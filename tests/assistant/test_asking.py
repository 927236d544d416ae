"""What all askers share, and conversations."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence

import pytest

from assistant import Assistant, QuestionError
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


def test_a_follow_up_leans_on_the_last_question_that_stood_alone(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    assert conversation.topic is None
    first = "Mengapa Wuhan ditutup?"
    assert conversation.ask(first).understood_as is None
    assert assistant.ask("Kapan?").status == "not_in_paper"
    followed = conversation.ask("Kapan?")
    assert (followed.question, followed.status) == ("Kapan?", "answered")
    assert followed.understood_as == "Kapan (Wuhan ditutup)?"
    assert "Sejak Januari hingga Juni 2020, Wuhan ditutup" in followed.citations[0].quote
    assert conversation.ask("Mengapa demikian?").understood_as == "Mengapa demikian (Wuhan ditutup)?"
    assert conversation.topic == first
    second = "What is Pikobar?"
    assert conversation.ask(second).understood_as is None
    assert conversation.topic == second


def test_a_conversation_can_be_taken_up(assistant: Assistant) -> None:
    taken_up = assistant.conversation("How many masks did Sichuan give?").ask("When?", language="id")
    assert taken_up.understood_as == "When (masks did Sichuan give)?"
    assert taken_up.language == "id"


def test_the_first_question_leans_on_nothing(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    assert conversation.ask("And masks?").understood_as is None
    assert conversation.topic == "And masks?"


def test_a_bad_question_leaves_the_conversation_as_it_was(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    with pytest.raises(QuestionError, match="no words"):
        conversation.ask("123?", language="en")
    assert conversation.topic is None
    conversation.ask("What is Pikobar?")
    for bad in ("", "?!", "How long is this question? " * 60):
        with pytest.raises(QuestionError):
            conversation.ask(bad)
    assert conversation.topic == "What is Pikobar?"


def test_small_talk_leaves_the_conversation_as_it_was(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = "How many activities are there with China?"
    conversation.ask(first)
    assert conversation.ask("Thanks!").status == "replied"
    assert conversation.topic == first
    assert conversation.ask("And with Japan?").understood_as == "How many activities are there with Japan?"
