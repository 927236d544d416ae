"""Lines that are recognised by how they begin."""

from __future__ import annotations

import pytest

from corpus.structure import labels


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Table 2. Visits by district", "2", "Visits by district"),
        ("Tabel 1.1 | Jumlah masker", "1.1", "Jumlah masker"),
        ("Fig. A.3: Towns", "A.3", "Towns"),
        ("TABLE IV", "IV", None),
        ("Gambar 3 Peta Bandung", "3", "Peta Bandung"),
    ],
)
def test_a_caption_has_a_number_and_at_times_a_title(line: str, number: str, title: str | None) -> None:
    found = labels.caption(line)
    assert found
    assert (found["number"], found["title"]) == (number, title)
    assert labels.is_table(found) is line.casefold().startswith("tab")


@pytest.mark.parametrize("line", ["Figure 1 shows the towns.", "Tables 2 and 3", "Table of contents", "see Table 2"])
def test_what_only_mentions_a_figure_is_no_caption(line: str) -> None:
    assert labels.caption(line) is None


@pytest.mark.parametrize(
    ("line", "is_source", "is_keywords"),
    [
        ("Sumber : BPS (2020)", True, False),
        ("Sources data: the office", True, False),
        ("Source:", False, False),
        ("Sources of data are many", False, False),
        ("Kata kunci: masker; vaksin", False, True),
        ("Keywords\u2014masks, vaccines", False, True),
        ("Keywords are given below", False, False),
    ],
)
def test_sources_and_keywords_need_a_mark_and_a_text(line: str, is_source: bool, is_keywords: bool) -> None:
    assert (labels.is_source(line), labels.is_keywords(line)) == (is_source, is_keywords)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("1. a plan", ("1.", 1)),
        ("(12) a plan", ("(1)", 12)),
        ("c) a plan", ("a)", 3)),
        ("(a) a plan", ("(a)", 1)),
        ("1.2 Data", None),
        ("2020. It was", None),
        ("A. Data", None),
        ("1.", None),
    ],
)
def test_an_items_mark_has_a_form_and_a_place(line: str, mark: tuple[str, int] | None) -> None:
    assert labels.item_number(line) == mark


@pytest.mark.parametrize(
    ("line", "is_bullet"),
    [("• one", True), ("•one", True), ("- one", True), ("\u2014 “one”", True), ("-3% less", False), ("- 3", False)],
)
def test_a_bullet_is_no_minus_sign(line: str, is_bullet: bool) -> None:
    assert labels.bullet(line) is is_bullet


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Abstract: We ask", ("Abstract:", "We ask", False)),
        ("ABSTRAK\u2014Tulisan ini", ("ABSTRAK\u2014", "Tulisan ini", True)),
        ("Abstract art is here", None),
        ("Abstract: in small letters", None),
    ],
)
def test_a_heading_on_the_line_of_its_text(line: str, parts: tuple[str, str, bool] | None) -> None:
    assert labels.run_in_heading(line) == parts


def test_a_table_of_contents_has_dots_before_its_pages() -> None:
    assert labels.is_contents("1 Introduction . . . . . 3")
    assert labels.is_contents("Preface ........ iv")
    assert not labels.is_contents("And so on ...")


def test_a_table_header_stands_above_row_1() -> None:
    assert labels.is_table_header("No. Name Status", "1 Sister school")
    assert not labels.is_table_header("No. Name Status", "2 Sister school")
    assert not labels.is_table_header("Now the rows", "1 Sister school")
    assert [labels.row_number(line) for line in ("12) Seeds", "3. Seeds", "Seeds", "4")] == [12, 3, None, None]
