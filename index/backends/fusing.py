"""Two rankings of passages made one of papers, by the reciprocals of their ranks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from index.backends.base import Near

RECIPROCAL_RANK: Final = 60
"""What is added to each rank before its reciprocal is taken (Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114)."""


class Ranked(NamedTuple):
    """A passage that was found: how it scored among those found the same way, its paper, and its row."""

    score: float
    paper: str
    row: int


def fuse(rankings: Iterable[Iterable[Ranked]], limit: int) -> list[Near]:
    """Return the papers of the passages that rank best in all rankings together, a paper as near as its best passage.

    What each ranking holds is put in order first.
    """
    passages: dict[tuple[str, int], float] = {}
    for ranking in rankings:
        for rank, found in enumerate(sorted(ranking, key=lambda one: -one.score), 1):
            place = (found.paper, found.row)
            passages[place] = passages.get(place, 0.0) + 1 / (RECIPROCAL_RANK + rank)
    papers: dict[str, float] = {}
    for (paper, _), score in passages.items():
        papers[paper] = max(score, papers.get(paper, 0.0))
    return [Near(paper, papers[paper]) for paper in sorted(papers, key=lambda one: (-papers[one], one))][:limit]
