"""Finds a paper's sentences by their meaning, their surroundings and their words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus import LANGUAGES, OTHER, Glossary, Language, Paper, Passage, Sentence, check_searchable, surroundings
from index.dictionary import in_words_of
from index.embedder import Embedder, Progress
from index.encoders import Vectors
from index.fusion import Fusion
from index.known_questions import FAR, Resemblance, known_texts
from index.paper_vectors import paper_blocks, searched_texts, searched_vectors
from index.sides import Side

if TYPE_CHECKING:
    import faiss


KNOWN = 0.25
"""The weight of the similarity to questions that a sentence is known to answer, beside the sentence's own."""


OWN_WORDS = 0.6
"""The weight of the question in the paper's own words, against the question as asked. From .4 to .8 all do as well."""


class Hit(NamedTuple):
    """A sentence that was found, and the passage it is shown in."""

    sentence: Sentence
    passage: Passage
    score: float


class Found(NamedTuple):
    """The results of searching a paper for a question.

    ``scores``: one for each sentence, shape (sentences,), -inf for one that is not searched. ``nearness``: by how many
    standard deviations the question is nearer to the paper than questions on everyday matters are; ``everyday``: by how
    many it is nearer to one of those than they are to each other. ``known``: how it resembles the paper's known
    questions. ``own_words``: the question as `PaperIndex.in_own_words` puts it. ``finding``: the index of the paper's
    finding that comes nearest; None where there is none.
    """

    scores: Vectors
    nearness: float
    everyday: float
    known: Resemblance
    own_words: str
    finding: int | None = None


class PaperIndex:
    """The vectors and words of a paper's passages. Searching is thread-safe: nothing changes once it is built."""

    def __init__(
        self,
        paper: Paper,
        embedder: Embedder,
        vectors: faiss.Index,
        background: dict[Language, Vectors],
        questions: dict[Language, Vectors],
    ) -> None:
        """Make an index of its parts; ``build`` makes these, ``index.store`` keeps them on disk.

        ``vectors`` is a FAISS index of inner products over the vectors of `searched_texts`, in their order;
        ``background`` and ``questions`` hold those of the background's and of the paper's known questions, by language.
        """
        self.paper = paper
        self.embedder = embedder
        self.vectors = vectors
        encoded = vectors.reconstruct_n(0, vectors.ntotal)
        self.sides: dict[Language, Side] = {}
        for language in LANGUAGES:
            other = self.sides.get(OTHER[language])
            self.sides[language] = Side(paper, language, encoded, background[language], questions, other=other)
        self._fusion = Fusion(paper.passages, len(paper.sentences), paper.annotations.findings)
        self._around = surroundings(paper.passages)

    @classmethod
    def build(
        cls, paper: Paper, embedder: Embedder, background: dict[Language, Vectors], *, progress: Progress | None = None
    ) -> PaperIndex:
        """Encode a paper's passages; ``progress`` is called with (done, total), and may raise to cancel.

        ``background`` is what `index.store.load_background` gives: the same for all papers.

        Raises PaperError for a paper without a sentence to search.
        """
        import faiss

        check_searchable(paper)
        texts, questions = paper_blocks(paper), len(paper.annotations.questions)
        total = len(texts) + len(LANGUAGES) * questions

        def after(before: int) -> Progress | None:
            return (lambda done, _: progress(before + done, total)) if progress else None

        vectors = faiss.IndexFlatIP(embedder.dimension)
        vectors.add(searched_vectors(paper, embedder.encode_blocks(texts, progress=after(0))))
        known = {
            language: embedder.encode_queries(
                known_texts(paper, language), progress=after(len(texts) + nth * questions)
            )
            for nth, language in enumerate(LANGUAGES)
        }
        return cls(paper, embedder, vectors, background, known)

    @property
    def background(self) -> dict[Language, Vectors]:
        """The vectors of the questions on everyday matters, by language: the same for all papers."""
        return {language: side.background.questions for language, side in self.sides.items()}

    @cached_property
    def sentence_vectors(self) -> dict[int, Vectors]:
        """The vector of each sentence that is searched by itself, of shape (dimension,), by the sentence's index."""
        encoded: Vectors = self.vectors.reconstruct_n(0, len(self.paper.passages))
        return {p.first: encoded[row] for row, p in enumerate(self.paper.passages) if p.first == p.last}

    @cached_property
    def glossary(self) -> Glossary:
        """The paper's glossary, to find its terms in texts."""
        return Glossary(self.paper.annotations.glossary)

    def in_own_words(self, question: str, language: Language) -> str:
        """Return a question in the paper's language, word by word, in words that the paper has.

        Only a paper without a translation needs that, since it has its words in one language.
        """
        return question if self.is_in_both else in_words_of(self.sides[language].words, question, language)

    @property
    def is_in_both(self) -> bool:
        """Whether the paper comes with a translation, and so has its words in both languages."""
        return bool(self.paper.annotations.translations)

    def search(
        self, questions: Sequence[str], languages: Sequence[Language], vectors: Vectors | None = None
    ) -> list[Found]:
        """Score all sentences for each question.

        The questions are encoded together, unless their ``vectors``, of shape (questions, dimension), are known.
        """
        if not questions:
            return []
        encoded = self.embedder.encode_queries(questions) if vectors is None else vectors
        own_words = [self.in_own_words(*question) for question in zip(questions, languages, strict=True)]
        if changed := [row for row, question in enumerate(questions) if own_words[row] != question]:
            own_vectors = self.embedder.encode_queries([own_words[row] for row in changed])
            encoded = encoded.copy()
            encoded[changed] = (1 - OWN_WORDS) * encoded[changed] + OWN_WORDS * own_vectors
            encoded /= np.linalg.norm(encoded, axis=1, keepdims=True)
        similarities, rows = self.vectors.search(encoded, self.vectors.ntotal)
        in_order = np.empty_like(similarities)
        np.put_along_axis(in_order, rows, similarities, axis=1)
        return [self._weigh(*question) for question in zip(own_words, languages, encoded, in_order, strict=True)]

    def best(self, scores: Vectors, limit: int, *, apart: bool = True) -> list[Hit]:
        """Return the best sentences. If ``apart``, sentences that a better one's passage shows are left out.

        A sentence also shows its twin, which the authors wrote in the other language.
        """
        hits: list[Hit] = []
        shown: set[int] = set()
        for sentence in map(int, np.argsort(-scores, kind="stable")):
            if len(hits) == limit or not np.isfinite(scores[sentence]):
                break
            if sentence not in shown:
                passage = self._around[sentence]
                hits.append(Hit(self.paper.sentences[sentence], passage, float(scores[sentence])))
                for within in passage.sentences if apart else (sentence,):
                    shown.update((within, *self.paper.twins(within)))
        return hits

    def _weigh(self, question: str, language: Language, vector: Vectors, similarities: Vectors) -> Found:
        side = self.sides[language]
        fair = side.fair(vector, similarities)
        words = side.words.scores(question, language if self.is_in_both else side.words.main_language)
        known = side.known_questions.resemblance(vector, question)
        return Found(
            scores=self._fusion.scores(fair, words) + KNOWN * (known.scores - FAR),
            nearness=side.background.nearness(float(similarities[side.rows].max())),
            everyday=side.background.everyday(vector),
            known=known,
            own_words=question,
            finding=self._fusion.nearest_finding(fair, words),
        )


def texts_digest(paper: Paper) -> str:
    """Return the SHA-256, in hexadecimal, of every text that a paper is found by.

    That is those of `searched_texts`, its known questions and its terms' forms.
    """
    questions = [question.text[language] for language in LANGUAGES for question in paper.annotations.questions]
    terms = [" | ".join(term.forms[language]) for term in paper.annotations.glossary for language in LANGUAGES]
    return hashlib.sha256("\n".join([*searched_texts(paper), *questions, *terms]).encode()).hexdigest()
