"""Statements as text: without their asking words, as questions for one value, and the clause that contradicts them."""

from __future__ import annotations

import pytest

from assistant.answering.direct import LONGEST_DIRECT
from assistant.answering.specifics import Sort, Specific, specifics
from assistant.answering.statements import clause_around, clozes, role_of, roles_of_reading, statement_of
from assistant.reader import Reading
from corpus import Language
from tests.assistant.answering.small import NO_TERMS


def the(sort: Sort, text: str) -> Specific:
    return next(specific for specific in specifics(text, NO_TERMS) if specific.sort == sort)


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Why did Arden close the wells?", "did Arden close the wells"),
        ("Mengapa sumur ditutup?", "sumur ditutup"),
        ("How successful are the new wells?", "are the new wells"),
        ("How Arden did it?", "Arden did it"),
        ("Since the wells were closed, who paid?", "the wells were closed"),
        ("Arden closed the wells, not the mill", "Arden closed the wells"),
        ("Arden closed the wells, not only the mill", "Arden closed the wells, not only the mill"),
    ],
)
def test_what_a_question_takes_for_granted(question: str, statement: str) -> None:
    assert statement_of(question) == statement


@pytest.mark.parametrize(
    ("statement", "sort", "language", "questions"),
    [
        ("Arden has 11 wells", "number", "en", ["Arden has how many wells?"]),
        ("ada 40% sumur", "percent", "id", ["ada berapa persen sumur?"]),
        ("sumur digali tahun 1998", "year", "id", ["sumur digali tahun berapa?"]),
        ("they were dug in Corby", "name", "en", ["they were dug in where?", "they were dug in which place?"]),
        ("dug with the Stoke men", "name", "en", ["dug with who men?"]),
        ("dug by hand, Corby says", "name", "en", []),  # nothing gives the name a role
    ],
)
def test_a_statement_as_questions_for_one_of_its_values(
    statement: str, sort: Sort, language: Language, questions: list[str]
) -> None:
    assert clozes(statement, the(sort, statement), language) == questions


def test_a_name_in_brackets_may_have_any_role() -> None:
    text = "they were dug in Corby with help (Stoke) of Lea"
    in_place, bracketed = text.index("Corby"), text.index("Stoke")
    assert role_of(text, Specific("name", "corby", in_place, in_place + 5)) == {"place"}
    assert role_of(text, Specific("name", "stoke", bracketed, bracketed + 5)) == set()
    value = Specific("name", "stoke", 0, 5)  # in the words that were read
    assert roles_of_reading(text, Reading(1.0, bracketed, bracketed + 5, 0.9), [value]) == {"place", "partner"}
    assert roles_of_reading(text, Reading(1.0, in_place, in_place + 5, 0.9), [value]) == {"place"}


def test_the_clause_around_some_words() -> None:
    text = "Arden has wells, which are closed because of frost; nobody minds."
    at = text.index("closed")
    assert clause_around(text, (at, at + len("closed"))) == "are closed"


def test_a_long_clause_is_cut_between_words_around_the_place() -> None:
    text = " ".join(f"word{nth}" for nth in range(100))
    at = text.index("word50")
    clause = clause_around(text, (at, at + len("word50")))
    assert len(clause) <= LONGEST_DIRECT
    assert "word50" in clause.split()
    assert set(clause.split()) <= set(text.split())
