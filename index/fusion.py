"""From what each passage scores to what each sentence scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus import Finding, Passage
from index.encoders import Vectors

AROUND = 0.3
"""The weight of a sentence's surroundings against the sentence itself."""

WORDS = 0.3
"""The weight of words (0 to 1) beside similarity (cosine)."""

STATED = 0.01
"""What a finding's statement counts less than the text of the sentence it rests on first."""

ALSO = 0.02
"""What it counts less still for the other sentences that it rests on."""


class Fusion:
    """Weighs a paper's passages and findings: each sentence by itself, by its surroundings and by its words."""

    def __init__(self, passages: Sequence[Passage], sentences: int, findings: Sequence[Finding] = ()) -> None:
        self._findings = findings
        self._alone = np.full(sentences, -1)
        self._around: list[list[int]] = [[] for _ in range(sentences)]
        for row, passage in enumerate(passages):
            if passage.first == passage.last:
                self._alone[passage.first] = row
            else:
                for sentence in range(passage.first, passage.last + 1):
                    self._around[sentence].append(row)

    def scores(self, similarities: Vectors, words: Vectors) -> Vectors:
        """Return each sentence's score, shape (sentences,); -inf for a sentence that is not searched.

        ``similarities`` and ``words`` are the scores of the passages and then of the findings.
        """
        found = similarities + WORDS * words
        passages = found[: len(found) - len(self._findings)]
        scores = np.full(len(self._alone), -np.inf, dtype=np.float32)
        for sentence, row in enumerate(self._alone):
            if row >= 0:
                around = self._around[sentence]
                best = passages[around].max() if around else passages[row]
                scores[sentence] = (1 - AROUND) * passages[row] + AROUND * best
        for finding, stated in zip(self._findings, found[len(passages) :] - STATED, strict=True):
            for sentence, less in zip(finding.sentences, [0.0] + [ALSO] * len(finding.sentences), strict=False):
                if np.isfinite(scores[sentence]):
                    scores[sentence] = max(scores[sentence], stated - less)
        return scores

    def nearest_finding(self, similarities: Vectors, words: Vectors) -> int | None:
        """Return the index of the finding that scores best, from the same as `scores`; None where there is none."""
        stated = (similarities + WORDS * words)[len(similarities) - len(self._findings) :]
        return int(stated.argmax()) if len(stated) else None
