"""A name is called absent only where the paper has it in no form and in neither language."""

from __future__ import annotations

import pytest

from assistant.answering.absent_names import Names
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
