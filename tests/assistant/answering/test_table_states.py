"""States of rows: one row's, the rows in a state, and how many they are."""

from __future__ import annotations

import pytest

from assistant.answering.table_rows import TableAnswer
from assistant.answering.table_states import StateTable
from tests.assistant.answering.small import PROJECTS, table_question, view


def asked(question: str) -> TableAnswer | None:
    return StateTable(view(PROJECTS), table_question(question)).answer()


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("What is the status of the stone bridge?", "In process"),
        ("What is the status of the new mill and the stone bridge?", "New mill: Done; Stone bridge: In process"),
        ("Is the church tower done?", "Yes: Done"),
        ("Is the school roof done?", "No: In process"),
        ("Is the school roof not done?", "Yes: In process"),
        ("Which is done, the church tower or the stone bridge?", "Church tower"),
        ("Which projects are done?", "New mill; Church tower"),
        ("Which projects are not done?", "School roof; Stone bridge"),
        ("Which projects are still in process?", "School roof; Stone bridge"),
        ("How many projects are done?", "2 of 4 (Done)"),
        ("Are all projects done?", "No: 2 of 4 (Done)"),
        ("How many projects are in Table 3?", "4"),
        ("What is project number 2?", "School roof: In process"),
        ("What is the third project?", "Church tower: Done"),
        ("How many projects are done and how many are in process?", "Done: 2; In process: 2"),
    ],
)
def test_states(question: str, short: str) -> None:
    answer = asked(question)
    assert answer is not None
    assert answer.short == short


def test_what_is_in_a_cell_is_not_derived_but_a_count_is() -> None:
    cell, count = asked("Is the church tower done?"), asked("How many projects are done?")
    assert cell is not None
    assert cell.derived_from is None
    assert count is not None
    assert count.derived_from == "counted from the 4 rows of Table 3 (p. 1)"


@pytest.mark.parametrize(
    "question", ["What is project number 9?", "Which wells are done?", "How many church towers are done?"]
)
def test_what_a_table_does_not_surely_say(question: str) -> None:
    assert asked(question) is None
