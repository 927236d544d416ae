from __future__ import annotations

import pytest

from assistant import Assistant, QuestionError


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
