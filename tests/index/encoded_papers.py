"""Small papers with made-up vectors, as back-ends take them."""

from __future__ import annotations

import numpy as np

from corpus import Language
from index.backend import EncodedPaper
from index.encoders import Vectors

DIMENSION = 16


def vector(*seed: int) -> Vectors:
    """Make a vector of length 1, the same for the same seed."""
    found = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found), dtype=np.float32)


def paper(name: str, *texts: str, number: int = 0, language: Language = "en") -> EncodedPaper:
    """Make a paper of these texts, whose vectors are ``vector(number, row)``."""
    vectors = np.array([vector(number, row) for row in range(len(texts))], np.float32).reshape(-1, DIMENSION)
    return EncodedPaper(name, texts, [language] * len(texts), vectors)
