from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.expectation import Expectation, expected, holds


@pytest.mark.parametrize(
    ("question", "expectation"),
    [
        ("Kapan vaksin tiba?", "date"),
        ("When did the vaccine arrive?", "date"),
        ("In what year was it signed?", "date"),
        ("Tahun berapa perjanjian itu diteken?", "date"),
        ("tanggal brp? tanggal berapa?", "date"),
        ("Berapa masker yang dikirim?", "number"),
        ("brp masker", "number"),
        ("How many masks were sent?", "number"),
        ("What percentage of people was vaccinated?", "number"),
        ("Seberapa besar dampaknya?", "number"),
        ("Beberapa negara apa saja yang disebut?", None),
        ("Apa itu diplomasi kesehatan?", None),
        ("Who sent the masks?", None),
        ("Bagaimana kebijakan lockdown?", None),
        ("", None),
    ],
)
def test_expected(question: str, expectation: Expectation | None) -> None:
    assert expected(question) == expectation


@pytest.mark.parametrize(
    ("part", "date", "number"),
    [
        ("RRT pada 31 Desember 2019, COVID-19 terus", True, True),
        ("Sejak Januari hingga Juni 2020, Wuhan ditutup", True, True),
        ("memberikan bantuan berupa Masker Bedah", False, True),
        ("Fenomena health security sebagai permasalahan global", False, False),  # COVID-19 is no number
        ("mengatasi penyebaran pandemi", False, False),
        ("pandemi dapat segera diatasi (McInnes & Lee, 2012: 49-50)", False, False),  # its source is
    ],
)
def test_holds(assistant: Assistant, part: str, date: bool, number: bool) -> None:
    (sentence,) = (s for s in assistant.paper.sentences if part in s.text)
    assert (holds(sentence, "date"), holds(sentence, "number")) == (date, number)
