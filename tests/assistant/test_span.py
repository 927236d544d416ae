"""Which sentences a quote holds."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.span import LONGEST, NEIGHBOUR, quoted
from corpus import LANGUAGES, load_paper
from index import Hit, PaperIndex
from index.embedder import Vectors

PAPER = load_paper()


def index_of(beginning: str) -> int:
    (found,) = (s.index for s in PAPER.sentences if s.text.startswith(beginning))
    return found


@pytest.fixture
def scores() -> Vectors:
    return np.full(len(PAPER.sentences), 0.5, np.float32)


def span(index: PaperIndex, scores: Vectors, *, is_best: bool = True, whole_list: bool = False) -> tuple[int, int]:
    best: Hit = index.best(scores, 1)[0]
    return quoted(PAPER, best, scores, is_best=is_best, whole_list=whole_list)


def test_a_neighbour_that_scores_nearly_as_well_is_quoted_too(paper_index: PaperIndex, scores: Vectors) -> None:
    priorities = index_of("Pada tanggal 7 Januari 2021")
    scores[priorities] = 0.9
    assert span(paper_index, scores) == (priorities, priorities)
    scores[priorities + 1] = 0.9 - 0.9 * NEIGHBOUR
    assert span(paper_index, scores) == (priorities, priorities + 1)
    scores[priorities - 1] = 0.9 - 0.5 * NEIGHBOUR  # nearer still
    assert span(paper_index, scores) == (priorities - 1, priorities)


def test_only_the_best_hit_grows(paper_index: PaperIndex, scores: Vectors) -> None:
    priorities = index_of("Pada tanggal 7 Januari 2021")
    scores[priorities : priorities + 2] = 0.9
    assert span(paper_index, scores, is_best=False) == (priorities, priorities)


def test_a_quote_stays_in_its_paragraph(paper_index: PaperIndex, scores: Vectors) -> None:
    first = index_of("Dari kelima prioritas tersebut")
    scores[first - 1 : first + 1] = 0.9, 0.91
    assert PAPER.sentences[first - 1].paragraph != PAPER.sentences[first].paragraph
    assert span(paper_index, scores) == (first, first)


def test_a_list_is_quoted_whole_where_it_is_asked_for(paper_index: PaperIndex, scores: Vectors) -> None:
    lead = index_of("Hal ini sejalan dengan 3 resolusi WHO")
    scores[lead] = 0.9
    assert span(paper_index, scores) == (lead, lead + 3)
    assert span(paper_index, scores, is_best=False) == (lead, lead)
    scores[lead + 2] = 0.95
    assert span(paper_index, scores) == (lead + 2, lead + 2)
    assert span(paper_index, scores, whole_list=True) == (lead, lead + 3)


def test_of_a_long_list_or_a_table_as_much_is_quoted_as_there_is_room_for(
    paper_index: PaperIndex, scores: Vectors
) -> None:
    caption = index_of("Tabel 1.")
    scores[caption] = 0.9
    first, last = span(paper_index, scores)
    assert first == caption
    assert PAPER.sentences[last].kind == "row"
    for language in LANGUAGES:
        assert len(" ".join(PAPER.texts(s)[language] for s in range(first, last + 1))) < LONGEST
    scores[last + 1] = 0.95  # a row for which there would be no room
    assert span(paper_index, scores, whole_list=True) == (last + 1, last + 1)


def test_a_caption_comes_with_its_source(paper_index: PaperIndex, scores: Vectors) -> None:
    caption = index_of("Gambar 3.")
    scores[caption] = 0.9
    for is_best in (True, False):
        assert span(paper_index, scores, is_best=is_best) == (caption, caption + 1)
