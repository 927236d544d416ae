"""Lines that are grouped into blocks."""

from __future__ import annotations

from corpus.structure.blocks import Block, find_blocks
from corpus.structure.manuscript import Line, Manuscript

BODY = "The office kept a record of every visit that was made to the villages of the two districts over ten years."


def blocks(*lines: Line | str, dense: bool = False) -> list[Block]:
    made = (line if isinstance(line, Line) else Line(1, line) for line in lines)
    return find_blocks(Manuscript(tuple(made), 1, dense=dense))


def kinds(found: list[Block]) -> list[tuple[str, int]]:
    """Return the kind of each block and the number of its lines, after checking that they leave no line out."""
    assert [block.first for block in found] == [0, *(block.end for block in found[:-1])]
    return [(block.kind, block.end - block.first) for block in found]


def test_no_lines_no_blocks() -> None:
    assert blocks() == []


def test_what_the_file_marks_is_a_block_of_that_kind() -> None:
    found = blocks(
        Line(1, "what it is about", gap=True, kind="heading", level=2),
        Line(1, BODY, gap=True),
        Line(1, "and", kind="row"),
        Line(1, "so on", kind="row"),
    )
    assert kinds(found) == [("heading", 1), ("text", 1), ("row", 1), ("row", 1)]
    assert (found[0].level, found[0].form) == (2, None)


def test_where_headings_are_marked_a_line_that_only_looks_like_one_is_text() -> None:
    looks = Line(1, "THE TRADE OF TOWNS", gap=True)
    after = Line(1, BODY, gap=True)
    assert kinds(blocks(looks, after)) == [("heading", 1), ("text", 1)]
    assert kinds(blocks(Line(1, "Towns", kind="heading"), looks, after)) == [("heading", 1), ("text", 1), ("text", 1)]


def test_an_item_goes_on_until_the_next_one() -> None:
    found = blocks("The rules ask for:", "1. a plan that is", "long enough;", "2. a budget.", Line(1, BODY, gap=True))
    assert kinds(found) == [("text", 1), ("item", 2), ("item", 1), ("text", 1)]


def test_one_number_by_itself_is_no_list() -> None:
    assert kinds(blocks("It was in the year", "1. which was early, and so on.")) == [("text", 2)]


def test_a_list_within_an_item_leaves_the_outer_one_open() -> None:
    found = blocks("They are:", "1. towns:", "a. old;", "b. new;", "2. roads.")
    assert kinds(found) == [("text", 1), ("item", 1), ("item", 1), ("item", 1), ("item", 1)]


def test_a_caption_has_its_source_and_its_table_after_it() -> None:
    found = blocks(
        Line(1, "Table 1. Projects", gap=True),
        "No Project Status",
        "1 Sister school Running",
        "2 Health aid for the",
        "hospital Done",
        "3 Seeds Running",
        "Source: the office",
        Line(1, BODY, gap=True),
    )
    assert kinds(found) == [
        ("caption", 1), ("table-header", 1), ("row", 1), ("row", 2), ("row", 1), ("source", 1), ("text", 1)
    ]  # fmt: skip


def test_the_last_row_ends_with_a_word_that_ended_another() -> None:
    found = blocks("Table 1", "No Project Status", "1 Schools Done", "2 Health", "aid Done", BODY)
    assert kinds(found)[-3:] == [("row", 1), ("row", 2), ("text", 1)]


def test_keywords_and_entries_of_a_table_of_contents() -> None:
    found = blocks("1 Towns . . . . . 3", Line(1, "Keywords: towns, roads", gap=True), Line(1, BODY, gap=True))
    assert kinds(found) == [("row", 1), ("keywords", 1), ("text", 1)]


def test_a_line_amid_a_sentence_is_no_label() -> None:
    assert kinds(blocks("It is shown in", "Figure 1", "of the report, and in that of the", "Source: an office.")) == [
        ("text", 4)
    ]
