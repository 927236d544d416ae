"""A segment: what is written, and what is found in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import segment
from index.backend import Query
from index.errors import StoreError
from index.segment import Segment, papers_of, write_segment
from tests.index.encoded_papers import paper, vector

MADE_FROM = {"format": 1}
MASKS = paper("masks", "Sichuan gave masks.", "The masks came by air.", number=1)
RICE = paper("rice", "Rice grows in wet fields.", number=2)
TRAINS = paper("trains", "Kereta cepat ke Bandung.", "Penumpang membayar tiket.", number=3, language="id")
PLACES = [("masks", 0), ("masks", 1), ("rice", 2), ("trains", 3), ("trains", 4)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_segment(tmp_path / "segment", [MASKS, RICE, TRAINS], MADE_FROM)
    return tmp_path / "segment"


@pytest.fixture
def opened(folder: Path) -> Segment:
    return Segment(folder, MADE_FROM)


def asked(text: str = "nothing alike", *seed: int) -> Query:
    return Query(text, "en", vector(*(seed or (99, 99))))


def test_its_papers_and_its_length_are_those_written(folder: Path, opened: Segment) -> None:
    assert opened.papers == ["masks", "rice", "trains"]
    assert papers_of(folder) == {"masks", "rice", "trains"}
    assert (len(opened), opened.name, opened.made_from) == (5, "segment", MADE_FROM)


def test_every_row_belongs_to_its_paper(opened: Segment) -> None:
    (found,) = opened.by_meaning([asked()], 5)
    assert sorted((ranked.paper, ranked.row) for ranked in found) == PLACES


def test_each_query_finds_what_is_nearest_to_it(opened: Segment) -> None:
    found = opened.by_meaning([asked("", 2, 0), asked("", 3, 1)], 1)
    assert [(ranked.paper, ranked.row) for (ranked,) in found] == [("rice", 2), ("trains", 4)]
    assert np.allclose([ranked.score for (ranked,) in found], 1, atol=1e-3)


def test_passages_are_told_apart_by_their_language(opened: Segment) -> None:
    (found,) = opened.by_meaning([asked()], 5)
    assert {ranked.row for ranked in opened.in_language(found, "id")} == {3, 4}
    assert [ranked for ranked in found if ranked.row < 3] == opened.in_language(found, "en")
    assert opened.in_language([], "id") == []


def test_words_find_the_passages_that_have_them(opened: Segment) -> None:
    found = opened.by_words(asked("Which masks came?"), 5)
    assert {(ranked.paper, ranked.row) for ranked in found} == {("masks", 0), ("masks", 1)}
    assert max(found).row == 1
    assert opened.by_words(asked("unheard-of"), 5) == []


def test_within_some_papers_others_are_not_found(opened: Segment) -> None:
    (found,) = opened.by_meaning([asked("", 2, 0)], 5, {"masks", "trains"})
    assert [ranked.paper for ranked in found if ranked.paper == "rice"] == []
    assert len(found) == 4
    assert opened.by_words(asked("masks"), 5, {"rice"}) == []


@pytest.mark.parametrize("largest", [segment.HASHED_UP_TO, 0], ids=["hashed", "too large to hash"])
def test_what_is_not_as_written_or_is_made_from_else_is_refused(
    folder: Path, largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "HASHED_UP_TO", largest)
    with pytest.raises(StoreError, match=r"The passages in .* cannot be used: it was made from format 1, not 2"):
        Segment(folder, {"format": 2})
    (folder / "papers.json").write_text("{}")
    with pytest.raises(StoreError, match=r"cannot be used: papers\.json has 2 bytes"):
        Segment(folder, MADE_FROM)
