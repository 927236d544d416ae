"""What a question and a table have in common: concepts, rows, columns, and what "how many" counts."""

from __future__ import annotations

import pytest

from assistant.answering.table_reading import concepts, content_spans, names_thing
from assistant.asking_words import COMPARISON
from corpus import Glossary, Language, Term
from tests.assistant.answering.small import MEETINGS, NO_TERMS, PLACES, PROJECTS, WELLS_DUG, table_question, view

FORMS: dict[Language, tuple[str, ...]] = {"en": ("stone bridge",), "id": ("jembatan batu",)}
BRIDGE = Term("stone-bridge", "name", FORMS, {"en": "", "id": ""}, "none", ())
TERMS = Glossary((BRIDGE,))


def test_concepts_are_terms_and_other_content_words() -> None:
    found = concepts("How many wells are near the stone bridge?", "en", TERMS)
    keys = {concept.text: concept.key for concept in found}
    assert keys == {"wells": "", "near": "", "stone bridge": BRIDGE.key}


@pytest.mark.parametrize(
    ("thing", "text", "is_named"),
    [
        ("the wells", "One well was dug.", True),
        ("Indonesian masks", "Indonesia gave a mask.", True),
        ("indonesian masks", "Indonesia gave a mask.", False),
        ("masks", "Wells were dug.", False),
        ("the", "the", False),
    ],
)
def test_a_text_names_a_thing_in_any_form(thing: str, text: str, is_named: bool) -> None:
    assert names_thing(thing, "en", {"en": text}, NO_TERMS) == is_named


def test_what_a_text_names_without_the_words_of_comparing() -> None:
    text = "Compare old wells with Upper Lea and masks"
    spans = content_spans(text, NO_TERMS, beside=COMPARISON)
    assert [text[start:end] for start, end in spans] == ["old wells", "Upper Lea", "masks"]


@pytest.mark.parametrize(
    ("question", "table", "figures"),
    [
        ("Which villages in Table 2 have 12 wells?", "2", [12.0]),
        ("Is that in the table?", "", []),
        ("Which villages have 1,200 wells?", None, [1200.0]),
        ("What is project number 2?", None, []),
    ],
)
def test_a_questions_table_and_numbers(question: str, table: str | None, figures: list[float]) -> None:
    asked = table_question(question)
    assert (asked.table, asked.figures) == (table, figures)


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("How many stone wells are there?", "wells"),
        ("Berapa sumur batu di sana?", "sumur"),
        ("How many are there?", None),
        ("Which wells are there?", None),
    ],
)
def test_what_is_counted(question: str, head: str | None) -> None:
    counted = table_question(question).head
    assert (counted and counted.text) == head


@pytest.mark.parametrize(
    ("nth", "question", "rows"),
    [
        (WELLS_DUG, "How many wells has Corby?", [1]),
        (WELLS_DUG, "How many wells have Stoke and Upper Lea?", [0, 2]),
        (WELLS_DUG, "How many wells have the villages?", []),
        (PROJECTS, "Is the church tower done?", [2]),
        (MEETINGS, "How many meetings with Lea?", [3]),
    ],
)
def test_the_rows_that_are_named(nth: int, question: str, rows: list[int]) -> None:
    assert view(nth).named(table_question(question).concepts) == rows


@pytest.mark.parametrize(("question", "column"), [("the wells of Wick", 2), ("the cost in Wick", 3), ("Wick", -1)])
def test_the_column_that_is_named(question: str, column: int) -> None:
    assert view(WELLS_DUG).column(table_question(question)) == column


def test_a_table_is_meant_by_its_number_or_by_none() -> None:
    questions = [table_question(f"What is in {name}?") for name in ("Table 2", "Table 3", "the table", "the village")]
    meant = {nth: [view(nth).is_meant(asked) for asked in questions] for nth in (WELLS_DUG, MEETINGS, PLACES)}
    assert meant[WELLS_DUG] == [True, False, True, True]
    assert meant[MEETINGS] == meant[PLACES] == [False, False, False, True]


def test_how_many_counts_the_rows_or_their_unit() -> None:
    villages, wells = table_question("How many villages are there?"), table_question("How many wells are there?")
    assert (view(WELLS_DUG).is_counted(villages), view(WELLS_DUG).counts_units(villages)) == (True, False)
    assert (view(WELLS_DUG).is_counted(wells), view(WELLS_DUG).counts_units(wells)) == (False, True)


def test_what_a_table_knows_nothing_of() -> None:
    strange = view(WELLS_DUG).strange(table_question("How many wells have Corby and Sheffield?"))
    assert [concept.text for concept in strange] == ["Sheffield"]
