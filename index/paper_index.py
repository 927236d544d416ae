"""A paper's sentences, found by what they mean, by their surroundings and by their words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus import Language, Paper, PaperError, Passage, Sentence, surroundings
from index.background import background_questions
from index.embedder import Embedder, Progress, Vectors
from index.fusion import Fusion
from index.sides import Side, encoded_texts

if TYPE_CHECKING:
    import faiss


class Hit(NamedTuple):
    """A sentence that was found, and the passage it is shown in."""

    sentence: Sentence
    passage: Passage
    score: float


class Found(NamedTuple):
    """What a question found in a paper.

    ``scores``: one for each sentence, shape (sentences,), -inf for one that is not searched. ``nearness``: by how many
    standard deviations the question is nearer to the paper than questions on everyday matters are; ``everyday``: by how
    many it is nearer to one of those than they are to each other. ``finding``: the index of the paper's finding that
    comes nearest, None where the paper has none.
    """

    scores: Vectors
    nearness: float
    everyday: float
    finding: int | None = None


class PaperIndex:
    """The vectors and words of a paper's passages. Searching is thread-safe: nothing changes once it is built."""

    def __init__(
        self, paper: Paper, embedder: Embedder, vectors: faiss.Index, background: dict[Language, Vectors]
    ) -> None:
        """Put an index together; ``build`` makes the parts, ``index.store`` keeps them on disk.

        ``vectors`` is a FAISS index of inner products over the vectors of `encoded_texts`, in their order;
        ``background`` holds those of the background's questions, by language.
        """
        self.paper = paper
        self.embedder = embedder
        self.vectors = vectors
        encoded = vectors.reconstruct_n(0, vectors.ntotal)
        self.sides = {language: Side(paper, language, encoded, asked) for language, asked in background.items()}
        self._fusion = Fusion(paper.passages, len(paper.sentences), paper.findings)
        self._around = surroundings(paper.passages)

    @classmethod
    def build(cls, paper: Paper, embedder: Embedder, *, progress: Progress | None = None) -> PaperIndex:
        """Encode a paper's passages; ``progress`` is called with (done, total), and may raise to cancel.

        Raises PaperError for a paper without a sentence to search.
        """
        import faiss

        if not paper.passages:
            raise PaperError(f"{paper.name}: nothing in it can be searched, only headings; give a paper with text")
        vectors = faiss.IndexFlatIP(embedder.dimension)
        vectors.add(embedder.encode_passages(encoded_texts(paper), progress=progress))
        background = {of: embedder.encode_queries(questions) for of, questions in background_questions().items()}
        return cls(paper, embedder, vectors, background)

    @cached_property
    def texts_digest(self) -> str:
        """The SHA-256 of all texts that are searched, in hexadecimal."""
        return hashlib.sha256("\n".join(encoded_texts(self.paper)).encode()).hexdigest()

    def search(self, questions: Sequence[str], languages: Sequence[Language]) -> list[Found]:
        """Score all sentences for each question; the questions are encoded together."""
        if not questions:
            return []
        encoded = self.embedder.encode_queries(questions)
        similarities, rows = self.vectors.search(encoded, self.vectors.ntotal)
        in_order = np.empty_like(similarities)
        np.put_along_axis(in_order, rows, similarities, axis=1)
        return [self._weigh(*question) for question in zip(questions, languages, encoded, in_order, strict=True)]

    def best(self, scores: Vectors, limit: int) -> list[Hit]:
        """Return the best sentences, leaving out those that the passage of a better one shows already.

        Of two sentences that the authors wrote in both languages, the better one shows the other.
        """
        hits: list[Hit] = []
        shown: set[int] = set()
        for sentence in map(int, np.argsort(-scores, kind="stable")):
            if len(hits) == limit or not np.isfinite(scores[sentence]):
                break
            if sentence not in shown:
                passage = self._around[sentence]
                hits.append(Hit(self.paper.sentences[sentence], passage, float(scores[sentence])))
                for within in range(passage.first, passage.last + 1):
                    shown.update((within, *self.paper.twins(within)))
        return hits

    def _weigh(self, question: str, language: Language, vector: Vectors, similarities: Vectors) -> Found:
        side = self.sides[language]
        fair, words = side.fair(vector, similarities), side.words.scores(question, language)
        return Found(
            scores=self._fusion.scores(fair, words),
            nearness=side.background.nearness(float(similarities[side.rows].max())),
            everyday=side.background.everyday(vector),
            finding=self._fusion.nearest_finding(fair, words),
        )
