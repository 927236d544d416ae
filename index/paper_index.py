"""A paper's passages, found by what they mean and by their words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus import Language, Paper, Passage, Sentence
from index.background import Background, background_questions, measure
from index.embedder import Embedder, Progress, Vectors
from index.fusion import Fusion, language_offset
from index.words import WordIndex

if TYPE_CHECKING:
    import faiss


class Hit(NamedTuple):
    """A sentence that was found, and the passage it is shown in."""

    sentence: Sentence
    passage: Passage
    score: float


class Search(NamedTuple):
    """What a question found: hits, best first, and the signals of how well they fit.

    ``nearness``: by how many standard deviations the best similarity exceeds that of questions that have nothing to do with
    the paper. ``words``: the best share (0 to 1) of the question's weight in words that a passage holds.
    """

    hits: list[Hit]
    nearness: float
    words: float


class PaperIndex:
    """The vectors and words of a paper's passages. Searching is thread-safe; nothing changes after it is built."""

    def __init__(
        self, paper: Paper, embedder: Embedder, vectors: faiss.Index, background: dict[Language, Background]
    ) -> None:
        """Put together an index from its parts; ``build`` makes them, ``index.store`` keeps them on disk.

        ``vectors`` is a FAISS index of inner products over the vectors of ``paper.passages``, in their order.
        """
        self.paper = paper
        self.embedder = embedder
        self.vectors = vectors
        self.background = background

    @classmethod
    def build(cls, paper: Paper, embedder: Embedder, *, progress: Progress | None = None) -> PaperIndex:
        """Encode a paper's passages; ``progress`` is called with (done, total), and may raise to cancel."""
        import faiss

        passages = embedder.encode_passages([p.full_text for p in paper.passages], progress=progress)
        vectors = faiss.IndexFlatIP(embedder.dimension)
        vectors.add(passages)
        background = {
            language: measure(embedder.encode_queries(questions), passages)
            for language, questions in background_questions().items()
        }
        return cls(paper, embedder, vectors, background)

    def search(self, questions: Sequence[str], languages: Sequence[Language], *, limit: int = 10) -> list[Search]:
        """Find the sentences that fit each question best, at most ``limit``, no two of them in one passage."""
        if not questions:
            return []
        encoded = self.embedder.encode_queries(questions)
        similarities = self._similarities(encoded)
        return [
            self._rank(question, language, vector, row, limit)
            for question, language, vector, row in zip(questions, languages, encoded, similarities, strict=True)
        ]

    def _rank(self, question: str, language: Language, vector: Vectors, similarities: Vectors, limit: int) -> Search:
        # Only an advantage is taken away, never one given: of two sentences that say the same, a reader prefers
        # the one in the question's language.
        advantages = {of: max(0.0, float(offset @ vector)) for of, offset in self._offsets.items()}
        fair = similarities - np.array([advantages[p.language] for p in self.paper.passages], dtype=np.float32)
        words = self._words.scores(question, language)
        scores = self._fusion.scores(fair, words)
        return Search(
            hits=self._hits(scores, limit),
            nearness=self.background[language].normalise(float(similarities.max())),
            words=float(words.max()),
        )

    def _hits(self, scores: Vectors, limit: int) -> list[Hit]:
        """Return the best sentences, leaving out those that the passage of a better one shows already."""
        hits: list[Hit] = []
        shown: set[int] = set()
        for index in np.argsort(-scores, kind="stable"):
            if len(hits) == limit or not np.isfinite(scores[index]):
                break
            if index in shown:
                continue
            passage = self._around[int(index)]
            hits.append(Hit(self.paper.sentences[index], passage, float(scores[index])))
            shown.update(range(passage.first, passage.last + 1))
        return hits

    def _similarities(self, encoded: Vectors) -> Vectors:
        """Return the cosine of each question with each passage, shape (questions, passages)."""
        found, rows = self.vectors.search(encoded, self.vectors.ntotal)
        similarities = np.empty_like(found)
        np.put_along_axis(similarities, rows, found, axis=1)
        return similarities

    @cached_property
    def _words(self) -> WordIndex:
        passages = self.paper.passages
        return WordIndex([p.full_text for p in passages], [p.language for p in passages])

    @cached_property
    def _fusion(self) -> Fusion:
        return Fusion(self.paper.passages, len(self.paper.sentences))

    @cached_property
    def _offsets(self) -> dict[Language, Vectors]:
        vectors = self.vectors.reconstruct_n(0, self.vectors.ntotal)
        return language_offset(vectors, [p.language for p in self.paper.passages])

    @cached_property
    def _around(self) -> dict[int, Passage]:
        """The passage to show each sentence in: the longest that holds it, and of those the one it is most amid."""
        around: dict[int, Passage] = {}
        rank: dict[int, tuple[int, int]] = {}
        for passage in self.paper.passages:
            for sentence in range(passage.first, passage.last + 1):
                off_centre = abs(2 * sentence - passage.first - passage.last)
                key = (passage.last - passage.first, -off_centre)
                if sentence not in around or key > rank[sentence]:
                    around[sentence], rank[sentence] = passage, key
        return around
