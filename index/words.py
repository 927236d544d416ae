"""Finding passages by their words: BM25 over stems, one index for each language.

Stems are Snowball's, for Indonesian (after Tala, 2003) and English (Porter2); the scoring is bm25s's.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import Language

_STEMMERS: dict[Language, str] = {"id": "indonesian", "en": "english"}
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")
_SEPARATOR = re.compile(r"[.,]")


@cache
def _stemmer(language: Language) -> Any:
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language])


def split_words(text: str) -> list[str]:
    """Split a text into words as printed; a number is one word, its separators left out (7.727 and 7,727 alike)."""
    return [_SEPARATOR.sub("", word) for word in _WORD.findall(text)]


def stems(words: Iterable[str], language: Language) -> list[str]:
    """Return the stem of each word, in lower case."""
    stemmed: list[str] = _stemmer(language).stemWords([word.lower() for word in words])
    return stemmed


def names_in(texts: Iterable[str]) -> set[str]:
    """Return, in lower case, the words that are names or numbers wherever they stand inside these texts.

    A name is a word that is mostly written with a capital where no sentence starts; what stands first in a text
    tells nothing.
    """
    marked, plain = Counter[str](), Counter[str]()
    for text in texts:
        for word in split_words(text)[1:]:
            (plain if word[0].islower() else marked)[word.lower()] += 1
    return {word for word, count in marked.items() if count > plain[word]}


class WordIndex:
    """BM25 over texts, each in a language of its own.

    A question is matched in full with the texts of its own language. In a text of the other language only names and
    numbers can match it rightly: anything else that looks the same is chance, or a loan word, and misleads.
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[Language]) -> None:
        self._size = len(texts)
        self._rows: dict[Language, NDArray[np.intp]] = {}
        self._indexes: dict[Language, Any] = {}
        self._names: dict[Language, set[str]] = {}
        for language in sorted(set(languages)):
            rows = [row for row, of in enumerate(languages) if of == language]
            own = [texts[row] for row in rows]
            self._rows[language] = np.array(rows)
            self._indexes[language] = _bm25([stems(split_words(text), language) for text in own])
            self._names[language] = names_in(own)

    def scores(self, question: str, language: Language) -> NDArray[np.float32]:
        """Return each text's share of the best score that the question's words could reach, shape (texts,), 0 to 1.

        The best is a text that holds every word of the question often, also those that occur in no text: so a
        question of which the texts know little never scores high, however rare the word they do know.
        """
        total = np.zeros(self._size, dtype=np.float32)
        words = split_words(question)
        for of, index in self._indexes.items():
            shared = words if of == language else [word for word in words if word.lower() in self._names[of]]
            if shared:
                terms = stems(shared, of)
                total[self._rows[of]] = index.get_scores(terms) / _best_score(index, len(words))
        return total


def _bm25(texts: list[list[str]]) -> Any:
    import bm25s

    index = bm25s.BM25()
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports each index it builds
    index.index(texts, show_progress=False)
    return index


def _best_score(index: Any, terms: int) -> float:
    """Return the score of a text that holds this many of the rarest words (Lucene's BM25: idf x (under) 1)."""
    rarest = float(np.log(1 + (index.scores["num_docs"] - 0.5) / 1.5))
    return rarest * terms
