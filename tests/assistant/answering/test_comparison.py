"""Comparisons of things that the paper treats in different places, and choices between two."""

from __future__ import annotations

import pytest

from assistant import Assistant


def test_both_sides_are_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("Compare the number of COVID-19 cases in the US and Indonesia.")
    assert (answer.status, answer.kind) == ("answered", "comparison")
    assert "40 million" in (answer.short or "")
    assert "4 million" in (answer.short or "")
    assert len(answer.quoted) >= 2
    assert len(answer.text) <= 700
    assert all(assistant.paper.text[c.start : c.end] == c.quote for c in answer.citations)


def test_the_number_is_the_one_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("Jumlah kematian akibat COVID di AS dibanding Indonesia gimana?")
    assert answer.kind == "comparison"
    assert "700 ribu" in (answer.short or "")
    assert "140 ribu" in (answer.short or "")


def test_a_choice_gets_the_side_that_the_sentence_says(assistant: Assistant) -> None:
    answer = assistant.ask("Was West Java's bed occupancy above or below the WHO standard?")
    assert answer.status == "answered"
    assert "below" in (answer.short or "")
    assert "above" not in (answer.short or "")


def test_opposites_are_told_apart_where_two_things_are_named_too(assistant: Assistant) -> None:
    answer = assistant.ask("Is the BOR in West Java higher or lower than the WHO standard?")
    assert "below" in (answer.short or "")


def test_a_side_that_the_paper_never_names_is_said_to_be_missing(assistant: Assistant) -> None:
    answer = assistant.ask("Compare how China and Brazil coped with the pandemic.")
    assert "Of Brazil I did not find this in the paper." in answer.text
    assert all("China" in c.text_in("en") or "PRC" in c.text_in("en") for c in answer.quoted)


@pytest.mark.parametrize(
    "question",
    [
        "Compare the populations of Sichuan and West Java.",  # named both; that of Sichuan is not given
        "How does telemedicine compare with other methods?",  # the paper's method is another matter
    ],
)
def test_where_one_side_is_left_open_nothing_is_compared(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_paper"


def test_what_the_paper_tells_of_neither_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("Compare the football teams of Brazil and Argentina.")
    assert answer.status == "not_in_paper"
    assert answer.short is None
