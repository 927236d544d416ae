"""What a refusal says."""

from __future__ import annotations

import pytest

from assistant.answering.refusals import refusal
from assistant.question import take


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When was Pikobar launched?", "I did not find this in the paper."),
        ("Is there another plan?", "I did not find this in the paper."),
        ("Pikobar kpn sih rilisnya?", "Saya tidak menemukan ini di makalah."),
        ("Mengapa programnya berhenti?", "Saya tidak menemukan ini di makalah."),
    ],
)
def test_a_refusal_says_that_it_was_not_found(question: str, text: str) -> None:
    assert refusal(take(question, None)) == text


def test_a_refusal_names_what_the_paper_nowhere_mentions() -> None:
    assert refusal(take("When did Moderna come?", None), ["Moderna"]) == (
        "I did not find this in the paper. It nowhere mentions “Moderna”."
    )
    assert refusal(take("Siapa Emmanuel Macron?", None), ["Emmanuel", "Macron"]) == (
        "Saya tidak menemukan ini di makalah. “Emmanuel Macron” tidak ada di dalamnya."
    )


def test_names_that_stand_side_by_side_are_one_and_others_are_not() -> None:
    question = take("Is Mount Everest higher than Mount Fuji?", None)
    assert refusal(question, ["Mount", "Everest", "Fuji"]).endswith("mentions “Mount Everest”, “Fuji”.")


def test_a_refusal_names_no_more_than_three() -> None:
    many = refusal(take("Apakah A1, B1, C1, D1?", None), ["A1", "B1", "C1", "D1"])
    assert many == "Saya tidak menemukan ini di makalah. “A1”, “B1”, “C1” tidak ada di dalamnya."
