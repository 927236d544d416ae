"""Words about tables: states and their negation, and numbers of tables and rows."""

from __future__ import annotations

import pytest

from assistant.answering import table_words as words


@pytest.mark.parametrize(
    ("text", "state", "is_denied"),
    [
        ("which are done", "done", False),
        ("which haven't been finished", "done", True),
        ("yang belum selesai", "done", True),
        ("still in progress", "open", False),
        ("masih berjalan", "open", False),
        ("not yet done", "done", True),
        ("which are there", None, False),
    ],
)
def test_states(text: str, state: words.State | None, is_denied: bool) -> None:
    assert next((name for name, pattern in words.STATES.items() if pattern.search(text)), None) == state
    assert bool(words.DENIED.search(text)) == is_denied


@pytest.mark.parametrize(
    ("text", "number"), [("in table 3", "3"), ("tabel nomor 2.1", "2.1"), ("table iv", "iv"), ("tabelnya", None)]
)
def test_a_tables_number(text: str, number: str | None) -> None:
    found = words.TABLE.search(text)
    assert found is not None
    assert found["number"] == number


@pytest.mark.parametrize(
    ("text", "number"), [("row 5", "5"), ("program ke-12", "12"), ("the 3rd one", "3"), ("in 2020", None)]
)
def test_a_rows_number(text: str, number: str | None) -> None:
    found = words.NUMBERED.search(text)
    assert (found and (found["number"] or found["ordinal"])) == number


@pytest.mark.parametrize(
    ("text", "place"), [("the first one", 0), ("yang kesepuluh", 9), ("terakhir", -1), ("kedua belas", None)]
)
def test_a_rows_place_in_words(text: str, place: int | None) -> None:
    assert next((nth for nth, pattern in words.PLACES.items() if pattern.search(text)), None) == place


def test_years_and_pages_are_not_counted() -> None:
    assert words.HOW_MANY.search("berapa kegiatan")
    assert not any(map(words.HOW_MANY.search, ("tahun berapa", "halaman berapa", "nomor berapa")))
