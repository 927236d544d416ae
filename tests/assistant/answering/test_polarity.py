"""Opposite words and negations turn a statement round; "not only" and "not all" do not deny it."""

from __future__ import annotations

import pytest

from assistant.answering import polarity


@pytest.mark.parametrize(
    ("claim", "text", "words"),
    [
        ("Sichuan turned down the request", "the request received a positive response", "positive response"),
        ("lockdown di Wuhan gagal", "siasat itu terbukti berhasil", "berhasil"),
        ("case numbers went down", "the number of cases has kept rising", "rising"),
        ("the programme is done", "Sister School Program In process", "In process"),
        ("occupancy above the standard", "far below the WHO standard", "below"),
        ("the plan succeeded", "the plan did not succeed", "succeed"),
    ],
)
def test_the_opposite_is_found(claim: str, text: str, words: str) -> None:
    at = polarity.opposed(claim, text)
    assert at is not None
    assert text[at[0] : at[1]] == words


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("the lockdown succeeded", "the lockdown proved successful"),
        ("masks were sent", "masks were distributed"),
        ("the plan did not succeed", "the plan failed"),
    ],
)
def test_no_opposite_is_found_where_there_is_none(claim: str, text: str) -> None:
    assert polarity.opposed(claim, text) is None


def test_only_what_denies_is_a_negation() -> None:
    assert polarity.is_negated("sudah tidak ada zona merah")
    assert not polarity.is_negated("not only for West Java")
    assert not polarity.is_negated("tidak semua kepala daerah")
    assert not polarity.is_negated("batas waktu bagi perangkat yang tidak diberi akses")
    assert not polarity.is_negated("the deadline for devices that were not registered")
