from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.expectation import Expectation, asks_for_list, expected, holds, is_about_any_paper


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


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Apa saja tiga resolusi WHO itu?", True),
        ("negara mana aja mitranya", True),
        ("What are the five priorities?", True),
        ("Which three strategies did Yurianto name?", True),
        ("What is the second resolution?", False),
        ("Kapan MoU ditandatangani?", False),
    ],
)
def test_a_list_is_asked_for(question: str, asks: bool) -> None:
    assert asks_for_list(question) is asks


@pytest.mark.parametrize("question", ["Siapa penulis makalah ini?", "When was this paper published?"])
def test_who_wrote_a_paper_and_when_is_a_fact_like_any_other(question: str) -> None:
    assert not is_about_any_paper(question)
