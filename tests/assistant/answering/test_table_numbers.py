"""Numbers of rows: one of them, the most and the fewest, sums, and rows that compare with a number or each other."""

from __future__ import annotations

import pytest

from assistant.answering.table_numbers import NumberTable
from assistant.answering.table_rows import TableAnswer
from tests.assistant.answering.small import MEETINGS, WELLS_DUG, table_question, view


def of_wells(question: str) -> TableAnswer | None:
    return NumberTable(view(WELLS_DUG), table_question(question)).answer()


def of_meetings(question: str) -> TableAnswer | None:
    return NumberTable(view(MEETINGS), table_question(question)).answer()


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many wells were dug in Corby?", "Corby: 7"),
        ("How many wells were dug in Corby and in Wick?", "Corby: 7; Wick: 3"),
        ("Which village has the most wells?", "Upper Lea; Stoke: 12 each"),
        ("Which village has the second most wells?", "Corby: 7"),
        ("Which village has the lowest cost?", "Wick: 40"),
        ("Which village has 7 wells?", "Corby: 7"),
        ("Which villages have at least 7 wells?", "Upper Lea (12); Corby (7); Stoke (12)"),
        ("Which villages have at most 7 wells?", "Corby (7); Wick (3)"),
        ("Which villages have more than 7 wells?", "Upper Lea; Stoke: 12 each"),
        ("Which villages have fewer than 7 wells?", "Wick: 3"),
        ("How many villages have more than 3 wells?", "3: Upper Lea; Corby; Stoke"),
        ("Corby plus Wick: how many wells?", "10 (Corby 7 + Wick 3)"),
        ("What is the total cost of all wells?", "685 (Upper Lea 340 + Corby 95 + Stoke 210 + Wick 40)"),
        ("Compare the wells of Corby and Wick.", "Corby has more: 7; Wick: 3 (a difference of 4)"),
        ("Compare the wells of Upper Lea and Stoke.", "The same: Upper Lea and Stoke, 12 each"),
        ("Does Corby have more wells than Wick?", "Yes: Corby has more: 7; Wick: 3 (a difference of 4)"),
        ("Does Corby have fewer wells than Wick?", "No: Wick has fewer: 3; Corby: 7 (a difference of 4)"),
    ],
)
def test_a_table_as_printed(question: str, short: str) -> None:
    answer = of_wells(question)
    assert answer is not None
    assert answer.short == short


@pytest.mark.parametrize(
    "question",
    [
        "Which village has 8 wells?",
        "Is Stoke the village with the most wells?",
        "How many wells were dug in 2019 in Wick?",
    ],
)
def test_what_a_table_does_not_surely_say(question: str) -> None:
    assert of_wells(question) is None


def test_an_enumeration_has_units_and_counts_only_what_it_gives_in_full() -> None:
    answer = of_meetings("Which partner has the fewest meetings?")
    assert answer is not None
    assert answer.short == "Wick: 9 meetings"
    assert answer.derived_from == "chosen from the 4 figures in the sentence on p. 1"
    answer = of_meetings("How many meetings were there with all partners in total?")
    assert answer is not None
    assert answer.short.startswith("90 meetings (Stoke 22")


def test_numbers_are_written_as_the_questions_language_writes_them() -> None:
    answer = NumberTable(view(WELLS_DUG), table_question("Bandingkan wells Upper Lea dan Wick")).answer()
    assert answer is not None
    assert answer.short == "Upper Lea lebih banyak: 12; Wick: 3 (selisih 9)"
