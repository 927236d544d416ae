"""Sets of words, written as running text, and the character that no word has."""

from __future__ import annotations

UNKNOWN = "\ufffd"
"""What stands for a character that a file does not tell: it is shown, but nothing that holds it is quoted."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``, which white space parts."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return the phrases of ``text``, which bars part; lines may break anywhere between words."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))
