"""The widths of lines and of their columns."""

from __future__ import annotations

import pytest

from corpus.structure.manuscript import Line, column_widths, joined, natural_width

WIDE = "m" * 20


def lines(*texts: str, page: int = 1) -> tuple[Line, ...]:
    return tuple(Line(page, text) for text in texts)


def test_lines_are_joined_with_a_space_unless_glued() -> None:
    assert joined((Line(1, "negara-", glued=True), Line(1, "negara"), Line(2, "lain"))) == "negara-negara lain"
    assert joined(()) == ""


def test_letters_have_widths_of_their_own() -> None:
    assert natural_width("mmm") > 2 * natural_width("iii")
    assert natural_width("ab") == pytest.approx(natural_width("a") + natural_width("b"))
    assert natural_width("字") == 0.5  # of a letter that Times does not have


def test_a_column_is_as_wide_as_the_lines_around() -> None:
    widths = column_widths(lines(WIDE, "m", WIDE, "mm"))
    assert widths == pytest.approx([natural_width(WIDE)] * 4)


def test_a_narrow_column_far_from_the_wide_one_is_measured_by_itself() -> None:
    widths = column_widths(lines(*[WIDE] * 30, *["m" * 10] * 30))
    assert widths[0] == pytest.approx(natural_width(WIDE))
    assert widths[-1] == pytest.approx(natural_width("m" * 10))


def test_a_line_that_sticks_out_widens_no_column() -> None:
    widths = column_widths(lines(*[WIDE] * 30, "m" * 200))
    assert max(widths) == pytest.approx(natural_width(WIDE))


def test_pages_are_measured_apart() -> None:
    widths = column_widths((*lines(WIDE), *lines("mm", page=2)))
    assert widths == pytest.approx([natural_width(WIDE), natural_width("mm")])
