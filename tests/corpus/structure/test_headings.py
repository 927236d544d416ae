"""Lines that may be headings, by their words, and by the lines around them."""

from __future__ import annotations

import pytest

from corpus.structure import headings
from corpus.structure.headings import Form, HeadingFinder, LineFacts
from corpus.structure.manuscript import Line, Manuscript

BODY = "The office kept a record of every visit that was made to the villages of the two districts over ten years."


def finder(*lines: Line, dense: bool = False) -> HeadingFinder:
    return HeadingFinder(LineFacts(Manuscript(lines, 1, dense=dense)))


def apart(*texts: str) -> list[Line]:
    return [Line(1, text, gap=True) for text in texts]


@pytest.mark.parametrize(
    ("text", "form", "number", "rest"),
    [
        ("2.1 Data", "decimal", "2.1", "Data"),
        ("3. Results", "decimal", "3", "Results"),
        ("IV. METHOD", "roman", "IV", "METHOD"),
        ("B. Data", "letter", "B", "Data"),
        ("Data", None, "", "Data"),
        ("2 3 4", None, "", "2 3 4"),
    ],
)
def test_a_headings_number_is_split_off(text: str, form: Form | None, number: str, rest: str) -> None:
    assert headings.split_number(text) == (form, number, rest)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Abstrak", "known"),
        ("1. Pendahuluan", "decimal"),
        ("II. KESIMPULAN", "known"),
        ("A. Data", "letter"),
        ("2.1 Sources of data", "decimal"),
        ("A. Sources of Data", "letter"),
        ("A. sources of data", None),
        ("RELATIONS WITH SICHUAN", "capitals"),
        ("WHO", None),
        ("Kerja Sama di Bidang Kesehatan", "title"),
        ("Kerja sama di bidang kesehatan", None),
        ("Pasal 12A", "article"),
        ("Pasal 12A ayat (1)", None),
        ("Smith, John (2020", None),
        ("The Trade. It Grew", None),
        ("www.Trade_of_Towns", None),
    ],
)
def test_the_form_of_a_heading(text: str, form: Form | None) -> None:
    assert headings.form_of(text) == form


def test_a_known_heading_is_known_in_any_dress() -> None:
    assert headings.plain_name("I. ABSTRACT:") == "abstract"
    assert all(map(headings.is_known, ("Abstract", "V. KESIMPULAN DAN SARAN", "Daftar  Pustaka")))
    assert not headings.is_known("abstract of the paper")


def test_lines_are_numbered_by_a_known_heading_or_by_three_parts() -> None:
    assert headings.are_numbered(["I. INTRODUCTION"])
    assert headings.are_numbered(["2.1 Towns", "2.2 Villages", "2.3 Roads"])
    assert not headings.are_numbered(["2.1 Towns", "2.2 Villages", "1. A plan for towns"])


def test_a_heading_may_go_on_in_the_next_line() -> None:
    found = finder(Line(1, "THE TRADE BETWEEN"), Line(1, "TWO DISTRICTS"), Line(1, BODY, gap=True))
    assert found.find(0, free=True) == (2, "capitals")


def test_text_before_a_heading_must_be_complete() -> None:
    found = finder(*apart(BODY, "THE TRADE OF TOWNS", BODY))
    assert found.find(1, free=True) == (2, "capitals")
    assert found.find(1, free=False) is None


def test_numbers_of_headings_go_up() -> None:
    found = finder(*apart("1. Introduction", BODY, "3 Towns", "3. Towns", BODY, "2. Roads", BODY, "9. Ports", BODY))
    found.accept(0, 1, "decimal")
    assert found.find(2, free=True) is None  # without the full stop that the first number has
    assert found.find(3, free=True) == (4, "decimal")
    found.accept(3, 4, "decimal")
    assert found.find(5, free=True) is None  # too low
    assert found.find(7, free=True) is None  # too far on


def test_where_headings_are_numbered_others_are_none() -> None:
    assert finder(*apart("I. INTRODUCTION", BODY, "THE TRADE OF TOWNS", BODY)).find(2, free=True) is None


def test_titles_and_authors_before_the_abstract_are_no_headings() -> None:
    found = finder(*apart("THE TRADE OF TOWNS", "JANE SMITH", "Abstract", BODY))
    assert [found.find(i, free=True) for i in range(3)] == [None, None, (3, "known")]


def test_references_have_no_titles_in_them() -> None:
    found = finder(*apart("References", "Journal of Trade", BODY))
    assert found.find(1, free=True) == (2, "title")
    found.accept(0, 1, "known")
    assert found.find(1, free=True) is None


def test_what_is_in_stronger_type_is_a_heading_and_other_lines_are_none() -> None:
    def line(text: str, *, strong: bool = False) -> Line:
        return Line(1, text, style="Bold 12" if strong else "Roman 10", strong=strong)

    body = [line(BODY)] * 12
    facts = [line("Introduction", strong=True), *body, line("How towns trade", strong=True), *body]
    found = finder(*facts, line("The Trade of Towns"), *body, dense=True)
    assert found.find(13, free=True) == (14, "title")
    assert found.find(26, free=True) is None


@pytest.mark.parametrize("continued", [True, False])
def test_a_new_paragraph_in_dense_text_begins_after_a_line_with_room_left(continued: bool) -> None:
    last = "which was so." if not continued else "which was so"
    facts = LineFacts(Manuscript(tuple(Line(1, text) for text in (BODY, last, BODY)), 1, dense=True))
    assert facts.new_paragraph(2) is not continued
    assert not facts.new_paragraph(1)
