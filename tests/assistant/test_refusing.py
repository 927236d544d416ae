from __future__ import annotations

import pytest

from assistant.refusing import refusal
from corpus import Language


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        ("Kapan Pikobar diluncurkan?", "id", "Makalah ini tidak menyebutkan kapan."),
        ("Pikobar kpn sih rilisnya?", "id", "Makalah ini tidak menyebutkan kapan."),
        ("When was Pikobar launched?", "en", "The paper does not say when."),
        ("On what date did the masks arrive?", "en", "The paper does not say when."),
        ("Berapa harga maskernya?", "id", "Makalah ini tidak menyebutkan berapa."),
        ("How much did the masks cost?", "en", "The paper does not give that figure."),
        ("Siapa yang menandatangani MoU?", "id", "Makalah ini tidak menyebutkan siapa."),
        ("Who signed the MoU?", "en", "The paper does not say who."),
        ("Di mana wawancara dilakukan?", "id", "Makalah ini tidak menyebutkan di mana."),
        ("Where was he interviewed?", "en", "The paper does not say where."),
        ("Mengapa programnya berhenti?", "id", "Makalah ini tidak menyebutkan mengapa."),
        ("Why did it end?", "en", "The paper does not say why."),
        ("How was it evaluated?", "en", "The paper does not say how."),
        ("Apakah ada rencana lain?", "id", "Makalah ini tidak menyebutkannya."),
        ("Is there another plan?", "en", "The paper does not say."),
    ],
)
def test_a_refusal_names_what_was_looked_for(question: str, language: Language, text: str) -> None:
    assert refusal(question, [], language) == text


def test_a_refusal_names_what_the_paper_nowhere_mentions() -> None:
    assert refusal("When did Moderna come?", ["Moderna"], "en") == (
        "The paper does not say when. It nowhere mentions “Moderna”."
    )
    assert refusal("How tall is Mount Everest?", ["Mount", "Everest"], "en") == (
        "The paper does not give that figure. It nowhere mentions “Mount Everest”."
    )
    many = refusal("Apakah A, B, C, D?", ["A1", "B1", "C1", "D1"], "id")
    assert many == "Makalah ini tidak menyebutkannya. “A1”, “B1”, “C1” tidak ada di dalamnya."


def test_the_first_question_word_decides() -> None:
    assert refusal("Who decided how many masks were sent?", [], "en") == "The paper does not say who."
