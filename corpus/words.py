"""Sets of words written as running text, and the character that stands for an unknown one."""

from __future__ import annotations

UNKNOWN = "\ufffd"
"""Stands for a character that a file does not identify. Text that holds it is shown, but never quoted."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, which are separated by white space."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return the phrases of a text, which are separated by bars; lines may break between any two words."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))
