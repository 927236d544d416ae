from __future__ import annotations

from corpus.layout import Line
from corpus.running_heads import without_running_heads


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
