"""Which sentences an answer cites, in which order, and with which answering words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from assistant.answering.citing import CITED, cite_best, cite_sentences, lifted
from assistant.question import take
from assistant.reader import Reading
from assistant.searching import ReadSentence
from index import PaperIndex
from index.encoders import Vectors
from tests.assistant.answering.small import index_of, level_scores

QUESTION = take("When were the wells dug?", None)


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return index_of()


def sentence(index: PaperIndex, beginning: str) -> int:
    (found,) = (s.index for s in index.paper.sentences if s.text.startswith(beginning))
    return found


def scored(index: PaperIndex, *best: int) -> Vectors:
    """Return scores of which these sentences have the highest, in this order."""
    return lifted(level_scores(index), best)


def test_sentences_are_cited_in_the_order_that_is_wanted(index: PaperIndex) -> None:
    wanted = [sentence(index, "They were dug"), sentence(index, "Arden has eleven")]
    citations = cite_sentences(index, wanted)
    assert [(c.marker, c.quote[:10]) for c in citations] == [(1, "They were "), (2, "Arden has ")]
    assert all(index.paper.text[c.start : c.end] == c.quote for c in citations)


def test_what_is_not_searched_keeps_its_score(index: PaperIndex) -> None:
    scores = np.array([0.5, -np.inf, 0.2, 0.4], np.float32)
    raised = lifted(scores, [1, 2, 3], step=1.0)
    assert raised.tolist() == pytest.approx([0.5, -np.inf, 2.5, 1.5])
    assert scores.tolist() == pytest.approx([0.5, -np.inf, 0.2, 0.4])


def test_no_more_than_a_few_passages_are_cited_each_once(index: PaperIndex) -> None:
    citations = cite_best(index, QUESTION, scored(index, sentence(index, "They were dug")))
    assert [citation.marker for citation in citations] == list(range(1, CITED + 1))
    assert "They were dug by hand" in citations[0].quote
    spans = sorted((citation.start, citation.end) for citation in citations)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_the_first_are_cited_each_by_itself_even_as_neighbours(index: PaperIndex) -> None:
    first, second = sentence(index, "Old wells stand"), sentence(index, "They were dug")
    citations = cite_best(index, QUESTION, scored(index, first, second), first=2)
    assert [c.quote[:9] for c in citations[:2]] == ["Old wells", "They were"]


def test_the_answering_words_are_the_readers_surest_in_the_quote(index: PaperIndex) -> None:
    dug = sentence(index, "They were dug")
    read = [
        ReadSentence(dug, "1898", Reading(2.0, 0, 4, 0.9)),
        ReadSentence(dug, "hand", Reading(1.0, 0, 4, 0.9)),
        ReadSentence(dug, "2020", Reading(3.0, 0, 4, 0.9)),  # not in the quote
        ReadSentence(sentence(index, "Arden has"), "eleven villages", Reading(-1.0, 0, 4, 0.9)),  # does not answer
    ]
    citations = cite_best(index, QUESTION, scored(index, dug, sentence(index, "Arden has")), read)
    assert citations[0].words == "1898"
    assert {citation.words for citation in citations[1:]} == {""}
