"""All rows of a table, whether they are complete, and where an answer from them stands."""

from __future__ import annotations

import pytest

from assistant.answering.table_rows import AskedTable
from tests.assistant.answering.small import MEETINGS, PROJECTS, WELLS_DUG, table_question, view


@pytest.mark.parametrize(
    ("nth", "question", "short"),
    [
        (WELLS_DUG, "How many villages are in Table 2?", "4"),
        (WELLS_DUG, "Which villages are in Table 2?", "Upper Lea; Corby; Stoke; Wick"),
        (MEETINGS, "How many partners are there?", "4"),
        (WELLS_DUG, "Which villages have a mill?", None),
        (WELLS_DUG, "Are there villages?", None),
    ],
)
def test_the_rows_or_their_number(nth: int, question: str, short: str | None) -> None:
    answer = AskedTable(view(nth), table_question(question)).all_rows()
    assert (answer and answer.short) == short


def test_an_enumeration_is_whole_if_its_sentence_counts_the_rows() -> None:
    asked = AskedTable(view(MEETINGS), table_question("Which partners?"))
    assert asked.is_whole()
    asked.rows = asked.rows[:3]
    assert not asked.is_whole()


def test_a_cell_is_in_the_column_that_the_question_names() -> None:
    cost = AskedTable(view(WELLS_DUG), table_question("What was the cost in Corby?"))
    assert [(cost.name(row), cost.cell(row)) for row in cost.named] == [("Corby", "95")]
    last = AskedTable(view(PROJECTS), table_question("Sudah selesai school roof?"))
    assert [(last.name(row), last.cell(row)) for row in last.named] == [("School roof", "In process")]


def test_a_follow_up_names_its_own_rows() -> None:
    asked = AskedTable(view(WELLS_DUG), table_question("And in Wick?", "How many wells were dug in Corby?"))
    assert [asked.name(row) for row in asked.named] == ["Wick"]
