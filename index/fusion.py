"""Scores sentences by the passages and findings that have them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus import Finding, Passage
from index.encoders import Vectors

AROUND = 0.1
"""The weight of a sentence's surroundings; the sentence itself has the rest of 1."""

WORDS = 0.3
"""The weight of a word score (0 to 1) beside a similarity (cosine)."""

STATED = 0.01
"""The loss of a finding's statement against the own text of the first sentence that it rests on."""

ALSO = 0.02
"""The further loss for the other sentences that it rests on."""


class Fusion:
    """Scores a paper's sentences by their own passage, the passages around them and the findings that rest on them."""

    def __init__(self, passages: Sequence[Passage], sentences: int, findings: Sequence[Finding] = ()) -> None:
        self._findings = findings
        self._alone = np.full(sentences, -1)  # the row of the passage that is just this sentence
        self._around: list[list[int]] = [[] for _ in range(sentences)]
        for row, passage in enumerate(passages):
            if passage.first == passage.last:
                self._alone[passage.first] = row
            else:
                for sentence in passage.sentences:
                    self._around[sentence].append(row)

    def scores(self, similarities: Vectors, words: Vectors) -> Vectors:
        """Return each sentence's score, shape (sentences,); -inf for a sentence that is not searched.

        ``similarities`` and ``words`` are the scores of the passages, followed by those of the findings.
        """
        weighed = similarities + WORDS * words
        passages = weighed[: len(weighed) - len(self._findings)]
        scores = np.full(len(self._alone), -np.inf, dtype=np.float32)
        for sentence, row in enumerate(self._alone):
            if row >= 0:
                around = self._around[sentence]
                best = passages[around].max() if around else passages[row]
                scores[sentence] = (1 - AROUND) * passages[row] + AROUND * best
        for finding, stated in zip(self._findings, weighed[len(passages) :] - STATED, strict=True):
            for place, sentence in enumerate(finding.sentences):
                if np.isfinite(scores[sentence]):
                    scores[sentence] = max(scores[sentence], stated - (ALSO if place else 0.0))
        return scores

    def nearest_finding(self, similarities: Vectors, words: Vectors) -> int | None:
        """Return the index of the finding that scores best, given what `scores` takes; None if there are none."""
        stated = (similarities + WORDS * words)[len(similarities) - len(self._findings) :]
        return int(stated.argmax()) if len(stated) else None
