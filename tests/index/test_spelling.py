from __future__ import annotations

import pytest

from assistant import Assistant
from index.spelling import written_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brp masker yg dikasih sichuan", "berapa masker yang dikasih sichuan"),
        ("kerja sama dgn sichuan apa aja?", "kerja sama dengan sichuan apa saja?"),
        ("Kapan MoU ditandatangani?", "Kapan MoU ditandatangani?"),
        ("status PD dan DR", "status PD dan DR"),  # abbreviations in capitals are names
        ("pdrb", "pdrb"),
    ],
)
def test_only_whole_words_in_small_letters_are_written_out(typed: str, meant: str) -> None:
    assert written_out(typed, "id") == meant
    assert written_out(typed, "en") == typed


def test_a_question_is_found_however_it_is_spelt(assistant: Assistant) -> None:
    typed, meant = assistant.ask_many(
        ["brp paket masker yg dikasih sichuan", "berapa paket masker yang dikasih sichuan"], language="id"
    )
    assert typed.citations == meant.citations
    assert typed.question == "brp paket masker yg dikasih sichuan"
    assert typed.understood_as is None
