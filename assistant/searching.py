"""Searches a paper for a question, and reads the best sentences closely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from assistant.expectation import bonuses
from assistant.question import Question
from assistant.reader import Reader, Reading
from assistant.windows import PaperWindows
from corpus import Language
from index import Found, PaperIndex
from index.encoders import Vectors
from index.spelling import as_searched

ROUNDS = (3, 3, 6)
"""How many of the best sentences are read in each round. In a paper without annotations, the answer is among the first
four sentences for 80% of the questions, and among all twelve for 95%."""

CERTAIN = 2.5
"""The logit from which a sentence certainly answers, so that no further round is read."""

HOPELESS = -4.0
"""If all sentences of two rounds are below this logit, the last round is not read. It would have helped with 4 of 208
such questions on papers and laws."""

READING = 0.015
"""The gain of a sentence, in cosine, for each unit of the reader's logit."""

SURE = 5.0
"""The logit beyond which more adds nothing, in either direction."""


class ReadSentence(NamedTuple):
    """A sentence that was read, by index, and its words that may answer, in the language that was read."""

    sentence: int
    words: str
    reading: Reading


class Searched(NamedTuple):
    """The results for a question: what was found, and what was read.

    ``scores``: one for each sentence, shape (sentences,), with the reader's part. A sentence that was not read has the
    reader's lowest score.
    """

    found: Found
    scores: Vectors
    read: list[ReadSentence]


class Searcher:
    """Searches and reads a paper for the questions of a batch, together.

    A question in another language than the paper's is also read in the paper's own words (`PaperIndex.in_own_words`):
    the reader knows less well across languages.
    """

    def __init__(self, index: PaperIndex, reader: Reader) -> None:
        self._index = index
        self._reader = reader
        self._windows = PaperWindows(index.paper)

    def search(self, questions: Sequence[Question], vectors: Mapping[str, Vectors] | None = None) -> list[Searched]:
        """Search for each question, and read the best sentences.

        ``vectors`` maps searched texts to vectors that are known, shape (dimension,).
        """
        languages = [question.language for question in questions]
        texts = [as_searched(question.searched, question.language, self._index.glossary) for question in questions]
        found = self._index.search(texts, languages, self._encoded(texts, vectors or {}))
        scores = [
            hits.scores + bonuses(question, self._index.paper) for question, hits in zip(questions, found, strict=True)
        ]
        wordings = [list(dict.fromkeys((text, hits.own_words))) for text, hits in zip(texts, found, strict=True)]
        read = self._read(wordings, languages, scores)
        reranked = map(_reranked, scores, read)
        return [Searched(*results) for results in zip(found, reranked, read, strict=True)]

    def _encoded(self, texts: Sequence[str], known: Mapping[str, Vectors]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        encoded = {**known, **dict(zip(missing, self._index.embedder.encode_queries(missing), strict=True))}
        return np.stack([encoded[text] for text in texts]) if texts else self._index.embedder.encode_queries([])

    def _read(
        self, wordings: Sequence[Sequence[str]], languages: Sequence[Language], scores: Sequence[Vectors]
    ) -> list[list[ReadSentence]]:
        """Read the best sentences for each question, given all its ``wordings``."""
        best = [[hit.sentence.index for hit in self._index.best(row, sum(ROUNDS), apart=False)] for row in scores]
        read: list[list[ReadSentence]] = [[] for _ in wordings]
        for start, end in pairwise(accumulate(ROUNDS, initial=0)):
            chosen = [[] if _is_decided(done) else ranked[start:end] for ranked, done in zip(best, read, strict=True)]
            for done, more in zip(read, self._read_each(wordings, languages, chosen), strict=True):
                done.extend(more)
        return read

    def _read_each(
        self, wordings: Sequence[Sequence[str]], languages: Sequence[Language], chosen: Sequence[Sequence[int]]
    ) -> list[list[ReadSentence]]:
        """Read the sentences that were chosen for each question, in each wording of it, all together."""
        windows = [
            [self._windows.window(sentence, language).text for sentence in sentences]
            for language, sentences in zip(languages, chosen, strict=True)
        ]
        pairs = [
            (text, window) for texts, read in zip(wordings, windows, strict=True) for window in read for text in texts
        ]
        readings = iter(self._reader.read(pairs))
        return [
            [self._placed(sentence, language, _mean([next(readings) for _ in texts])) for sentence in sentences]
            for texts, language, sentences in zip(wordings, languages, chosen, strict=True)
        ]

    def _placed(self, sentence: int, language: Language, reading: Reading) -> ReadSentence:
        """Return a reading with the sentence that has its words: the one it was read for, or the one before."""
        window = self._windows.window(sentence, language)
        words = window.text[reading.start : reading.end]
        if reading.answered > 0 and reading.start < reading.end <= window.at and self._windows.follows(sentence):
            return ReadSentence(sentence - 1, words, reading)
        return ReadSentence(sentence, words if reading.start >= window.at else "", reading)


def _mean(readings: Sequence[Reading]) -> Reading:
    """Return the readings of one sentence as one: their mean logit, and the words of the surest."""
    surest = max(readings, key=lambda reading: reading.answered)
    return surest._replace(answered=sum(reading.answered for reading in readings) / len(readings))


def _is_decided(read: Sequence[ReadSentence]) -> bool:
    """Return whether the sentences read for a question answer it, or show that nothing will."""
    best = max((sentence.reading.answered for sentence in read), default=0.0)
    return best >= CERTAIN or (len(read) > ROUNDS[0] and best < HOPELESS)


def _reranked(scores: Vectors, read: Sequence[ReadSentence]) -> Vectors:
    gained = np.full_like(scores, -SURE)
    for sentence, _, reading in read:
        gained[sentence] = max(gained[sentence], min(SURE, reading.answered))
    return scores + READING * gained
