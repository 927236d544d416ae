"""Who or what a name is."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answering.identities import named
from assistant.question import take
from corpus import read_paper

TEXT = """Introduction

The mayor of Arden, Ann Lea, opened the well. Later Ann B. Lea spoke to the farmers of the plain.

Corby (a village of clerks) lies in the hills. Most clerks of Corby drink from wells that were dug by hand long ago.
"""
PAPER = read_paper("arden.txt", TEXT.encode())
SCORES = np.zeros(len(PAPER.sentences), dtype=np.float32)


def sentence_of(question: str) -> str | None:
    found = named(take(question, "en"), PAPER, SCORES)
    return PAPER.sentences[found.sentence].text if found else None


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Who is Ann Lea?", "The mayor of Arden, Ann Lea"),
        ("who's ann lea", "The mayor of Arden, Ann Lea"),
        ("Siapa Ann Lea?", "The mayor of Arden, Ann Lea"),
        ("Corby", "Corby (a village of clerks)"),
    ],
)
def test_a_name_is_answered_with_the_sentence_that_says_most_of_it(question: str, begins: str) -> None:
    assert (sentence_of(question) or "").startswith(begins)


def test_an_office_is_no_name() -> None:
    paper = read_paper(
        "arden.txt", b"Wells\n\nThe well was opened by Mayor Arden and the clerks on a cold day in spring.\n"
    )
    scores = np.zeros(len(paper.sentences), dtype=np.float32)
    assert named(take("Siapa Mayor Arden?", "en"), paper, scores) is None
    found = named(take("Siapa Arden?", "en"), paper, scores)
    assert found is not None
    assert found.words == "Mayor Arden"  # without the "and the" after it


@pytest.mark.parametrize(
    "question",
    ["Who is Bob Lea?", "Who is the mayor of Corby?", "clerks", "What is the price of wells?", "Who dug the wells?"],
)
def test_what_is_no_name_or_is_not_there_is_left_to_the_search(question: str) -> None:
    assert sentence_of(question) is None
