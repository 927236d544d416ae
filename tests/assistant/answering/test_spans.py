"""Which sentences a quote holds."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answering.spans import LONGEST_QUOTED_LIST, NEIGHBOUR, quote_span
from assistant.question import Kind
from corpus import LANGUAGES, load_paper, read_paper
from index import Hit, PaperIndex
from index.encoders import Vectors

PAPER = load_paper()
KINDS: tuple[Kind, ...] = ("fact", "list")


def index_of(beginning: str) -> int:
    (found,) = (s.index for s in PAPER.sentences if s.text.startswith(beginning))
    return found


@pytest.fixture
def scores() -> Vectors:
    return np.full(len(PAPER.sentences), 0.5, np.float32)


def span(index: PaperIndex, scores: Vectors, *, is_best: bool = True, kind: Kind = "fact") -> tuple[int, int]:
    best: Hit = index.best(scores, 1)[0]
    return quote_span(PAPER, best, scores, is_best=is_best, kind=kind)


def test_a_neighbour_that_scores_nearly_as_well_is_quoted_too(paper_index: PaperIndex, scores: Vectors) -> None:
    priorities = index_of("Pada tanggal 7 Januari 2021")
    scores[priorities] = 0.9
    assert span(paper_index, scores, kind="manner") == (priorities, priorities)
    scores[priorities + 1] = 0.9 - 0.9 * NEIGHBOUR
    assert span(paper_index, scores, kind="manner") == (priorities, priorities + 1)
    scores[priorities - 1] = 0.9 - 0.5 * NEIGHBOUR  # nearer still
    assert span(paper_index, scores, kind="manner") == (priorities - 1, priorities)


def test_what_a_sentence_announces_is_quoted_with_it(paper_index: PaperIndex, scores: Vectors) -> None:
    priorities = index_of("Pada tanggal 7 Januari 2021")  # "ada 5 prioritas"
    scores[priorities] = 0.9
    scores[priorities - 1] = 0.9 - 0.5 * NEIGHBOUR
    for kind in KINDS:
        assert span(paper_index, scores, kind=kind) == (priorities, priorities + 1)
    assert span(paper_index, scores, is_best=False) == (priorities, priorities)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The wells were shut. They had been dug because rain was scarce.", "The wells", "They had"),
        ("Rain was scarce, and therefore wells were dug. The wells were shut.", "Rain", "The wells"),
        ("Wells were shut because of frost. They had been dug since rain was scarce.", "Wells", "Wells"),
        ("The wells were shut.\n\nThey had been dug because rain was scarce.", "The wells", "The wells"),
        ("The wells were shut. They had been dug by hand.", "The wells", "The wells"),
    ],
)
def test_a_reason_that_the_neighbour_gives_is_quoted_too(text: str, first: str, last: str) -> None:
    paper = read_paper("wells.txt", f"Abstract\n\n{text}".encode())
    found = next(s for s in paper.sentences if "shut" in s.text)
    scores = np.full(len(paper.sentences), 0.5, np.float32)
    hit = Hit(found, next(p for p in paper.passages if p.first <= found.index <= p.last and p.last > p.first), 0.9)
    start, end = quote_span(paper, hit, scores, is_best=True, kind="reason")
    assert [paper.sentences[start].text.startswith(first), paper.sentences[end].text.startswith(last)] == [True, True]
    assert quote_span(paper, hit, scores, is_best=True, kind="fact") == (found.index, found.index)


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
    assert span(paper_index, scores, kind="list") == (lead, lead + 3)


def test_of_a_long_list_or_a_table_as_much_is_quoted_as_there_is_room_for(
    paper_index: PaperIndex, scores: Vectors
) -> None:
    caption = index_of("Tabel 1.")
    scores[caption] = 0.9
    first, last = span(paper_index, scores)
    assert first == caption
    assert PAPER.sentences[last].kind == "row"
    for language in LANGUAGES:
        assert len(" ".join(PAPER.texts(s)[language] for s in range(first, last + 1))) < LONGEST_QUOTED_LIST
    scores[last + 1] = 0.95  # a row for which there would be no room
    assert span(paper_index, scores, kind="list") == (last + 1, last + 1)


def test_a_caption_comes_with_its_source(paper_index: PaperIndex, scores: Vectors) -> None:
    caption = index_of("Gambar 3.")
    scores[caption] = 0.9
    for is_best in (True, False):
        assert span(paper_index, scores, is_best=is_best) == (caption, caption + 1)
