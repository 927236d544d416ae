"""A library's passages in files: found by meaning and by words, in few segments, whole or not there."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus import Language
from corpus.files import sealed_folder
from index import local_backend, segment
from index.backend import EncodedPaper, Near, Query
from index.errors import StoreError
from index.local_backend import ACROSS, LocalBackend
from index.segment import Segment
from tests.index.encoded_papers import paper, vector

MADE_FROM = {"format": 1, "model_fingerprint": "a model"}
FAR = 99, 99

MASKS = paper("masks", "Sichuan gave masks.", "The masks came by air.", number=1)
RICE = paper("rice", "Rice grows in wet fields.", "Harvests were poor in 1998.", number=2)
TRAINS = paper("trains", "Kereta cepat ke Bandung.", "Penumpang membayar tiket.", number=3, language="id")
ALL = (MASKS, RICE, TRAINS)


class Shelf:
    """Where a backend gets papers again, and which it asked for."""

    def __init__(self, papers: Iterable[EncodedPaper] = ALL) -> None:
        self.papers = {each.id: each for each in papers}
        self.asked: list[list[str]] = []

    def __call__(self, wanted: Collection[str]) -> list[EncodedPaper]:
        self.asked.append(sorted(wanted))
        return [self.papers[each] for each in wanted if each in self.papers]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "passages"


@pytest.fixture
def backend(folder: Path, shelf: Shelf) -> LocalBackend:
    return LocalBackend(folder, MADE_FROM, shelf)


def query(text: str = "nothing alike", at: tuple[int, int] = FAR, language: Language = "en") -> Query:
    return Query(text, language, vector(*at))


def nearest(
    backend: LocalBackend, asked: Query, *, limit: int = 3, within: Collection[str] | None = None
) -> Sequence[Near]:
    return backend.search([asked], limit=limit, within=within)[0]


def first(backend: LocalBackend, asked: Query) -> str:
    return nearest(backend, asked)[0].paper


def segments(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_dir()]


def test_an_empty_one_finds_nothing(backend: LocalBackend, folder: Path) -> None:
    assert backend.papers() == frozenset()
    assert backend.search([query(), query()], limit=3) == [[], []]
    assert not folder.exists()


def test_papers_are_found_by_meaning_and_by_words(backend: LocalBackend) -> None:
    backend.update(ALL, [])
    assert backend.papers() == {"masks", "rice", "trains"}
    assert first(backend, query(at=(2, 1))) == "rice"
    assert first(backend, query(at=(3, 0))) == "trains"
    assert first(backend, query("Who gave the masks?")) == "masks"
    assert first(backend, query("Berapa harga tiket penumpang?", language="id")) == "trains"
    assert first(backend, query("1998", language="id")) == "rice"  # a number is the same in any language
    both, by_meaning = nearest(backend, query("Who gave masks?", (1, 0))), nearest(backend, query(at=(1, 0)))
    assert both[0].score > by_meaning[0].score


def test_words_in_common_do_not_hide_a_paper_in_another_language(backend: LocalBackend) -> None:
    backend.update(ALL, [])
    # Of all passages the nearest one by meaning is in Indonesian. One that is half as near has a word of the question.
    at = vector(3, 0) + vector(1, 0) / 2
    asked = Query("Masks?", "en", at / np.linalg.norm(at))
    by_meaning, by_both = nearest(backend, asked._replace(text="nothing alike")), nearest(backend, asked)
    assert [near.paper for near in by_meaning[:2]] == ["trains", "masks"]
    assert [near.paper for near in by_both[:2]] == ["masks", "trains"]
    assert by_both[1].score == pytest.approx((1 + ACROSS) * by_meaning[0].score)


def test_searching_several_at_once_is_as_searching_each(backend: LocalBackend) -> None:
    backend.update(ALL, [])
    asked = [query("masks"), query(at=(2, 1)), query("tiket", language="id")]
    assert backend.search(asked, limit=2) == [list(nearest(backend, each, limit=2)) for each in asked]


def test_a_search_within_some_papers(backend: LocalBackend) -> None:
    backend.update(ALL, [])
    asked = query("Who gave the masks?", (1, 0))
    assert {near.paper for near in nearest(backend, asked, within=["rice", "trains"])} == {"rice", "trains"}
    assert [near.paper for near in nearest(backend, asked, within=["rice"])] == ["rice"]
    assert nearest(backend, asked, within=[]) == []
    assert nearest(backend, asked, within=["nobody's"]) == []


def test_a_paper_that_takes_all_the_places_hides_no_other(
    backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_backend, "DEPTH", 2)
    long = EncodedPaper("long", ["masks"] * 9, ["en"] * 9, np.array([vector(1, 0)] * 9, np.float32))
    backend.update([long, *ALL], [])
    assert len(nearest(backend, query("masks", (1, 0)), limit=4)) == 4
    assert len(nearest(backend, query("masks", (1, 0)), limit=9)) == 4


def test_another_opening_finds_the_same(backend: LocalBackend, folder: Path, shelf: Shelf) -> None:
    backend.update(ALL, [])
    again = LocalBackend(folder, MADE_FROM, shelf)
    for asked in (query("masks"), query(at=(2, 1)), query("tiket", language="id")):
        assert nearest(again, asked) == nearest(backend, asked)


def test_what_is_removed_is_not_found(backend: LocalBackend, folder: Path, shelf: Shelf) -> None:
    backend.update(ALL, [])
    backend.update([], ["masks"])
    for each in (backend, LocalBackend(folder, MADE_FROM, shelf)):
        assert each.papers() == {"rice", "trains"}
        assert {near.paper for near in nearest(each, query("masks", (1, 0)))} == {"rice", "trains"}
    backend.update([], ["rice", "trains", "nobody's"])
    assert backend.papers() == frozenset()
    assert segments(folder) == []


def test_adding_again_changes_nothing(backend: LocalBackend, folder: Path) -> None:
    backend.update(ALL, [])
    before = segments(folder), nearest(backend, query("masks", (1, 1)))
    backend.update(ALL, [])
    backend.update([], [])
    assert (segments(folder), nearest(backend, query("masks", (1, 1)))) == before


@pytest.mark.parametrize("others", [(), (RICE,)])
def test_a_paper_that_reads_differently_now_replaces_what_it_was(
    backend: LocalBackend, others: Sequence[EncodedPaper]
) -> None:
    backend.update([MASKS, *others], [])
    backend.update([paper("masks", "Ventilators were lent.", number=7)], [])
    assert backend.papers() == {"masks", *(each.id for each in others)}
    assert first(backend, query("ventilators")) == "masks"
    [unlike] = nearest(backend, query("Sichuan gave by air", (1, 0)), within=["masks"])
    assert unlike.score < 1 / local_backend.DEPTH + 1 / 61  # by its place among vectors only, no words


def test_small_segments_are_merged_into_one(backend: LocalBackend, folder: Path, shelf: Shelf) -> None:
    for each in ALL:
        backend.update([each], [])
    assert shelf.asked == [[], ["masks"], []]  # two papers are more than the third
    assert len(segments(folder)) == 2
    backend.update([paper("fish", "Fish swim.", "Fish are wet.", number=4)], [])
    assert len(segments(folder)) == 1
    assert backend.papers() == {"masks", "rice", "trains", "fish"}
    assert [first(backend, query(at=(number, 1))) for number in (1, 2, 3, 4)] == ["masks", "rice", "trains", "fish"]


def test_a_segment_of_which_half_is_gone_is_merged(backend: LocalBackend, shelf: Shelf) -> None:
    backend.update(ALL, [])
    backend.update([], ["masks", "rice"])
    assert shelf.asked[-1] == ["trains"]
    assert first(backend, query("tiket", language="id")) == "trains"


def test_what_another_process_added_is_kept(folder: Path, shelf: Shelf) -> None:
    one, other = LocalBackend(folder, MADE_FROM, shelf), LocalBackend(folder, MADE_FROM, shelf)
    one.update([MASKS], [])
    other.update([RICE], [])
    assert other.papers() == {"masks", "rice"}
    assert one.papers() == {"masks"}
    assert first(one, query(at=(1, 0))) == "masks"  # in files that are deleted, but open
    one.update([], ["masks"])
    assert one.papers() == {"rice"}


def test_an_update_between_looking_and_opening_is_seen(
    backend: LocalBackend, folder: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Another process merges away the segments that this one is about to open."""
    backend.update([MASKS], [])
    opening = Segment

    def late(*arguments: object) -> object:
        monkeypatch.setattr(local_backend, "Segment", opening)
        backend.update([RICE], [])
        return opening(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(local_backend, "Segment", late)
    assert LocalBackend(folder, MADE_FROM, shelf).papers() == {"masks", "rice"}
    assert not caplog.records


def test_what_was_made_from_something_else_is_added_anew(
    backend: LocalBackend, folder: Path, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    backend.update(ALL, [])
    other = LocalBackend(folder, {**MADE_FROM, "model_fingerprint": "another"}, shelf)
    assert other.papers() == frozenset()
    assert "made from model_fingerprint 'a model', not 'another'; its papers are added anew" in caplog.text
    other.update(ALL, [])
    assert other.papers() == {"masks", "rice", "trains"}
    assert len(segments(folder)) == 1


def test_a_paper_without_passages_is_no_paper(backend: LocalBackend) -> None:
    backend.update([paper("blank"), MASKS], [])
    assert backend.papers() == {"masks"}


def test_stopped_while_writing_it_is_as_before(
    backend: LocalBackend, folder: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend.update([MASKS], [])
    before = segments(folder)

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(segment, "write_words", stop)
        backend.update([RICE], ["masks"])
    assert segments(folder) == before
    for each in (backend, LocalBackend(folder, MADE_FROM, shelf)):
        assert each.papers() == {"masks"}


def test_what_a_stopped_process_left_is_removed(backend: LocalBackend, folder: Path) -> None:
    backend.update([MASKS], [])
    shutil.copytree(folder / segments(folder)[0], folder / ".0123456789abcdef.0123.partial")
    (folder / ".current.json.new").write_text('{"segm')
    backend.update([RICE], [])
    kept = json.loads((folder / "current.json").read_text())["segments"]
    assert segments(folder) == [one["papers"][:16] for one in kept]
    assert not list(folder.glob("*.partial")) + list(folder.glob("*.new"))
    # One lock for each segment that ever was would be thousands in a year of additions.
    assert {path.name for path in folder.glob(".*.lock")} <= {f".{name}.lock" for name in segments(folder)}


def test_current_of_an_older_update_is_not_believed(
    backend: LocalBackend, folder: Path, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    """Two papers, then one of them gone: a changed byte in the list of what is gone would bring it back."""
    backend.update([*ALL, paper("fish", "Fish swim.", number=4)], [])
    backend.update([], ["masks"])
    current = folder / "current.json"
    current.write_text(current.read_text().replace("masks", "maskt"))
    assert LocalBackend(folder, MADE_FROM, shelf).papers() == frozenset()
    assert "current.json cannot be used" in caplog.text


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "passages").write_text("in the way")
    backend = LocalBackend(tmp_path / "passages", MADE_FROM, shelf)
    with pytest.raises(StoreError, match=r"The passages cannot be written to .*free some room") as caught:
        backend.update([MASKS], [])
    assert "\n" not in str(caught.value)


def test_a_segment_that_fails_to_write_leaves_what_there_was(
    backend: LocalBackend, folder: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend.update([MASKS], [])

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed_folder, "flush", full)
    with pytest.raises(StoreError, match="No space left on device"):
        backend.update([RICE], [])
    monkeypatch.undo()
    assert LocalBackend(folder, MADE_FROM, shelf).papers() == {"masks"} == backend.papers()


def test_a_closed_one_finds_nothing(backend: LocalBackend, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        backend.update(ALL, [])
        backend.close()
        assert nearest(backend, query("masks")) == []
    assert not caplog.records
