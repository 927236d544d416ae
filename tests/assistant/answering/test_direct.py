"""The few words of a quote that answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.direct import LONGEST_DIRECT, direct_answer
from assistant.question import take
from tests.assistant.answering.small import cited, index_of

FAR = "as the clerks of the council wrote down every spring and every autumn in their thick old book of records"
TEXT = (
    f"In 1998 Arden had 12 wells, {FAR}, by 9 May 2016 it opened a school, {FAR}, and bought 340 tonnes of pipe, "
    f"{FAR}, which Ingrid Solheim fetched from Corby."
)


@pytest.mark.parametrize(
    ("question", "read", "answer"),
    [
        # The number or the date with the question's words around it, a number with its unit.
        ("How many tonnes of pipe were bought?", "", "340 tonnes"),
        ("When did Arden have wells?", "", "1998"),
        ("On what date was the school opened?", "", "9 May 2016"),
        # What the reader found, if that is what is asked for.
        ("How many wells did Arden have?", "12", "12"),
        ("How many wells did Arden have?", "12 wells", "12 wells"),
        ("When was it?", "9 May 2016 it opened", "9 May 2016 it opened"),
        # Without the end of a clause after a number and its unit.
        ("How many wells did Arden have?", "12 wells, as the clerks of the council wrote", "12 wells"),
        ("How much pipe was bought?", "bought 340 tonnes of pipe", "bought 340 tonnes of pipe"),
        ("How many tonnes of pipe were bought?", "Corby", "340 tonnes"),
        ("Who fetched the pipe?", "Ingrid Solheim", "Ingrid Solheim"),
        ("Who fetched the pipe?", " “Ingrid Solheim”, ", "Ingrid Solheim"),
        ("Who fetched the pipe?", "", None),
    ],
)
def test_the_words_that_answer(question: str, read: str, answer: str | None) -> None:
    (citation,) = cited("Arden had", index=index_of(TEXT))
    assert direct_answer(take(question, None), replace(citation, words=read)) == answer


@pytest.mark.parametrize(
    ("village", "answer"), [("Corby", "7 wells"), ("Stoke", "12 wells"), ("Oundle", "9 wells"), ("Barton", "11 wells")]
)
@pytest.mark.parametrize("read", ["", "Stoke 12 wells"])
def test_of_a_row_of_numbers_each_is_its_own_names(village: str, answer: str, read: str) -> None:
    row = "Arden counts the villages of Corby with 7 wells, Stoke 12 wells, Oundle 9 wells and Barton 11 wells."
    (citation,) = cited("Arden counts", index=index_of(row))
    found = direct_answer(take(f"How many wells are listed with {village}?", None), replace(citation, words=read))
    assert found in (answer, f"{village} {answer}")


@pytest.mark.parametrize("read", ["9 May 2016", ""])
def test_the_day_and_the_year_of_a_date_count_nothing(read: str) -> None:
    text = f"By 9 May 2016 the council opened a school, {FAR}, and it bought 340 tonnes of pipe."
    (citation,) = cited("the council", index=index_of(text))
    question = take("How many schools did the council open by May?", None)
    assert direct_answer(question, replace(citation, words=read)) == "340 tonnes"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Which villages got pipes and from whom?", None), ("Which village was the last to get pipe?", "Dale")],
)
def test_the_last_of_several_is_no_answer_to_a_question_for_several(question: str, answer: str | None) -> None:
    (citation,) = cited("The council", index=index_of("The council sent pipe to Arden, Brim, and Dale."))
    assert direct_answer(take(question, None), replace(citation, words="Dale")) == answer


def test_what_is_no_line_is_no_direct_answer() -> None:
    (citation,) = cited("Arden had", index=index_of(TEXT))
    long = "word " * LONGEST_DIRECT
    assert direct_answer(take("Who fetched it?", None), replace(citation, quote=long, words=long)) is None


def test_words_are_of_the_questions_language() -> None:
    (citation,) = cited("Arden had", index=index_of(TEXT))
    translated = replace(citation, translation="Arden punya 12 sumur pada musim semi.", translated_by="project")
    assert direct_answer(take("Berapa sumur di Arden?", None), translated) == "12 sumur"
