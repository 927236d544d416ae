"""Whether the paper answers a question at all.

Three signals, weighed by logistic regression: how near the question is to the paper and how near to everyday matters
(`index.background`), and the share of its words that the paper knows. They tell a question about something else. They
do not tell a question about this paper's matters that it leaves open: that takes a reader, whose probability belongs
here.

The weights, the questions they were fitted to and what they achieve are in ``data/relevance.json``, written by
``python -m benchmarks.calibrate``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import NamedTuple

from corpus import SMALL_WORDS, Language
from index import Found, PaperIndex
from index.words import split_words


class Signals(NamedTuple):
    """What is weighed; ``coverage`` is a share, the others count standard deviations.

    ``everyday`` counts from 0: to be farther from everyday questions than they are from each other says nothing.
    """

    nearness: float
    everyday: float
    coverage: float


class Relevance:
    """The probability that a paper answers a question, and the least one that is good enough to answer."""

    def __init__(self, index: PaperIndex, weights: Mapping[str, Sequence[float]], threshold: float) -> None:
        """Put it together; ``load`` takes the weights that come with the assistant.

        ``weights`` holds an intercept and a weight for each signal, for questions in each language that the paper can
        be read in ("id", "en") and for those in one it cannot ("other"), of whose words it holds only names and
        numbers.
        """
        self._index = index
        self._weights = weights
        self.threshold = threshold

    @classmethod
    def load(cls, index: PaperIndex) -> Relevance:
        """Use the weights that come with the assistant."""
        fitted = json.loads(resources.files("assistant").joinpath("data/relevance.json").read_text(encoding="utf-8"))
        return cls(index, fitted["weights"], fitted["threshold"])

    def signals(self, question: str, language: Language, found: Found) -> Signals:
        """Return what there is to weigh."""
        content = [word for word in split_words(question) if word.lower() not in SMALL_WORDS[language]]
        known = sum(self._index.sides[language].words.knows(word) for word in content)
        return Signals(found.nearness, max(0.0, found.everyday), known / len(content) if content else 0.0)

    def probability(self, question: str, language: Language, found: Found) -> float:
        """Return the probability, 0 to 1, that the paper answers."""
        intercept, *weights = self._weights[self.relation(language)]
        signals = self.signals(question, language, found)
        return 1 / (1 + math.exp(-intercept - sum(w * s for w, s in zip(weights, signals, strict=True))))

    def relation(self, language: Language) -> str:
        """Return which weights a question's language takes."""
        return language if language == self._index.sides[language].words.main_language else "other"
