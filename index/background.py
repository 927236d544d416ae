"""How near a paper's passages come to questions that have nothing to do with it.

A cosine by itself tells little: e5's lie between .75 and .90 for anything at all, and lie elsewhere for another model,
language or paper. So the best similarity of a question is measured against those that questions on everyday matters
reach in the same paper: zero normalisation, as of the scores of speaker verification (Auckenthaler et al. 2000,
https://doi.org/10.1006/dspr.1999.0360).
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import NamedTuple

import numpy as np

from corpus import Language
from index.embedder import Vectors


class Background(NamedTuple):
    """The best similarities of the background's questions: their mean and standard deviation."""

    mean: float
    deviation: float

    def normalise(self, similarity: float) -> float:
        """Return by how many deviations a question's best similarity exceeds the background's mean."""
        return (similarity - self.mean) / self.deviation


def background_questions() -> dict[Language, list[str]]:
    """Return the questions on everyday matters, by language."""
    text = resources.files("index").joinpath("data/background.toml").read_text(encoding="utf-8")
    questions: dict[Language, list[str]] = tomllib.loads(text)  # type: ignore[assignment]
    return questions


def measure(questions: Vectors, passages: Vectors) -> Background:
    """Measure passages (passages, dimension) against a background's questions (questions, dimension)."""
    best = (questions @ passages.T).max(axis=1)
    return Background(float(best.mean()), max(float(best.std()), 1e-3))
