"""What is found for a question: sentences by their likeness to it, and the best of them read closely."""

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
"""How many of the best sentences are read for a question in each round. In a paper without notes, what answers is among
the first four of eight questions in ten, and among all twelve of nineteen in twenty."""

CERTAIN = 3.0
"""The logit from which a sentence answers for certain: no further round is read."""

HOPELESS = -4.0
"""The logit below which no sentence of two rounds hints at an answer: the last round is not read. Of 208 such questions
on papers and laws, it would have found something for 4."""

READING = 0.01
"""What a sentence gains for each unit of the reader's logit, beside a cosine."""

SURE = 5.0
"""The logit beyond which more certainty adds nothing, either way."""


class ReadSentence(NamedTuple):
    """A sentence that was read, by its index, and the words of it that answer if it does, in the language read."""

    sentence: int
    words: str
    reading: Reading


class Searched(NamedTuple):
    """A question as it was searched, what that found, and what was read of it.

    ``scores``: one for each sentence, shape (sentences,), with what the reader made of it; those not read count as
    unfit.
    """

    text: str
    found: Found
    scores: Vectors
    read: list[ReadSentence]


class Searcher:
    """Searches and reads a paper for questions, those of a batch together."""

    def __init__(self, index: PaperIndex, reader: Reader) -> None:
        self._index = index
        self._reader = reader
        self._windows = PaperWindows(index.paper)

    def search(self, questions: Sequence[Question], vectors: Mapping[str, Vectors] | None = None) -> list[Searched]:
        """Search for each question, and read the best sentences that this finds.

        ``vectors`` are those of some texts, as they are searched, that need not be encoded again.
        """
        languages = [question.language for question in questions]
        texts = [as_searched(question.searched, question.language, self._index.glossary) for question in questions]
        found = self._index.search(texts, languages, self._encoded(texts, vectors or {}))
        scores = [
            one.scores + bonuses(question, self._index.paper) for question, one in zip(questions, found, strict=True)
        ]
        read = self._read(texts, languages, scores)
        reranked = [_reranked(*each) for each in zip(scores, read, strict=True)]
        return [Searched(*each) for each in zip(texts, found, reranked, read, strict=True)]

    def _encoded(self, texts: Sequence[str], known: Mapping[str, Vectors]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        encoded = {**known, **dict(zip(missing, self._index.embedder.encode_queries(missing), strict=True))}
        return np.stack([encoded[text] for text in texts]) if texts else self._index.embedder.encode_queries([])

    def _read(
        self, texts: Sequence[str], languages: Sequence[Language], scores: Sequence[Vectors]
    ) -> list[list[ReadSentence]]:
        best = [[hit.sentence.index for hit in self._index.best(each, sum(ROUNDS), apart=False)] for each in scores]
        read: list[list[ReadSentence]] = [[] for _ in texts]
        for start, end in pairwise(accumulate(ROUNDS, initial=0)):
            chosen = [[] if _is_decided(found) else of[start:end] for of, found in zip(best, read, strict=True)]
            for found, more in zip(read, self._read_each(texts, languages, chosen), strict=True):
                found.extend(more)
        return read

    def _read_each(
        self, texts: Sequence[str], languages: Sequence[Language], chosen: Sequence[Sequence[int]]
    ) -> list[list[ReadSentence]]:
        """Read the sentences that were chosen for each question, all together."""
        pairs = [
            (text, self._windows.window(sentence, language).text)
            for text, language, sentences in zip(texts, languages, chosen, strict=True)
            for sentence in sentences
        ]
        readings = iter(self._reader.read(pairs))
        return [
            [self._placed(sentence, language, next(readings)) for sentence in sentences]
            for language, sentences in zip(languages, chosen, strict=True)
        ]

    def _placed(self, sentence: int, language: Language, reading: Reading) -> ReadSentence:
        """Return a reading with the sentence that holds its words: the one it is read for, or the one before."""
        window = self._windows.window(sentence, language)
        words = window.text[reading.start : reading.end]
        if reading.answered > 0 and reading.start < reading.end <= window.at and self._windows.follows(sentence):
            return ReadSentence(sentence - 1, words, reading)
        return ReadSentence(sentence, words if reading.start >= window.at else "", reading)


def _is_decided(read: Sequence[ReadSentence]) -> bool:
    """Return whether what was read of a question shows that it is answered, or that nothing will answer it."""
    best = max((sentence.reading.answered for sentence in read), default=0.0)
    return best >= CERTAIN or (len(read) > ROUNDS[0] and best < HOPELESS)


def _reranked(scores: Vectors, read: Sequence[ReadSentence]) -> Vectors:
    gained = np.full_like(scores, -SURE)
    for sentence, _, reading in read:
        gained[sentence] = max(gained[sentence], min(SURE, reading.answered))
    return scores + READING * gained
