"""Compares how near a question is to a paper with questions on everyday matters, which no paper answers.

A cosine by itself means little: e5's are between .75 and .90 for any two texts, and another model, language or paper
has another range. So the best similarity of a question to a paper is compared with the best ones of questions on
everyday matters to the same paper. This is zero normalisation, as used for the scores of speaker verification
(Auckenthaler et al. 2000, https://doi.org/10.1006/dspr.1999.0360). A question may also be near to an everyday one
itself.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import numpy as np

from corpus import Language
from index.encoders import Vectors

_LEAST_DEVIATION = 1e-3


class Background:
    """Questions on everyday matters in one language, and how near they are to a paper and to each other."""

    def __init__(self, questions: Vectors, passages: Vectors) -> None:
        """Compare the vectors of the questions (questions, dimension) with a paper's (passages, dimension)."""
        self.questions = questions
        self._to_paper = (questions @ passages.T).max(axis=1)
        among = questions @ questions.T
        np.fill_diagonal(among, -np.inf)
        self._to_each_other = among.max(axis=1)

    def nearness(self, similarity: float) -> float:
        """Return by how many deviations a question's best similarity to the paper exceeds the mean everyday one."""
        return deviations(similarity, self._to_paper)

    def everyday(self, question: Vectors) -> float:
        """Return how near a question, (dimension,), is to an everyday one, compared with those among themselves."""
        return deviations(float((self.questions @ question).max()), self._to_each_other)


def deviations(value: float, values: Vectors) -> float:
    """Return by how many standard deviations a value exceeds the mean of some values, shape (n,)."""
    return (value - float(values.mean())) / max(float(values.std()), _LEAST_DEVIATION)


@cache
def background_questions() -> dict[Language, list[str]]:
    """Return the questions on everyday matters, by language."""
    text = resources.files("index").joinpath("data/background.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)  # type: ignore[return-value]
