"""A library's passages in files on this machine: FAISS for their meaning, BM25 for their words.

They are in segments that never change once they are written (as in Lucene; O'Neil et al. 1996,
https://doi.org/10.1007/s002360050048). Papers that are added become a new segment, into which the segments that are no
larger are merged. So there are few segments, and adding to many papers costs no more than a few of them. Papers that
are removed are skipped until their segment is merged. ``current.json`` names the segments in use, and is replaced as
the last step of each update.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from corpus import OTHER
from corpus.files import sealed_folder
from corpus.files.whole import flush, locked, write_whole
from index.backend import RECIPROCAL_RANK, EncodedPaper, Near, Query
from index.errors import StoreError
from index.segment import Ranked, Segment, papers_of, write_segment

logger = logging.getLogger(__name__)

DEPTH: Final = 100
"""How many passages are ranked by their meaning, and as many by their words, at first."""

ACROSS: Final = 0.3
"""The weight of a third ranking: that of the passages in another language than the question, by their meaning.

No word of the question counts in them, so with two rankings they are behind all that share a word with it. In a library
of 43 papers and laws in both languages, the law that an English question is about was among the first three for 65% of
the questions; with the third ranking it is for 90%. More weight finds more of them, and fewer papers in the question's
own language."""

_CURRENT, _LOCK = "current.json", ".lock"

Source = Callable[[Collection[str]], Iterable[EncodedPaper]]
"""A function that yields the papers with some ids once more, to merge them."""


class _LiveSegment(NamedTuple):
    """A segment in use. ``gone`` are its papers that were removed, or are in a newer segment."""

    segment: Segment
    gone: frozenset[str]

    @property
    def papers(self) -> list[str]:
        return [paper for paper in self.segment.papers if paper not in self.gone]

    def without(self, papers: Collection[str]) -> _LiveSegment:
        return self._replace(gone=self.gone.union(paper for paper in self.segment.papers if paper in papers))


class LocalBackend:
    """A `Backend` of files in a folder. Threads and processes may share it, and update it one at a time."""

    def __init__(self, folder: Path, made_from: Mapping[str, Any], source: Source) -> None:
        """Open the segments, except those that are damaged or made from something else. Raises StoreError."""
        self._folder = folder
        self._made_from = made_from
        self._source = source
        self._segments = self._read()

    def papers(self) -> frozenset[str]:
        """Return the ids of the papers that are there whole."""
        return frozenset(paper for live in self._segments for paper in live.papers)

    def update(self, add: Iterable[EncodedPaper], remove: Collection[str]) -> None:
        """Add papers and remove others, as `Backend.update` does."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with locked(self._folder / _LOCK):
                segments = self._read()  # another process may have changed them
                new = {paper.id: paper for paper in add if paper.texts}
                segments = [live for old in segments if (live := old.without({*remove, *new})).papers]
                merged = _to_merge(segments, sum(len(paper.texts) for paper in new.values()))
                kept = [live for live in segments if live not in merged]
                papers = [*new.values(), *self._source([paper for live in merged for paper in live.papers])]
                if papers:
                    kept.append(_LiveSegment(self._write(papers), frozenset()))
                entries = [{"papers": live.segment.made_from["papers"], "gone": sorted(live.gone)} for live in kept]
                current = {"segments": entries, "sha256": _seal(entries)}
                write_whole(self._folder / _CURRENT, json.dumps(current).encode())
                flush(self._folder)
                self._segments = kept
                self._tidy()
        except OSError as error:
            raise StoreError(
                f"The passages cannot be written to {self._folder}: {error.strerror or error}; free some room there"
            ) from error

    def search(
        self, queries: Sequence[Query], *, limit: int, within: Collection[str] | None = None
    ) -> list[list[Near]]:
        """Return the nearest papers, as `Backend.search` does; scores are weighted sums of reciprocal ranks."""
        segments = self._segments
        held = self.papers()
        limit = min(limit, len(held if within is None else held.intersection(within)))
        deepest = max((len(live.segment) for live in segments), default=0)
        found: list[list[Near]] = [[] for _ in queries]
        rows, depth = list(range(len(queries))) if limit > 0 else [], DEPTH
        while rows:  # a few papers' passages may take all the places
            for row, near in zip(rows, _search(segments, [queries[row] for row in rows], depth, within), strict=True):
                found[row] = near[:limit]
            rows = [row for row in rows if len(found[row]) < limit and depth < deepest]
            depth *= 4
        return found

    def close(self) -> None:
        """Release the files."""
        self._segments = []

    def _write(self, papers: Sequence[EncodedPaper]) -> Segment:
        digest = _digest(papers)
        folder, made_from = _segment_folder(self._folder, digest), {**self._made_from, "papers": digest}
        write_segment(folder, papers, made_from)
        return Segment(folder, made_from)

    def _read(self) -> list[_LiveSegment]:
        """Open the segments in use. If another process replaces them meanwhile, its segments are opened."""
        while True:
            current = self._current()
            segments, problems = [], []
            for digest, gone in current:
                try:
                    segment = Segment(_segment_folder(self._folder, digest), {**self._made_from, "papers": digest})
                    segments.append(_LiveSegment(segment, gone))
                except (StoreError, OSError, ValueError) as error:
                    problems.append(error)
            if not problems or self._current() == current:
                for problem in problems:
                    logger.warning("%s; its papers are added anew", problem)
                return segments

    def _current(self) -> list[tuple[str, frozenset[str]]]:
        try:
            return _read_current(self._folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("%s cannot be used (%s); the passages are laid down anew", self._folder / _CURRENT, error)
            return []

    def _tidy(self) -> None:
        """Delete the segments that are no longer in use. A process that has one open can still read it."""
        current = {live.segment.name for live in self._segments}
        for path in self._folder.iterdir():
            if path.is_dir() and path.name not in current:
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".lock":  # a segment's; whoever writes a segment holds the lock of the whole folder
                path.unlink(missing_ok=True)


def examine_local(folder: Path) -> tuple[frozenset[str], list[str]]:
    """Return the papers that a local back-end holds, and its problems. Every file is hashed."""
    held: set[str] = set()
    try:
        current, problems = _read_current(folder), []
    except OSError as error:
        current, problems = [], [f"{_CURRENT} cannot be read: {error.strerror}"]
    except (ValueError, KeyError, TypeError):
        current, problems = [], [f"{_CURRENT} is not what was written"]
    for digest, gone in current:
        segment = _segment_folder(folder, digest)
        problem = sealed_folder.problem(segment, None, thorough=True)
        if problem:
            problems.append(f"{segment.name}: {problem}")
        else:
            held.update(papers_of(segment) - gone)
    return frozenset(held), problems


def _read_current(folder: Path) -> list[tuple[str, frozenset[str]]]:
    """Return, for each segment in use, the digest of its papers and the ids of those that are gone."""
    try:
        current = json.loads((folder / _CURRENT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    if current["sha256"] != _seal(current["segments"]):
        raise ValueError("it is not what was written")
    return [(str(segment["papers"]), frozenset(map(str, segment["gone"]))) for segment in current["segments"]]


def _segment_folder(folder: Path, digest: str) -> Path:
    return folder / digest[:16]


def _seal(entries: Any) -> str:
    return hashlib.sha256(json.dumps(entries).encode()).hexdigest()


def _digest(papers: Sequence[EncodedPaper]) -> str:
    """Return the SHA-256 of all that a segment of these papers holds: a paper that is read anew has another one."""
    digest = hashlib.sha256()
    for paper in papers:
        digest.update((json.dumps([paper.id, *paper.texts]) + " ".join(paper.languages)).encode())
        digest.update(np.ascontiguousarray(paper.vectors).data)
    return digest.hexdigest()


def _to_merge(segments: Sequence[_LiveSegment], size: int) -> list[_LiveSegment]:
    """Return the segments to merge with ``size`` new passages: those half gone, and those no larger than the result."""
    merged = [live for live in segments if len(live.papers) <= len(live.gone)]
    size += sum(len(live.segment) for live in merged)
    for live in sorted(segments, key=lambda live: len(live.segment)):
        if live not in merged and size and len(live.segment) <= size:
            merged.append(live)
            size += len(live.segment)
    return merged


def _search(
    segments: Sequence[_LiveSegment], queries: Sequence[Query], depth: int, within: Collection[str] | None
) -> list[list[Near]]:
    """Return the papers of ``depth`` passages by meaning, and as many by words, from each segment, nearest first."""
    rankings: list[tuple[list[Ranked], list[Ranked], list[Ranked]]] = [([], [], []) for _ in queries]
    for live in segments:
        among = {paper for paper in live.papers if within is None or paper in within}
        if among:
            some = among if len(among) < len(live.segment.papers) else None
            nearest = live.segment.by_meaning(queries, depth, some)
            for query, found, (by_meaning, by_words, across) in zip(queries, nearest, rankings, strict=True):
                by_meaning.extend(found)
                by_words.extend(live.segment.by_words(query, depth, some))
                across.extend(live.segment.in_language(found, OTHER[query.language]))
    # Where no word of the question is found, all passages are ranked by their meaning alone, in either language.
    return [_fuse([(1, meaning), (1, words), (ACROSS if words else 0, across)]) for meaning, words, across in rankings]


def _fuse(rankings: Iterable[tuple[float, Iterable[Ranked]]]) -> list[Near]:
    """Return the papers of ranked passages, nearest first: a paper is as near as its best passage in all rankings.

    Each ranking comes with its weight.
    """
    passages: dict[tuple[str, int], float] = {}
    for weight, ranking in rankings:
        for rank, found in enumerate(sorted(ranking, key=lambda ranked: -ranked.score), 1):
            place = (found.paper, found.row)
            passages[place] = passages.get(place, 0.0) + weight / (RECIPROCAL_RANK + rank)
    papers: dict[str, float] = {}
    for (paper, _), score in passages.items():
        papers[paper] = max(score, papers.get(paper, 0.0))
    return sorted(map(Near._make, papers.items()), key=lambda near: (-near.score, near.paper))
