"""From what each passage scores to the order of a paper's sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus import Language, Passage

AROUND = 0.4
"""The weight of a sentence's surroundings against the sentence itself."""

WORDS = 0.06
"""The weight of words (0 to 1) beside similarity (cosine)."""

NEIGHBOURS = 3
"""How many passages of the other language, the nearest ones, stand for a passage's translation."""

Floats = NDArray[np.float32]


def language_offset(vectors: Floats, languages: Sequence[Language]) -> dict[Language, Floats]:
    """Return, for each language, what its passages' vectors have in common beyond what they mean, shape (dimension,).

    A multilingual model places texts of one language near each other, so that an English question is drawn to a
    paper's English abstract, whatever it asks (Libovicky et al. 2020, https://arxiv.org/abs/2004.05160, who subtract
    a language's mean). In a paper where two languages say different things the means differ for good reason too, so
    each passage is compared with the nearest ones of the other language instead: in a paper with two abstracts those are
    its translation.
    """
    of = np.array(languages)
    offsets = {}
    for language in set(languages):
        own, other = vectors[of == language], vectors[of != language]
        if len(own) and len(other):
            nearest = np.argsort(-(own @ other.T), axis=1)[:, :NEIGHBOURS]
            offsets[language] = (own - other[nearest].mean(axis=1)).mean(axis=0)
        else:
            offsets[language] = np.zeros(vectors.shape[1], dtype=np.float32)
    return offsets


class Fusion:
    """The weighing of a paper's passages: each sentence by itself, by its surroundings and by its words."""

    def __init__(self, passages: Sequence[Passage], sentences: int) -> None:
        self._alone = np.full(sentences, -1)
        holders: list[list[int]] = [[] for _ in range(sentences)]
        for row, passage in enumerate(passages):
            if passage.first == passage.last:
                self._alone[passage.first] = row
            for sentence in range(passage.first, passage.last + 1):
                holders[sentence].append(row)
        self._holders = np.full((sentences, max(map(len, holders), default=0)), -1)
        for sentence, rows in enumerate(holders):
            self._holders[sentence, : len(rows)] = rows

    def scores(self, similarities: Floats, words: Floats) -> Floats:
        """Return each sentence's score, shape (sentences,); -inf for a sentence that is not searched.

        ``similarities`` and ``words`` are the scores of the passages, each of shape (passages,).
        """
        passages = similarities + WORDS * words
        held = np.where(self._holders >= 0, passages[self._holders], -np.inf).max(axis=1, initial=-np.inf)
        fused: Floats = (1 - AROUND) * passages[self._alone] + AROUND * held
        fused[self._alone < 0] = -np.inf
        return fused
