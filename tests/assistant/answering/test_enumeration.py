"""What a text enumerates is given item by item, and only where it answers."""

from __future__ import annotations

import pytest

from assistant.answering.enumeration import enumerated

GOODS = "Bantuan itu meliputi masker, sarung tangan, alat uji, serta baju pelindung (Dinas Kesehatan, 2020)."
PORTS = "In May the ports were closed. The three open ports are Kendari, Bau-Bau and Raha; all are small."


@pytest.mark.parametrize(
    ("text", "words", "question", "members"),
    [
        (GOODS, "", "Apa saja empat bantuan itu?", ["masker", "sarung tangan", "alat uji", "baju pelindung"]),
        (GOODS, "", "Apa saja lima bantuan itu?", []),
        (GOODS, "", "Apa saja bantuan itu?", []),
        (GOODS, "masker, sarung tangan, alat uji", "Apa saja bantuan itu?", []),
        (GOODS, "masker, sarung tangan, dan alat uji", "Apa saja?", ["masker", "sarung tangan", "alat uji"]),
        (PORTS, "", "Which three ports are open?", ["Kendari", "Bau-Bau", "Raha"]),
        (PORTS, "Kendari, Bau-Bau and Raha", "Which ports are open?", ["Kendari", "Bau-Bau", "Raha"]),
        (PORTS, "Kendari and Raha", "Which ports are open?", []),
        ("From A (B), C, and E (F).", "A (B), C, and E (F", "From where?", ["A (B)", "C", "E (F)"]),
        ("From A (B), C, and E (F).", "A (B), C, and E (F).", "From where?", ["A (B)", "C", "E (F)"]),
        ("It gave rice, oil, and so on.", "rice, oil, and so on", "What did it give?", []),
        ("", "", "Which three?", []),
    ],
)
def test_members(text: str, words: str, question: str, members: list[str]) -> None:
    assert enumerated(text, words, question) == members


def test_what_is_too_long_for_a_member_is_none() -> None:
    text = f"The three are one, two {'and so on ' * 20}, and three."
    assert enumerated(text, "", "Which three are there?") == []
