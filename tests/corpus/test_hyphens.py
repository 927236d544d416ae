from __future__ import annotations

import time

import pytest

from corpus.hyphens import undo_hyphenation
from corpus.layout import Line
from corpus.line_facts import joined

PROOFS = [
    "paradip-",
    "lomasi and paradiplomasi; govern-",
    "ment of a government; infor-",
    "mation is information.",
]


def undo(*texts: str) -> str:
    return joined(tuple(undo_hyphenation([Line(1, text) for text in texts])))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the para-", "diplomasi of paradiplomasi"], "the paradiplomasi of paradiplomasi"),
        (["soft\u00ad", "ware and hard\u00adware"], "software and hardware"),
        (["negara-", "negara lain"], "negara-negara lain"),
        (["negara-", "negaranya itu"], "negara-negaranya itu"),
        (["Sichuan-", "Tiongkok"], "Sichuan-Tiongkok"),
        (["COVID-", "19 in 2020"], "COVID-19 in 2020"),
        (["serta -", "3% lebih"], "serta -3% lebih"),
        (["a pause -", "and then on"], "a pause - and then on"),
        (["sub-", "nasional"], "sub-nasional"),
        (["state-", "level, at state-level"], "state-level, at state-level"),
        (["unheard-", "of"], "unheard-of"),
    ],
)
def test_one_line_break(lines: list[str], text: str) -> None:
    assert undo(*lines) == text


def test_a_document_that_hyphenates_is_believed_for_words_seen_once() -> None:
    assert undo(*PROOFS, "we inves-", "tigated it").endswith("we investigated it")
    assert undo("we inves-", "tigated it") == "we inves-tigated it"


def test_but_not_for_compounds_of_its_own_words() -> None:
    text = undo(*PROOFS, "the health of a policy, and health-", "policy itself")
    assert text.endswith("and health-policy itself")


def test_a_word_that_goes_on_and_on_is_looked_at_once() -> None:
    began = time.monotonic()
    assert undo("a" * 300_000, "b") == f"{'a' * 300_000} b"
    assert time.monotonic() - began < 20  # a thousandth of it, where its letters are not tried one by one
