"""A segment: the passages of some papers, in a folder of files that never change."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus import Language
from corpus.files import sealed_folder
from index.backend import EncodedPaper, Query
from index.errors import StoreError
from index.nearest import build_nearest, open_nearest, search, write_nearest
from index.words import WordsOnDisk, write_words

_PAPERS, _VECTORS, _WORDS = "papers.json", "vectors.faiss", "words"

HASHED_UP_TO: Final = 256_000_000
"""Bytes of a segment up to which opening it hashes every file, which takes some tenths of a second. In a larger one,
sizes and times are checked. ``tanya doctor`` hashes all files."""


class Ranked(NamedTuple):
    """A passage that was found: its score among those found in the same way, its paper, and its row."""

    score: float
    paper: str
    row: int


def write_segment(folder: Path, papers: Sequence[EncodedPaper], made_from: Mapping[str, Any]) -> None:
    """Write papers into a folder, whole or not at all. A folder with just these is left alone. Raises OSError."""

    def fill(target: Path) -> None:
        vectors = [paper.vectors for paper in papers]
        write_nearest(build_nearest(vectors, vectors[0].shape[1]), target / _VECTORS)
        texts = (text for paper in papers for text in zip(paper.texts, paper.languages, strict=True))
        write_words(texts, target / _WORDS)
        sizes = {paper.id: len(paper.texts) for paper in papers}
        (target / _PAPERS).write_text(json.dumps(sizes), encoding="utf-8")

    sealed_folder.build(folder, made_from, fill)


def papers_of(folder: Path) -> frozenset[str]:
    """Return the papers of a segment without opening it. Raises OSError or ValueError."""
    return frozenset(json.loads((folder / _PAPERS).read_text(encoding="utf-8")))


class Segment:
    """An open segment; its length is the number of its passages. Searching is thread-safe."""

    def __init__(self, folder: Path, made_from: Mapping[str, Any]) -> None:
        """Open a segment. Raises StoreError unless it is as it was written."""
        small = sealed_folder.size(folder) <= HASHED_UP_TO
        problem = sealed_folder.problem(folder, made_from, thorough=small)
        if problem:
            raise StoreError(f"The passages in {folder} cannot be used: {problem}")
        self.name, self.made_from = folder.name, made_from
        sizes: dict[str, int] = json.loads((folder / _PAPERS).read_text(encoding="utf-8"))
        self.papers = list(sizes)
        self._ends = np.cumsum(list(sizes.values()))
        self._vectors = open_nearest(folder / _VECTORS)
        self._words = WordsOnDisk(folder / _WORDS)

    def __len__(self) -> int:
        return int(self._ends[-1])

    def by_meaning(self, queries: Sequence[Query], k: int, within: Collection[str] | None = None) -> list[list[Ranked]]:
        """Return the k passages whose vectors are nearest to each query's, of all papers or ``within`` some."""
        among = None if within is None else np.flatnonzero(self._rows_of(within))
        found = search(self._vectors, np.stack([query.vector for query in queries]), k, among=among)
        return [self._ranked(*nearest) for nearest in zip(found.similarities, found.rows, strict=True)]

    def by_words(self, query: Query, k: int, within: Collection[str] | None = None) -> list[Ranked]:
        """Return the k best passages in each language by a query's words, of all papers or ``within`` some."""
        among = None if within is None else self._rows_of(within)
        return self._ranked(*self._words.nearest(query.text, query.language, k, among))

    def in_language(self, found: Sequence[Ranked], language: Language) -> list[Ranked]:
        """Return those of the passages found that are in a language."""
        rows = self._words.rows_in(language)
        sought = [ranked.row for ranked in found]
        places = np.searchsorted(rows, sought, side="right") - np.searchsorted(rows, sought)
        return [ranked for ranked, is_there in zip(found, places, strict=True) if is_there]

    def _rows_of(self, papers: Collection[str]) -> npt.NDArray[np.bool_]:
        """Return whether each row belongs to one of some papers."""
        chosen = np.array([paper in papers for paper in self.papers])
        return np.repeat(chosen, np.diff(self._ends, prepend=0))

    def _ranked(self, scores: npt.NDArray[Any], rows: npt.NDArray[np.int64]) -> list[Ranked]:
        papers = np.searchsorted(self._ends, rows, side="right")
        return [
            Ranked(float(score), self.papers[paper], int(row))
            for score, row, paper in zip(scores, rows, papers, strict=True)
            if row >= 0
        ]
