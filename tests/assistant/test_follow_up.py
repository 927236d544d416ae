"""Which questions follow the one before, and what they are understood as."""

from __future__ import annotations

import pytest

from assistant.follow_up import in_context, names_somebody, only_names, stands_alone

STANDALONE = [
    "Apa bedanya diplomasi dan paradiplomasi?",
    "apa artinya paradiplomasi menurut penulis",
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
            "How many activities are there with Japan?",
        ),
        ("How many are there with China?", "What about Japan?", "How many are there with Japan?"),
        ("How many are there with China?", r"And with \d?", r"How many are there with \d?"),
        ("Ada berapa kegiatan dengan Tiongkok?", "Kalau dengan Jepang?", "Ada berapa kegiatan dengan Jepang?"),
        ("Berapa persen kasus di Jawa Barat?", "Bagaimana dengan Bali?", "Berapa persen kasus di Bali?"),
        ("Which country has the most activities?", "And the fewest?", "Which country has the fewest activities?"),
        ("Negara mana yang paling banyak?", "Kalau yang paling sedikit?", "Negara mana yang paling sedikit?"),
        # Nothing of the question before is what takes its place.
        ("How many masks were sent?", "And with Japan?", "How many masks were sent? And with Japan?"),
        ("How many masks did Sichuan send?", "And when?", "And when (masks did Sichuan send)?"),
        ("Where is Bali?", "And the fewest?", "Where is Bali? And the fewest?"),
        ("Kapan?", "Di mana?", "Kapan? Di mana?"),
        ("What's wrong with the pact?", "And who signed it?", "And who signed it (wrong with the pact)?"),
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


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("masks", True),
        ("Sister City", True),
        ("", False),
        ("Kapan?", False),
        ("dan Jepang", False),
        ("di Jepang", False),
        ("them", False),
        ("paket masker medis", False),
    ],
)
def test_only_names(question: str, is_one: bool) -> None:
    assert only_names(question) is is_one


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who leads BNPB?", True),
        ("Siapa Gubernur itu?", True),
        ("Who leads it?", False),
        ("Sichuan", False),
        ("", False),
    ],
)
def test_names_somebody(question: str, names: bool) -> None:
    assert names_somebody(question) is names
