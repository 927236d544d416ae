"""Files of many records: whole or not there, and resumed by the same run only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from assistant import BatchError
from assistant.partial_file import Record, check_target, complete, json_object
from corpus.files.whole import locked

RUN = {"paper": "x"}
TOTAL = 4


class Maker:
    """Makes records, counts those that it made, and fails at one of them."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.made: list[int] = []
        self.seen: list[tuple[int, int]] = []
        self._fails_at = fails_at

    def rest(self, first: int) -> Iterator[Record]:
        for place in range(first, TOTAL):
            if place == self._fails_at:
                raise KeyboardInterrupt
            self.made.append(place)
            yield {"id": place}

    def file(self, path: Path, run: dict[str, str] = RUN) -> list[Record]:
        def fits(place: int, record: Record) -> bool:
            return record.get("id") == place

        def shown(done: int, total: int) -> None:
            self.seen.append((done, total))

        return complete(path, run, TOTAL, fits=fits, rest=self.rest, written=_written, progress=shown)


def _written(records: Sequence[Record]) -> bytes:
    return json.dumps(records).encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.json"


@pytest.fixture
def partial(path: Path) -> Path:
    """Give the file that an interrupted run left, with two records."""
    with pytest.raises(KeyboardInterrupt):
        Maker(fails_at=2).file(path)
    assert not path.exists()
    return path.with_name("records.json.partial")


def test_a_file_appears_with_all_records_and_nothing_is_left(path: Path) -> None:
    maker = Maker()
    records = maker.file(path)
    assert records == json.loads(path.read_bytes()) == [{"id": place} for place in range(TOTAL)]
    assert maker.seen == [(done, TOTAL) for done in range(TOTAL + 1)]
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_the_same_run_goes_on_where_it_stopped(path: Path, partial: Path) -> None:
    maker = Maker()
    assert len(maker.file(path)) == TOTAL
    assert (maker.made, maker.seen[0]) == ([2, 3], (2, TOTAL))
    assert not partial.exists()


def test_another_run_begins_anew(path: Path, partial: Path) -> None:
    maker = Maker()
    maker.file(path, {"paper": "y"})
    assert maker.made == [0, 1, 2, 3]


@pytest.mark.parametrize("tail", [b'{"id": 2', b'{"id": 9}\n', b"[]\n", b"\xff\n"])
def test_what_does_not_fit_is_made_again(path: Path, partial: Path, tail: bytes) -> None:
    with partial.open("ab") as file:
        file.write(tail)
    maker = Maker()
    maker.file(path)
    assert maker.made == [2, 3]
    assert [record["id"] for record in json.loads(path.read_bytes())] == [0, 1, 2, 3]


def test_a_file_that_another_process_is_writing(path: Path) -> None:
    with locked(path.with_name("records.json.partial")), pytest.raises(BatchError, match="by another process"):
        Maker().file(path)


def test_a_file_that_cannot_be_written_keeps_what_was_made(path: Path, partial: Path) -> None:
    def unwritable(records: Iterable[Record]) -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(BatchError, match=r"No space left on device; once it can"):
        complete(path, RUN, TOTAL, fits=lambda *_: True, rest=Maker().rest, written=unwritable)
    assert len(partial.read_bytes().splitlines()) == 1 + TOTAL


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.txt", r'written to \.jsonl or \.csv, not to "a\.txt"'),
        ("none/a.csv", "cannot be written: there is no folder"),
    ],
)
def test_a_target_that_does_not_do(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(BatchError, match=message):
        check_target(tmp_path / name, (".jsonl", ".csv"))


@pytest.mark.parametrize(
    ("line", "record"),
    [('{"a": 1}', {"a": 1}), (b'{"a": 1}\n', {"a": 1}), ("[1]", None), ("{", None), ("[" * 9999, None)],
)
def test_a_json_object_on_a_line(line: str | bytes, record: Record | None) -> None:
    assert json_object(line) == record
