"""Sets of words, written as running text."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, which are separated by white space."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return the phrases of a text, which are separated by bars; lines may break between any two words."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))
