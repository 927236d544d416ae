"""How much is read for a question: in rounds, until it is answered or hopeless."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unittest.mock import create_autospec

import numpy as np
import pytest

from assistant.question import take
from assistant.reader import Reader, Reading
from assistant.searching import CERTAIN, HOPELESS, READING, ROUNDS, SURE, Searched, Searcher
from index import PaperIndex
from tests.assistant.answering.small import index_of

VILLAGES = (
    "Corby",
    "Stoke",
    "Barton",
    "Weldon",
    "Pytchley",
    "Rothwell",
    "Desborough",
    "Geddington",
    "Oundle",
    "Thrapston",
)
TEXT = "1. Wells\n\n" + " ".join(f"{name} has old wells beside the church of {name}." for name in VILLAGES * 2)
QUESTION = "Where are the old wells of Stoke?"

Logit = Callable[[int], float]
"""The logit of the nth text that is read, from 0."""


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return index_of(TEXT)


def search(index: PaperIndex, logit: Logit, questions: Sequence[str] = (QUESTION,)) -> tuple[list[Searched], list[int]]:
    """Search with a reader that gives such logits; return what was found, and how many texts each call read."""
    reader = create_autospec(Reader, instance=True)
    calls: list[int] = []

    def read(pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        before = sum(calls)
        calls.append(len(pairs))
        return [Reading(logit(before + nth), 0, 1, 1.0) for nth in range(len(pairs))]

    reader.read.side_effect = read
    return Searcher(index, reader).search([take(question, "en") for question in questions]), [n for n in calls if n]


@pytest.mark.parametrize(
    ("logit", "read"),
    [
        (lambda nth: CERTAIN, list(ROUNDS[:1])),
        (lambda nth: CERTAIN if nth == ROUNDS[0] else -1.0, list(ROUNDS[:2])),
        (lambda nth: HOPELESS - 1, list(ROUNDS[:2])),
        (lambda nth: CERTAIN - 0.1, list(ROUNDS)),
        (lambda nth: HOPELESS, list(ROUNDS)),
    ],
    ids=["certain at once", "certain in the second round", "hopeless", "nearly certain", "nearly hopeless"],
)
def test_rounds_end_once_a_question_is_decided(index: PaperIndex, logit: Logit, read: list[int]) -> None:
    [searched], calls = search(index, logit)
    assert calls == read
    assert len(searched.read) == sum(read)


def test_questions_of_a_batch_are_read_together(index: PaperIndex) -> None:
    questions = [f"Where are the old wells of {name}?" for name in VILLAGES[:5]]
    found, calls = search(index, lambda nth: CERTAIN if nth < ROUNDS[0] else -1.0, questions)
    assert calls == [5 * ROUNDS[0], 4 * ROUNDS[1], 4 * ROUNDS[2]]
    assert [len(searched.read) for searched in found] == [ROUNDS[0]] + 4 * [sum(ROUNDS)]


def test_what_was_read_ranks_before_what_is_alike_and_was_not(index: PaperIndex) -> None:
    [searched], _ = search(index, lambda nth: SURE if nth == 2 else -SURE)
    best = searched.read[2].sentence
    others = [sentence.sentence for sentence in searched.read if sentence.sentence != best]
    [without], _ = search(index, lambda nth: -SURE)
    assert searched.scores[best] - without.scores[best] == pytest.approx(READING * 2 * SURE, abs=1e-5)
    assert np.array_equal(searched.scores[others], without.scores[others])


def test_a_paper_shorter_than_a_round(index: PaperIndex) -> None:
    [searched], calls = search(index_of("1. Wells\n\nCorby has wells. Stoke has none of them."), lambda nth: -1.0)
    assert calls == [2]
    assert len(searched.read) == 2


def test_no_question_at_all(index: PaperIndex) -> None:
    assert search(index, lambda nth: 0.0, ()) == ([], [])
