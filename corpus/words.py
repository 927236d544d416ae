"""Sets of words, written as running text."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``, which white space parts."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return the phrases of ``text``, which bars part; lines may break anywhere between words."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))
