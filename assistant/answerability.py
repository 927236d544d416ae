"""The probability that a paper answers a question, and the least one that is good enough to answer.

Logistic regression weighs nine signals. The reader's judgement of the sentences found counts most: that of the best
one, and the mean of all, since a paper on the matter asked about has several sentences that nearly answer. But the
reader sees only those sentences, and one that says the same of something else can mislead it. So the question is also
compared with questions that the paper is known to answer or to leave open, and its names with the paper's. A question
on another subject shows by its words, and by how near it is to the paper and to everyday matters (`index.background`).
Some kinds of questions mislead the reader more than others: it takes any number, or any reason, for the one asked for.

The weights, the thresholds and what any other threshold would refuse are in ``data/answerability.json``, written by
``python -m benchmarks.calibrate``, which says what they are fitted to.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Literal, NamedTuple

from assistant.asking_words import SMALL, content_words
from assistant.expectation import gives_reason
from assistant.question import Question
from assistant.searching import Searched
from corpus import Language
from index import PaperIndex
from index.words import split_words

Relation = Literal["id", "en", "own", "other"]
"""The weights for a question. A paper with a translation and known questions has weights for each language. Any other
paper has weights for questions in its own language and in another, which is put into its words by a dictionary."""

_NAME = re.compile(r"(?:(?<=\w )|(?<=\())(?:[A-Z][\w-]*|\w*\d[\w.,/-]*\w|\d)")
_MOST_UNKNOWN = 2
MOST_KNOWN = 0.05
"""The difference in similarity that counts at most: two questions may share all words but the asking one."""


class Signals(NamedTuple):
    """The signals that are weighed.

    ``reading``: the highest logit that the reader gave a sentence; ``mean``: the mean of all that it gave. ``known``:
    how much more the question resembles one that the paper answers than one it leaves open (cosines), within
    `MOST_KNOWN` either way. ``unknown``: how many of the question's names and numbers the paper lacks, at most two.
    ``strange``: 1 if the paper has none of the question's words. ``nearness`` and ``everyday`` count standard
    deviations; ``everyday`` is 0 for a question farther from everyday questions than they are from each other.
    ``exact``: 1 if a date, an age, a number, an amount, a person or a place is asked for. ``unexplained``: 1 if a
    reason is asked for, and the best sentence gives none.
    """

    reading: float
    mean: float
    known: float
    unknown: float
    strange: float
    nearness: float
    everyday: float
    exact: float
    unexplained: float


class Answerability:
    """Estimates whether a paper answers a question."""

    def __init__(
        self, index: PaperIndex, weights: Mapping[str, Sequence[float]], thresholds: Mapping[str, float]
    ) -> None:
        """Use these weights; ``load`` takes those that come with the assistant.

        ``weights`` holds, for each `Relation`, an intercept and a weight for each signal; ``thresholds`` the least
        probability that is good enough to answer.
        """
        self._index = index
        self._weights = weights
        self._thresholds = thresholds

    @classmethod
    def load(cls, index: PaperIndex) -> Answerability:
        """Use the weights that come with the assistant."""
        file = resources.files("assistant").joinpath("data/answerability.json")
        fitted = json.loads(file.read_text(encoding="utf-8"))
        return cls(index, fitted["weights"], fitted["thresholds"])

    def signals(self, question: Question, searched: Searched) -> Signals:
        """Return the signals of a question, from what was found for it."""
        found = searched.found
        logits = [sentence.reading.answered for sentence in searched.read] or [0.0]
        words = self._index.sides[question.language].words
        return Signals(
            reading=max(logits),
            mean=sum(logits) / len(logits),
            known=max(-MOST_KNOWN, min(MOST_KNOWN, found.known.answered - found.known.left_open)),
            unknown=min(_MOST_UNKNOWN, len(self.unknown_names(found.own_words))),
            strange=float(not any(map(words.knows, content_words(found.own_words)))),
            nearness=found.nearness,
            everyday=max(0.0, found.everyday),
            exact=float(question.expected is not None),
            unexplained=float(question.kind == "reason" and not self._explains(searched)),
        )

    def _explains(self, searched: Searched) -> bool:
        """Return whether the sentence that the reader is surest of gives a reason, in either language."""
        best = max(searched.read, key=lambda item: item.reading.answered, default=None)
        return best is not None and any(map(gives_reason, self._index.paper.texts(best.sentence).values()))

    def known_share(self, text: str) -> float:
        """Return the share, 0 to 1, of a text's content words that the paper has, in any form and language."""
        words = content_words(text)
        return sum(map(self._knows, words)) / len(words) if words else 0.0

    def _knows(self, word: str) -> bool:
        return all(any(side.words.knows(part) for side in self._index.sides.values()) for part in split_words(word))

    def unknown_names(self, question: str) -> list[str]:
        """Return the names and numbers of a question that occur nowhere in the paper, nor in its translation."""
        said = {word: None for name in _NAME.findall(question) for word in split_words(name)}
        return [word for word in said if word.lower() not in SMALL and not self._knows(word)]

    def probability(self, signals: Signals, language: Language) -> float:
        """Return the probability, 0 to 1, that the paper answers."""
        intercept, *weights = self._weights[self.relation(language)]
        return 1 / (1 + math.exp(-intercept - sum(w * s for w, s in zip(weights, signals, strict=True))))

    def is_enough(self, probability: float, language: Language) -> bool:
        """Return whether a probability suffices to answer a question in a language."""
        return probability >= self._thresholds[self.relation(language)]

    def compares(self, language: Language) -> bool:
        """Return whether the words of questions in a language can be looked for in the paper."""
        return self.relation(language) != "other"

    def relation(self, language: Language) -> Relation:
        """Return the weights' name for a question in a language."""
        if self._index.paper.annotations.questions:
            return language
        return "own" if language == self._index.sides[language].words.main_language else "other"
