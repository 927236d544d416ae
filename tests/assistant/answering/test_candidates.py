"""The sentences that a statement is compared with."""

from __future__ import annotations

import pytest

from assistant.answering.candidates import Candidates
from assistant.answering.citing import lifted
from assistant.answering.specifics import specifics
from assistant.searching import Searched
from index import PaperIndex
from tests.assistant.answering.small import COUNCIL, NO_TERMS, index_of, level_scores


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return index_of(COUNCIL)


@pytest.fixture(scope="module")
def candidates(index: PaperIndex) -> Candidates:
    return Candidates(index)


def sentence(index: PaperIndex, words: str) -> int:
    (found,) = (s.index for s in index.paper.sentences if words in s.text)
    return found


def test_a_candidate_has_the_specifics_around_it_and_a_share_of_the_words() -> None:
    index = index_of()
    candidates, stand = Candidates(index), sentence(index, "Old wells stand")
    found = candidates.candidate(stand, "en", candidates.content("wells, farmers and cows", "en"))
    assert (found.sentence, found.own) == (stand, [])
    assert {near.value for near in found.around} == {1898.0}  # of the sentence after it
    assert found.share == pytest.approx(2 / 3)  # the farmers, too, are in the sentence after it
    assert candidates.candidate(stand, "en", set()).share == 1


def test_all_rows_of_a_table_that_was_found(index: PaperIndex, candidates: Candidates) -> None:
    for words in ("2 Corby", "Wells dug in the villages"):
        found = candidates.candidate(sentence(index, words), "en", set())
        rows = candidates.rows([found], "en", set())
        assert [row.text[:7] for row in rows] == ["1 Upper", "2 Corby", "3 Stoke", "4 Wick "]
    apart = candidates.candidate(sentence(index, "keeps a record"), "en", set())
    assert list(candidates.rows([apart], "en", set())) == []


def test_what_a_number_counts(candidates: Candidates) -> None:
    text = "There are 12 old wells, and 40."
    twelve, forty = specifics(text, NO_TERMS)
    assert candidates.unit(text, twelve, "en") == "old"
    assert candidates.unit(text, forty, "en") is None


def test_content_is_stems_in_either_spelling_without_specifics(candidates: Candidates) -> None:
    assert candidates.content("They organised it", "en") == candidates.content("They organized it", "en")
    text = "The wells of Corby were dug in 1898"
    assert candidates.content(text, "en", specifics(text, NO_TERMS)) == candidates.content("wells dug", "en")


def test_the_nearest_are_the_best_sentences(index: PaperIndex, candidates: Candidates) -> None:
    wanted = [sentence(index, "2 Corby"), sentence(index, "paid for")]
    found = index.search(["wells"], ["en"])[0]
    searched = Searched("wells", found, lifted(level_scores(index), wanted), [])
    assert candidates.nearest(searched)[:2] == wanted
