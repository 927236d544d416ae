from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.asking_words import Expected
from assistant.expectation import BONUS, IN_NAMED_PART, NUMBER, bonuses, gives_reason, holds, sections_of
from assistant.question import Kind, take
from corpus import read_paper


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
        ("Beberapa negara apa saja yang disebut?", "place"),
        ("Apa itu diplomasi kesehatan?", None),
        ("Who sent the masks?", "person"),
        ("How old was the first patient?", "age"),
        ("Berapa usia pasien pertama?", "age"),
        ("Di mana perjanjian itu diteken?", "place"),
        ("Bagaimana kebijakan lockdown?", None),
        ("", None),
    ],
)
def test_expected(question: str, expectation: Expected | None) -> None:
    assert take(question, None).expected == expectation


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
    assert (holds(sentence.text, "date"), holds(sentence.text, "number")) == (date, number)


@pytest.mark.parametrize(
    ("text", "is_reason"),
    [
        ("The border was closed because of the flood.", True),
        ("b. bahwa peraturan yang lama tidak sesuai lagi;", True),
        ("Menimbang: a. bahwa peraturan yang lama tidak sesuai lagi;", True),
        ("Menteri menyatakan bahwa perbatasan ditutup.", False),
    ],
)
def test_a_reason(text: str, is_reason: bool) -> None:
    assert gives_reason(text) == is_reason


@pytest.mark.parametrize(
    ("text", "is_age"),
    [("a girl aged 7", True), ("pasien berusia 30 tahun", True), ("a 12-year-old well", True), ("in 1998", False)],
)
def test_an_age(text: str, is_age: bool) -> None:
    assert holds(text, "age") == is_age


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Apa saja tiga resolusi WHO itu?", "list"),
        ("negara mana aja mitranya", "list"),
        ("What are the five priorities?", "list"),
        ("Which three strategies did Yurianto name?", "list"),
        ("What is the second resolution?", "fact"),
        ("Kapan MoU ditandatangani?", "fact"),
        ("Siapa penulis makalah ini?", "file"),
        ("When was this paper published?", "file"),
    ],
)
def test_a_list_or_a_fact_about_the_file_is_asked_for(question: str, kind: Kind) -> None:
    assert take(question, None).kind == kind


PAPER = read_paper(
    "wells.txt",
    b"""ABSTRACT:

This study counts wells. They were dug in 1998.

2. Method

All 12 villages were visited (Lea, 2001).

IV. Conclusion

The wells are in use.""",
)


def test_the_sections_of_a_part_are_those_titled_so() -> None:
    topics = ("summary", "method", "conclusion")
    titles = {topic: [PAPER.sections[s].title for s in sections_of(PAPER, topic)] for topic in topics}
    assert titles == {"summary": ["ABSTRACT"], "method": ["2. Method"], "conclusion": ["IV. Conclusion"]}
    assert sections_of(PAPER, "limitations") == []


@pytest.mark.parametrize(
    ("question", "gaining"),
    [
        ("Where are the wells?", {}),
        ("When were the wells dug?", {"They were dug in 1998.": BONUS}),
        (
            "How many villages were visited?",
            {"They were dug in 1998.": BONUS, "All 12 villages were visited (Lea, 2001).": BONUS},
        ),
        ("Which wells does the conclusion name?", {"The wells are in use.": IN_NAMED_PART}),
        (
            "How many villages does the method name?",
            {"They were dug in 1998.": BONUS, "All 12 villages were visited (Lea, 2001).": BONUS + IN_NAMED_PART},
        ),
    ],
)
def test_sentences_gain_that_hold_what_is_asked_for(question: str, gaining: dict[str, float]) -> None:
    gained = bonuses(take(question, None), PAPER)
    found = {s.text: float(gained[s.index]) for s in PAPER.sentences if s.kind == "text" and gained[s.index]}
    assert found == pytest.approx(gaining)


def test_what_each_one_holds_is_no_number_of_them() -> None:
    assert [found[0].strip() for found in NUMBER.finditer("Masker @100 CHINA sebanyak 20.000 paket")] == ["20.000"]
