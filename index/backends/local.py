"""A library's passages in files on this machine: FAISS for what they mean, BM25 for their words.

They are kept in segments that never change once they are written (as in Lucene; O'Neil et al. 1996,
https://doi.org/10.1007/s002360050048): papers that are added make a new one, into which the segments no larger than it
are merged, so that there are few, and what is added to many papers costs no more than a few of them. Papers that are
removed are passed over until their segment is merged. ``current.json`` names the segments that count, and is replaced
as the last step of each update.
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

from corpus.files import sealed_folder
from corpus.files.whole import flush, locked, write_whole
from index.backends.base import EncodedPaper, Near, Query
from index.backends.fusing import Ranked, fuse
from index.backends.segment import Segment, papers_of, write_segment
from index.embedder import Progress
from index.errors import StoreError

logger = logging.getLogger(__name__)

DEPTH: Final = 100
"""How many passages are looked at by their meaning, and as many by their words, to begin with."""

_CURRENT, _LOCK = "current.json", ".lock"

Source = Callable[[Collection[str]], Iterable[EncodedPaper]]


class _Part(NamedTuple):
    """A segment, and which of its papers are gone, or are in a newer one."""

    segment: Segment
    gone: frozenset[str]

    @property
    def papers(self) -> list[str]:
        return [paper for paper in self.segment.papers if paper not in self.gone]

    def without(self, papers: Collection[str]) -> _Part:
        return self._replace(gone=self.gone.union(paper for paper in self.segment.papers if paper in papers))


class LocalBackend:
    """A `Backend` of files in a folder. It may be shared by threads and processes, which update it one at a time."""

    def __init__(self, folder: Path, made_from: Mapping[str, Any], source: Source) -> None:
        """Open what is there, leaving out what is damaged or made from something else: it is added anew.

        ``source`` gives papers again, by their ids, to be merged. Raises StoreError.
        """
        self._folder = folder
        self._made_from = made_from
        self._source = source
        self._parts = self._read()

    def papers(self) -> frozenset[str]:
        """Return the ids of the papers it holds, whole."""
        return frozenset(paper for part in self._parts for paper in part.papers)

    def update(self, add: Iterable[EncodedPaper], remove: Collection[str], *, progress: Progress | None = None) -> None:
        """Add papers and remove others, as `Backend` has it; ``progress`` counts the passages that are laid down."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with locked(self._folder / _LOCK):
                parts = self._read()  # with what another process may have done
                new = {paper.id: paper for paper in add if paper.texts}
                parts = [part for each in parts if (part := each.without({*remove, *new})).papers]
                merged = _to_merge(parts, sum(len(paper.texts) for paper in new.values()))
                kept = [part for part in parts if part not in merged]
                papers = [*new.values(), *self._source([paper for part in merged for paper in part.papers])]
                if papers:
                    kept.append(_Part(self._write(papers, progress), frozenset()))
                self._tell(kept)
                self._parts = kept
                self._tidy()
        except OSError as error:
            raise StoreError(
                f"The passages cannot be written to {self._folder}: {error.strerror or error}; free some room there"
            ) from error

    def search(
        self, queries: Sequence[Query], *, limit: int, within: Collection[str] | None = None
    ) -> list[list[Near]]:
        """Return the nearest papers, as `Backend` has it; scores are sums of reciprocal ranks, at most 2 / 61."""
        parts = self._parts
        if not queries or not parts:
            return [[] for _ in queries]
        held = frozenset(paper for part in parts for paper in part.papers)
        limit = min(limit, len(held if within is None else held.intersection(within)))
        found = self._search(parts, queries, DEPTH, limit, within)
        deepest = max(len(part.segment) for part in parts)
        return [
            near if len(near) >= limit else self._deeper(parts, query, deepest, limit, within)
            for near, query in zip(found, queries, strict=True)
        ]

    def close(self) -> None:
        """Let go of the files."""
        self._parts = []

    def _deeper(
        self, parts: Sequence[_Part], query: Query, deepest: int, limit: int, within: Collection[str] | None
    ) -> list[Near]:
        """Search for a query of which some papers' passages took all the places, until enough papers are found."""
        depth = DEPTH
        while True:
            near = self._search(parts, [query], depth, limit, within)[0]
            if len(near) >= limit or depth >= deepest:
                return near
            depth *= 4

    def _search(
        self, parts: Sequence[_Part], queries: Sequence[Query], depth: int, limit: int, within: Collection[str] | None
    ) -> list[list[Near]]:
        by_meaning: list[list[Ranked]] = [[] for _ in queries]
        by_words: list[list[Ranked]] = [[] for _ in queries]
        for part in parts:
            among = _among(part, within)
            if among is not None and not among:
                continue
            for row, found in enumerate(part.segment.by_meaning(queries, depth, among)):
                by_meaning[row] += found
            for row, query in enumerate(queries):
                by_words[row] += part.segment.by_words(query, depth, among)
        return [fuse(each, limit) for each in zip(by_meaning, by_words, strict=True)]

    def _write(self, papers: Sequence[EncodedPaper], progress: Progress | None) -> Segment:
        made_from = {**self._made_from, "papers": _digest(papers)}
        folder = self._folder / made_from["papers"][:16]
        write_segment(folder, papers, made_from, progress=progress)
        return Segment(folder, made_from)

    @staticmethod
    def look(folder: Path) -> tuple[frozenset[str], list[str]]:
        """Return the papers that an index holds, and what is wrong with it, every file looked at whole."""
        try:
            told = _segments(folder)
        except OSError as error:
            told, problems = [], [f"{_CURRENT} cannot be read: {error.strerror}"]
        except (ValueError, KeyError, TypeError):
            told, problems = [], [f"{_CURRENT} is not what was written"]
        else:
            problems = []
        held: set[str] = set()
        for papers, gone in told:
            problem = sealed_folder.problem(folder / papers[:16], None, thorough=True)
            if problem:
                problems.append(f"{papers[:16]}: {problem}")
            else:
                held.update(papers_of(folder / papers[:16]) - gone)
        return frozenset(held), problems

    def _read(self) -> list[_Part]:
        """Open the segments that count; where another process replaces them meanwhile, those that count then."""
        while True:
            told = self._told()
            parts, problems = [], []
            for papers, gone in told:
                try:
                    segment = Segment(self._folder / papers[:16], {**self._made_from, "papers": papers})
                    parts.append(_Part(segment, gone))
                except (StoreError, OSError, ValueError) as error:
                    problems.append(error)
            if not problems or self._told() == told:
                for problem in problems:
                    logger.warning("%s; its papers are added anew", problem)
                return parts

    def _told(self) -> list[tuple[str, frozenset[str]]]:
        """Return which segments count, and which of their papers are gone."""
        try:
            return _segments(self._folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("%s cannot be used (%s); the passages are laid down anew", self._folder / _CURRENT, error)
            return []

    def _tell(self, parts: Sequence[_Part]) -> None:
        told = [{"papers": part.segment.made_from["papers"], "gone": sorted(part.gone)} for part in parts]
        write_whole(self._folder / _CURRENT, json.dumps({"segments": told, "sha256": _seal(told)}).encode())
        flush(self._folder)

    def _tidy(self) -> None:
        """Delete the segments that count no more; who has them open still reads them."""
        current = {part.segment.name for part in self._parts}
        for path in self._folder.iterdir():
            if path.is_dir() and path.name not in current:
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".lock":  # a segment's, which nobody waits for: to write one takes this folder's own
                path.unlink(missing_ok=True)


def _segments(folder: Path) -> list[tuple[str, frozenset[str]]]:
    try:
        current = json.loads((folder / _CURRENT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    if current["sha256"] != _seal(current["segments"]):
        raise ValueError("it is not what was written")
    return [(str(one["papers"]), frozenset(map(str, one["gone"]))) for one in current["segments"]]


def _digest(papers: Sequence[EncodedPaper]) -> str:
    """Return the SHA-256 of all that a segment of these papers holds, so that another reading of one is another."""
    digest = hashlib.sha256()
    for paper in papers:
        texts = json.dumps([paper.id, *paper.texts]) + " ".join(paper.languages)
        digest.update(texts.encode())
        digest.update(np.ascontiguousarray(paper.vectors).data)
    return digest.hexdigest()


def _seal(told: Any) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _to_merge(parts: Sequence[_Part], size: int) -> list[_Part]:
    """Return the parts to merge with so many new passages: none larger than what it is merged into, or half gone."""
    merged = [part for part in parts if len(part.papers) <= len(part.gone)]
    size += sum(len(part.segment) for part in merged)
    for part in sorted(parts, key=lambda part: len(part.segment)):
        if part not in merged and size and len(part.segment) <= size:
            merged.append(part)
            size += len(part.segment)
    return merged


def _among(part: _Part, within: Collection[str] | None) -> set[str] | None:
    """Return the papers of a part that may be found, None where that is all of them."""
    if within is None and not part.gone:
        return None
    return {paper for paper in part.papers if within is None or paper in within}
