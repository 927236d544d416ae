"""The sentences that a statement is compared with."""

from __future__ import annotations

import pytest

from assistant.answering.candidates import Statement
from assistant.answering.citing import lifted
from assistant.answering.specifics import specifics
from assistant.searching import Searched
from index import PaperIndex
from tests.assistant.answering.small import COUNCIL, NO_TERMS, index_of, level_scores


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return index_of(COUNCIL)


@pytest.fixture(scope="module")
def statement(index: PaperIndex) -> Statement:
    return Statement(index, "The 12 old wells of Corby", "en")


def sentence(index: PaperIndex, words: str) -> int:
    (found,) = (s.index for s in index.paper.sentences if words in s.text)
    return found


def test_a_candidate_has_the_specifics_around_it_and_a_share_of_the_words() -> None:
    index = index_of()
    stand = sentence(index, "Old wells stand")
    found = Statement(index, "wells, farmers and cows", "en").candidate(stand)
    assert (found.sentence, found.own) == (stand, [])
    assert {near.value for near in found.around} == {1898.0}  # of the sentence after it
    assert found.share == pytest.approx(2 / 3)  # the farmers, too, are in the sentence after it
    assert Statement(index, "1898", "en").candidate(stand).share == 1  # it has no words


def test_all_rows_of_a_table_that_was_found(index: PaperIndex, statement: Statement) -> None:
    for words in ("2 Corby", "Wells dug in the villages"):
        rows = statement.rows([statement.candidate(sentence(index, words))])
        assert [row.text[:7] for row in rows] == ["1 Upper", "2 Corby", "3 Stoke", "4 Wick "]
    apart = statement.candidate(sentence(index, "keeps a record"))
    assert list(statement.rows([apart])) == []


def test_what_a_number_counts(statement: Statement) -> None:
    text = "There are 12 old wells, and 40."
    twelve, forty = specifics(text, NO_TERMS)
    assert statement.unit(text, twelve) == "old"
    assert statement.unit(text, forty) is None


def test_content_is_stems_in_either_spelling_without_specifics(statement: Statement) -> None:
    assert statement.content("They organised it") == statement.content("They organized it")
    text = "The wells of Corby were dug in 1898"
    assert statement.content(text, specifics(text, NO_TERMS)) == statement.content("wells dug")


def test_what_a_candidate_confirms(index: PaperIndex, statement: Statement) -> None:
    assert [specific.value for specific in statement.claimed] == [12.0, "corby"]
    assert [specific.value for specific in statement.met(statement.candidate(sentence(index, "1 Upper")))] == [12.0]


def test_the_nearest_are_the_best_sentences(index: PaperIndex, statement: Statement) -> None:
    wanted = [sentence(index, "2 Corby"), sentence(index, "paid for")]
    found = index.search(["wells"], ["en"])[0]
    searched = Searched(found, lifted(level_scores(index), wanted), [])
    assert [candidate.sentence for candidate in statement.nearest(searched)][:2] == wanted
