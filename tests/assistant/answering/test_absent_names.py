"""A name is called absent only where the paper has it in no form and in neither language; a refusal names it."""

from __future__ import annotations

import pytest

from assistant.answering.absent_names import Names, refusal
from assistant.question import take
from index import PaperIndex


@pytest.mark.parametrize(
    "question",
    [
        "What did the Chinese partner say?",
        "Apa kata Dinas Kesehatan, Office dan Governor?",
        "What Is The Price Of Vaccines In Turkey?",
        "What does the Indonesian government do for Moroccan students?",
        "Why did the World Health Organization say so?",
        "Did 8 countries sign in 2016?",
        "Apa itu PRC dan UK?",
        "How many have 40,000 packs?",
        "What does Table 1 show?",
        "Apa isi gambar 3?",
    ],
)
def test_what_the_paper_has_in_some_form_is_not_absent(paper_index: PaperIndex, question: str) -> None:
    assert Names(paper_index).absent(question) == []


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("Why was it signed in Chengdu?", ["Chengdu"]),
        ("Is the app there for the iPhone?", ["iPhone"]),
        ("What did the largest party (Golkar) say?", ["Golkar"]),
        ("How high is Mount Everest?", ["Mount Everest"]),
        ("What happened in 1987?", ["1987"]),
        ("Apakah ada 73.512 relawan?", ["73.512"]),
        ("What does Table 7 show?", ["Table 7"]),
        ("Apa isi gambar 1987?", ["gambar 1987"]),
    ],
)
def test_what_it_nowhere_has_is_named(paper_index: PaperIndex, question: str, absent: list[str]) -> None:
    assert Names(paper_index).absent(question) == absent


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When was Pikobar launched?", "I did not find this in the paper."),
        ("Is there another plan?", "I did not find this in the paper."),
        ("Pikobar kpn sih rilisnya?", "Saya tidak menemukan ini di makalah."),
        ("Mengapa programnya berhenti?", "Saya tidak menemukan ini di makalah."),
    ],
)
def test_a_refusal_says_that_it_was_not_found(question: str, text: str) -> None:
    assert refusal(take(question, None), []) == text


def test_a_refusal_names_what_the_paper_nowhere_mentions() -> None:
    assert refusal(take("When did Moderna come?", None), ["Moderna"]) == (
        "I did not find this in the paper. It nowhere mentions “Moderna”."
    )
    assert refusal(take("Siapa Emmanuel Macron?", None), ["Emmanuel", "Macron"]) == (
        "Saya tidak menemukan ini di makalah. “Emmanuel Macron” tidak ada di dalamnya."
    )


def test_names_that_stand_side_by_side_are_one_and_others_are_not() -> None:
    question = take("Is Mount Everest higher than Mount Fuji?", None)
    assert refusal(question, ["Mount", "Everest", "Fuji"]).endswith("mentions “Mount Everest”, “Fuji”.")


def test_a_refusal_names_no_more_than_three() -> None:
    many = refusal(take("Apakah A1, B1, C1, D1?", None), ["A1", "B1", "C1", "D1"])
    assert many == "Saya tidak menemukan ini di makalah. “A1”, “B1”, “C1” tidak ada di dalamnya."
