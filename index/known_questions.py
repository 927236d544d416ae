"""Finds answers by questions that a paper is known to answer, or to leave open.

Finding a sentence by the questions that it answers is the idea of doc2query (Nogueira et al. 2019,
https://arxiv.org/abs/1904.08375). There a model generates the questions; these are written by hand. Also, a question
that is nearer to one that the paper leaves open than to any that it answers is probably left open, too.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from corpus import Glossary, Language, Paper
from index.encoders import Vectors
from index.languages import SAME
from index.spelling import as_searched
from index.words import split_words

FAR = 0.75
"""The similarity below which two questions are not alike. A sentence without known questions has this score, and so
loses little to one that has some."""

ALSO = 0.01
"""The loss of a question for all sentences that answer it but the first."""

ASKED = 2.0
"""The gain of the sentences that answer a known question, if that very one is asked. No other comes near."""

ALIKE = 20
"""The number of most similar answered questions that are returned."""


class Resemblance(NamedTuple):
    """How a question resembles the known ones.

    ``scores``: for each sentence, the greatest similarity to a question that it answers, at least `FAR`, shape
    (sentences,), and `ASKED` more for the question that is asked. ``answered`` and ``left_open``: the greatest
    similarity to a question that the paper answers, and to one that it leaves open, at least `FAR`. ``nearest_open``:
    the index of the latter, None if there is none. ``sameness``: the similarity to it in the question's own language, 1
    for that very question. ``alike``: the indexes of the questions that the paper answers, the most alike first, at
    most `ALIKE`. ``asked``: the index of the known question that is asked in the same words, None if none is. To be
    similar is not enough: "the most" and "the fewest" are .99 alike.
    """

    scores: Vectors
    answered: float
    left_open: float
    nearest_open: int | None
    sameness: float
    alike: tuple[int, ...]
    asked: int | None


def known_texts(paper: Paper, language: Language) -> list[str]:
    """Return the paper's known questions in a language, as they are encoded."""
    glossary = Glossary(paper.annotations.glossary)
    return [as_searched(question.text[language], language, glossary) for question in paper.annotations.questions]


class KnownQuestions:
    """A paper's known questions in one language."""

    def __init__(self, paper: Paper, language: Language, vectors: Vectors, in_other_language: Vectors) -> None:
        """Take the questions' vectors in this language and in the other, each of shape (questions, dimension)."""
        questions = paper.annotations.questions
        self._texts = [question.text[language] for question in questions]
        self._as_searched = partial(as_searched, language=language, glossary=Glossary(paper.annotations.glossary))
        self.vectors = vectors
        # As with passages, the similarity to both texts of a question says more than that to either.
        self._both = SAME * vectors + (1 - SAME) * in_other_language
        self._sentences = len(paper.sentences)
        self._left_open = np.array([question.is_open for question in questions], dtype=bool)
        answers = [(row, *answer) for row, question in enumerate(questions) for answer in enumerate(question.sentences)]
        self._rows = np.array([row for row, _, _ in answers], dtype=int)
        self._answers = np.array([sentence for _, _, sentence in answers], dtype=int)
        self._less = np.array([ALSO if place else 0.0 for _, place, _ in answers], dtype=np.float32)

    def resemblance(self, question: Vectors, text: str) -> Resemblance:
        """Compare a question, by its vector of shape (dimension,) and its text as searched, with the known ones."""
        similarities = self._both @ question
        left_open = np.where(self._left_open, similarities, -np.inf)
        scores = np.full(self._sentences, FAR, dtype=np.float32)
        np.maximum.at(scores, self._answers, similarities[self._rows] - self._less)
        in_language = self.vectors @ question
        asked = self._asked(in_language, text)
        scores[self._answers[self._rows == asked]] += ASKED
        answered = int((~self._left_open).sum())
        nearest = int(left_open.argmax()) if self._left_open.any() else None
        return Resemblance(
            scores,
            float(similarities[~self._left_open].max(initial=FAR)),
            float(left_open.max(initial=FAR)),
            nearest,
            0.0 if nearest is None else float(in_language[nearest]),
            tuple(np.argsort(np.where(self._left_open, np.inf, -similarities))[: min(ALIKE, answered)].tolist()),
            asked,
        )

    def _asked(self, similarities: Vectors, text: str) -> int | None:
        """Return the index of the known question with the words of a text, as searched: only the nearest may be it."""
        if not self._texts:
            return None
        nearest = int(similarities.argmax())
        return nearest if _words(self._as_searched(self._texts[nearest])) == _words(text) else None


def _words(text: str) -> tuple[str, ...]:
    """Return a text's words in small letters, without punctuation."""
    return tuple(split_words(text.casefold()))
