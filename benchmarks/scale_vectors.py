"""Vectors to measure search on: real ones as far as the texts go, and synthetic ones that behave alike beyond.

Real passages are the sentences of the bundled paper and of the public sets' texts, real questions are the sets' own;
both are encoded by the project's embedder and kept in the user's cache folder, for they take minutes to make.

A synthetic passage stands in a real one's neighbourhood: it lies on the way from a real passage to one of its
`NEIGHBOURS` nearest (SMOTE: Chawla et al. 2002, https://doi.org/10.1613/jair.953), displaced by noise that has the
covariance of that neighbourhood (a smoothed bootstrap: Silverman and Young 1987,
https://doi.org/10.1093/biomet/74.3.469), and of length 1 again. Noise with the covariance of all passages, or of none,
would leave the thin sheet on which a model's vectors lie, so that a question would find all of it equally far.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.data import read_lines
from corpus import load_paper
from corpus.files.whole import replaced
from corpus.structure.sentences import split_sentences
from index.cache import cache_folder
from index.encoders import Vectors

SETS = ("tico19", "belebele", "squad2_en_id_aligned", "idk_mrc", "facqa", "squad2_en")
"""The public sets whose texts are split into sentences, and whose questions are asked; see the evaluation data."""

NEIGHBOURS = 32
"""How many of the nearest real passages make a neighbourhood."""

CHUNK = 20_000
"""How many synthetic vectors are made at a time."""

_SHORTEST = 110  # characters: a passage is a sentence or more, which a short sentence hardly is


def real_texts(data: Path, limit: int) -> list[str]:
    """Return ``limit`` of the sentences of the bundled paper and of the sets in ``data``, as `real_questions` does."""
    sentences = [sentence.text for sentence in load_paper().sentences]
    for name in SETS:
        for text in read_lines(data / name / "corpus.jsonl"):
            sentences += [text["text"][start:end] for start, end in split_sentences(text["text"])]
    return _shuffled(sentence for sentence in sentences if len(sentence) >= _SHORTEST)[:limit]


def real_questions(data: Path, limit: int) -> list[str]:
    """Return ``limit`` of the sets' questions, each once, shuffled, always alike; TICO-19's are no questions."""
    asked = (query["text"] for name in SETS if name != "tico19" for query in read_lines(data / name / "queries.jsonl"))
    return _shuffled(asked)[:limit]


def encoded(
    name: str,
    texts: Sequence[str],
    fingerprint: str,
    encode: Callable[[Sequence[str]], Vectors],
) -> Vectors:
    """Return the vectors of texts, from the cache folder where they have been encoded by this model before."""
    digest = hashlib.sha256("\n".join([fingerprint, *texts]).encode()).hexdigest()[:16]
    file = cache_folder() / "benchmarks" / f"{name}-{digest}.npy"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with replaced(file) as scratch, scratch.open("wb") as out:
            np.save(out, encode(texts))
    vectors: Vectors = np.load(file)
    return vectors


def _shuffled(texts: Iterator[str]) -> list[str]:
    unique = sorted(set(texts))
    return [unique[place] for place in np.random.default_rng(0).permutation(len(unique))]


class Synthetic:
    """Makes vectors that behave like those it is given, any number of them, always alike."""

    def __init__(self, real: Vectors, *, along: float = 0.5, noise: float = 0.65) -> None:
        """Find each real vector's neighbourhood; ``along`` and ``noise`` say how far from it a synthetic one goes.

        ``along``: at most that share of the way to the neighbour; ``noise``: its standard deviation, in those of the
        neighbourhood. Both are chosen so that the figures of ``benchmarks.scale`` come out alike for real and
        synthetic ones.
        """
        self._real, self._along, self._noise = real, along, noise
        self._nearest = nearest_exactly(real, real, NEIGHBOURS + 1)[1][:, 1:]

    def make(self, count: int) -> Iterator[Vectors]:
        """Yield ``count`` vectors in chunks of `CHUNK`, each float32 (n, dimension), of length 1."""
        random = np.random.default_rng(0)
        for start in range(0, count, CHUNK):
            size = min(CHUNK, count - start)
            rows = random.integers(0, len(self._real), size)
            towards = self._nearest[rows, random.integers(0, NEIGHBOURS, size)]
            share = random.uniform(0, self._along, (size, 1)).astype(np.float32)
            weights = random.standard_normal((size, NEIGHBOURS)).astype(np.float32)
            weights -= weights.mean(axis=1, keepdims=True)  # as if the neighbourhood's mean were taken from it
            weights *= self._noise / np.sqrt(NEIGHBOURS - 1)
            made = self._real[rows] * (1 - share) + self._real[towards] * share
            for one in range(0, size, 2000):  # neighbourhoods of 2,000 at a time: 100 MB
                some = slice(one, one + 2000)
                made[some] += np.einsum("ij,ijk->ik", weights[some], self._real[self._nearest[rows[some]]])
            yield made / np.linalg.norm(made, axis=1, keepdims=True)


def nearest_exactly(vectors: Vectors, queries: Vectors, k: int) -> tuple[Vectors, npt.NDArray[np.int64]]:
    """Return the greatest inner products, (queries, k), and their rows, by comparing all."""
    import faiss

    similarities, rows = faiss.knn(queries, vectors, k, metric=faiss.METRIC_INNER_PRODUCT)
    return similarities, rows


def intrinsic_dimension(similarities: Vectors) -> float:
    """Return the median local intrinsic dimension, from each query's nearest, (queries, k), the nearest first.

    The maximum-likelihood estimate of Levina and Bickel (2004), on Euclidean distances.
    """
    distances = np.sqrt(np.maximum(2 - 2 * similarities.astype(np.float64), 1e-12))
    logs = np.log(distances[:, -1:] / distances[:, :-1])
    return float(np.median(1 / logs.mean(axis=1)))
