"""Questions that a paper is known to answer or to leave open, as a way to find what answers the next one.

To find a sentence by questions that it answers is the idea of doc2query (Nogueira et al. 2019,
https://arxiv.org/abs/1904.08375), whose questions a model generates; these were written by hand. And a question that is
nearer to one the paper leaves open than to any that it answers is probably left open, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus import Glossary, KnownQuestion, Language, Paper
from index.encoders import Vectors
from index.fusion import SAME
from index.spelling import as_searched

FAR = 0.75
"""The similarity below which it says nothing that a question resembles another: e5's lie above it for anything alike at
all, so a sentence of which no question is known loses little against one of which some are."""

ALSO = 0.01
"""What a question counts less for the other sentences that answer it than for the first."""


ALIKE = 20
"""How many questions that the paper answers are named as those most alike."""


class Resemblance(NamedTuple):
    """How a question resembles the known ones.

    ``scores``: for each sentence the greatest similarity to a question that it answers, at least `FAR`, shape
    (sentences,). ``answered`` and ``left_open``: the greatest similarity to any question that the paper answers, and to
    any that it leaves open; ``nearest_open``: which one that is, None where there is none, and ``sameness``: the
    similarity to it in the question's own language, 1 for that very question. ``alike``: those that the paper answers,
    the most alike first, at most `ALIKE`.
    """

    scores: Vectors
    answered: float
    left_open: float
    nearest_open: int | None
    sameness: float
    alike: tuple[int, ...]


def known_texts(paper: Paper, language: Language) -> list[str]:
    """Return the paper's known questions in a language, as they are encoded."""
    glossary = Glossary(paper.annotations.glossary)
    return [as_searched(question.text[language], language, glossary) for question in paper.annotations.questions]


class KnownQuestions:
    """A paper's known questions in one language."""

    def __init__(
        self, questions: Sequence[KnownQuestion], vectors: Vectors, in_other_language: Vectors, sentences: int
    ) -> None:
        """Take the vectors of the questions in this language and in the other, a row each."""
        self.vectors = vectors
        # As with passages, the likeness to both texts of a question says more than that to either.
        self._both = SAME * vectors + (1 - SAME) * in_other_language
        self._sentences = sentences
        self._left_open = np.array([not question.sentences for question in questions], dtype=bool)
        links = [(row, place) for row, question in enumerate(questions) for place in range(len(question.sentences))]
        self._rows = np.array([row for row, _ in links], dtype=int)
        self._answers = np.array([questions[row].sentences[place] for row, place in links], dtype=int)
        self._less = np.array([ALSO if place else 0.0 for _, place in links], dtype=np.float32)

    def resemblance(self, question: Vectors) -> Resemblance:
        """Compare a question, by its vector of shape (dimension,), with those known."""
        similarities = self._both @ question
        left_open = np.where(self._left_open, similarities, -np.inf)
        scores = np.full(self._sentences, FAR, dtype=np.float32)
        np.maximum.at(scores, self._answers, similarities[self._rows] - self._less)
        answered = int((~self._left_open).sum())
        nearest = int(left_open.argmax()) if self._left_open.any() else None
        return Resemblance(
            scores,
            float(similarities[~self._left_open].max(initial=FAR)),
            float(left_open.max(initial=FAR)),
            nearest,
            0.0 if nearest is None else float(self.vectors[nearest] @ question),
            tuple(np.argsort(np.where(self._left_open, np.inf, -similarities))[: min(ALIKE, answered)].tolist()),
        )
