from __future__ import annotations

import time

import pytest

from corpus.structure.cleaning import undo_hyphenation, without_running_heads
from corpus.structure.manuscript import Line, joined

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


def strip(pages: list[list[str]]) -> list[list[str]]:
    lines = [Line(number, text) for number, page in enumerate(pages, 1) for text in page]
    kept = without_running_heads(lines)
    return [[line.text for line in kept if line.page == number] for number in range(1, len(pages) + 1)]


def body(n: int) -> list[str]:
    return [f"{word} {'abcdefgh'[n]} of the text" for word in ("first", "second", "third", "fourth", "fifth")]


def test_heads_of_left_and_right_pages_and_page_numbers() -> None:
    pages = [["Smith" if n % 2 else "A Study of Trade", *body(n), str(n + 101)] for n in range(8)]
    assert strip(pages) == [body(n) for n in range(8)]


def test_chapter_heads_that_carry_the_page_number() -> None:
    pages = [[f"Chapter {n // 2}: Of Things {n + 1}", *body(n)] for n in range(8)]
    assert strip(pages) == [body(n) for n in range(8)]


def test_numbers_that_do_not_go_up_with_the_pages_stay() -> None:
    numbers = ["1998", "17", "250", "3", "42", "7", "1066", "81"]
    pages = [[f"{'abcdefgh'[n]} had {number}", *body(n)] for n, number in enumerate(numbers)]
    assert strip(pages) == pages


def test_two_pages_that_share_one_line_only_at_their_edges() -> None:
    assert strip([["Journal of Trade", *body(0)], ["Journal of Trade", *body(1)]]) == [body(0), body(1)]
    assert strip([["One page", *body(0)]]) == [["One page", *body(0)]]


def test_a_repeated_line_amid_the_pages_stays() -> None:
    pages = [[*body(n), "repeated within", *body(n)] for n in range(6)]
    assert strip(pages) == pages
