from __future__ import annotations

import pytest

from assistant import Assistant, QuestionError
from assistant.conversation import in_context, stands_alone

STANDALONE = [
    "What is health diplomacy?",
    "How many masks did Sichuan send?",
    "Why was Wuhan locked down?",
    "What does this study analyse?",
    "Is there a vaccine against malaria?",
    "In which year was the agreement signed?",
    "Sources of income for farmers?",  # does not begin with "so"
    "Apa itu paradiplomasi?",
    "Apa metode penelitian ini?",
    "Mengapa Wuhan ditutup?",
    "Berapa jumlah korbannya di Amerika?",  # "-nya" points at nothing
    "Dari mana asal vaksin Sinovac?",
    "Andalan ekspor Jawa Barat apa?",  # does not begin with "and"
    "Bagaimana peran pemerintah daerah dalam diplomasi kesehatan?",
]
FOLLOW_UPS = [
    "And how many went to BNPB?",
    "What about Chongqing?",
    "How about the other provinces?",
    "When did they arrive?",
    "Who sent them?",
    "Why?",
    "In which city?",
    "How much did that cost?",
    "What else was sent?",
    "Was it effective?",
    "  and then what happened?",
    "Dan berapa yang dikirim ke BNPB?",
    "Kalau Chongqing?",
    "Bagaimana dengan provinsi lain?",
    "Lalu apa hasilnya?",
    "Kapan?",
    "Di kota mana?",
    "Apa tujuannya?",
    "Siapa yang mengirim itu?",
    "Apa lagi yang dikirim?",
    "Berapa lama mereka di sana?",
    "Mengapa demikian?",
    "",
]


@pytest.mark.parametrize(
    ("previous", "question", "understood"),
    [
        (
            "Berapa paket masker dari Sichuan?",
            "Siapa yang memintanya?",
            "Siapa yang memintanya (paket masker dari Sichuan)?",
        ),
        ("How many isolation centres are there?", "When was that?", "When was that (isolation centres are there)?"),
        (
            "How many activities are there with China?",
            "And with Japan?",
            "How many activities are there with China? And with Japan?",
        ),
        ("How many are there with China?", "What about Japan?", "How many are there with China? What about Japan?"),
        ("Kapan?", "Di mana?", "Kapan? Di mana?"),
    ],
)
def test_in_context(previous: str, question: str, understood: str) -> None:
    assert in_context(question, previous) == understood


@pytest.mark.parametrize("question", STANDALONE)
def test_stands_alone(question: str) -> None:
    assert stands_alone(question)


@pytest.mark.parametrize("question", FOLLOW_UPS)
def test_follows(question: str) -> None:
    assert not stands_alone(question)


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
