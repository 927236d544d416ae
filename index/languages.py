"""Bridges two languages: how far a model sets their texts apart, and which of their words mean the same.

A multilingual model places texts of one language near each other, so that a question is drawn to the texts in its own
language, whatever they say (Libovicky et al. 2020, https://arxiv.org/abs/2004.05160, who subtract a language's mean).
For a single paper, this is measured on the paper itself (`language_offset`). For a library, in which papers may be in
one language only, it is measured on the bundled paper, which has each passage in both (`language_gap`).

A question may be in another language than a paper without a translation. Then only numbers and abbreviations match by
their letters. But a model places words of the same meaning near each other, in any language. So each word of the
question is replaced by the nearest word of the paper, if that is near enough (`Bridge`). This is a dictionary induced
from vectors (Artetxe et al. 2016, https://aclanthology.org/D16-1250/), for one paper's vocabulary and without training.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

import numpy as np

from corpus import SMALL_WORDS, Language
from index.embedder import Embedder
from index.encoders import Vectors

SAME = 0.6
"""The weight of a text in the question's language against its counterpart in the other language.

The mean of two texts that say the same ranks better than either, since their errors differ. Any value from .5 to .8
does nearly as well."""

NEIGHBOURS = 3
"""The number of nearest passages in the other language that stand for a passage's translation."""

LIKELY = 3.5
"""The standard deviations by which a similar word must exceed the vocabulary to mean the same."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SMALL = frozenset[str]().union(*SMALL_WORDS.values())
_SHORTEST = 4
"""Characters of the shortest word that is compared: shorter ones resemble each other by their letters."""


def language_offset(vectors: Vectors, languages: Sequence[Language]) -> dict[Language, Vectors]:
    """Return the offset of each language: what its vectors have in common beyond meaning, shape (dimension,).

    The means of two languages also differ if their texts say different things. So each passage is compared with the
    nearest ones in the other language; for one of two abstracts, that is its translation.
    """
    of_row = np.array(languages)
    offsets = {language: np.zeros(vectors.shape[1], dtype=np.float32) for language in languages}
    for language in offsets if len(offsets) > 1 else ():
        own, other = vectors[of_row == language], vectors[of_row != language]
        nearest = np.argsort(-(own @ other.T), axis=1)[:, :NEIGHBOURS]
        offsets[language] = (own - other[nearest].mean(axis=1)).mean(axis=0)
    return offsets


def language_gap(own: Vectors, translated: Vectors, languages: Sequence[Language]) -> dict[Language, Vectors]:
    """Return the vector to subtract from those of texts in each language, shape (dimension,).

    ``own`` and ``translated`` are the vectors of passages and of their translations, of shape (passages, dimension),
    ``languages`` those of the passages.
    """
    is_english = np.array([language == "en" for language in languages])[:, None]
    half: Vectors = np.where(is_english, own - translated, translated - own).mean(axis=0) / 2
    return {"en": half, "id": -half}


class Bridge:
    """Finds a paper's words that mean the same as words of another language. Thread-safe."""

    def __init__(self, words: Sequence[str], embedder: Embedder) -> None:
        """Take the paper's words, in small letters. They are encoded when they are first compared with."""
        self._words = [word for word in words if len(word) >= _SHORTEST and not word[0].isdigit()]
        self._kept = _SMALL.union(words)
        self._embedder = embedder
        self._lock = threading.Lock()
        self._vectors: Vectors | None = None
        self._same: dict[str, str | None] = {}
        """The result for each word, None for nothing; the words of a question are looked up more than once."""

    def crossed(self, text: str) -> str:
        """Return a text with the paper's words in place of those that mean the same, other words as they are."""
        words = dict.fromkeys(found[0].lower() for found in _WORD.finditer(text))
        compared = [word for word in words if len(word) >= _SHORTEST and word not in self._kept]
        with self._lock:
            if self._words and (new := [word for word in compared if word not in self._same]):
                self._compare(new)
            return _WORD.sub(lambda found: self._same.get(found[0].lower()) or found[0], text)

    def _compare(self, words: Sequence[str]) -> None:
        """Find the paper's nearest word for each of some words."""
        if self._vectors is None:
            self._vectors = self._embedder.encode_queries(self._words)
        similarities = self._embedder.encode_queries(words) @ self._vectors.T
        nearest = similarities.argmax(axis=1)
        least = similarities.mean(axis=1) + LIKELY * similarities.std(axis=1)
        for row, word in enumerate(words):
            is_near = similarities[row, nearest[row]] >= least[row]
            self._same[word] = self._words[nearest[row]] if is_near else None
