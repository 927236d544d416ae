"""Finds texts by their words: BM25 over stems, one index for each language, in memory or in files.

Stems are Snowball's, for Indonesian (after Tala, 2003) and English (Porter2). bm25s computes the scores.
"""

from __future__ import annotations

import logging
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus import LANGUAGES, Glossary, Language, Term

WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")

_STEMMERS: dict[Language, str] = {"id": "indonesian", "en": "english"}
_SEPARATOR = re.compile(r"[.,]")


@cache
def _stemmer(language: Language) -> Any:
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language])


def split_words(text: str) -> list[str]:
    """Split a text into words as printed; a number is one word, without its separators (7.727 and 7,727 are alike)."""
    return [_SEPARATOR.sub("", word) for word in WORD.findall(text)]


def stems(words: Iterable[str], language: Language) -> list[str]:
    """Return the stem of each word, in lower case."""
    stemmed: list[str] = _stemmer(language).stemWords([word.lower() for word in words])
    return stemmed


def is_code(word: str) -> bool:
    """Return whether a word is a number or an abbreviation, which is the same in any language."""
    return any(character.isdigit() for character in word) or (len(word) > 1 and word.isupper())


def sought_stems(words: Sequence[str], language: Language, text_language: Language) -> list[str]:
    """Return the stems that texts in one language are searched for, of the words of a question in ``language``.

    Texts in the question's language are searched for all of its words, other texts for codes only. Any other word that
    is in both languages is chance, a loan word, or part of a name that is spelt so in one of them only (West Java).
    """
    return stems(words if text_language == language else filter(is_code, words), text_language)


class WordIndex:
    """BM25 over texts, each in a language of its own, in memory.

    ``main_language`` is the language of most texts. Where few texts are in the other language, a question in that
    language is better searched as one in ``main_language``: the few would win by being the only ones with its words.
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[Language], terms: Iterable[Term] = ()) -> None:
        """Index the texts, counting each of a glossary's terms in them, in any of its forms, as one more word."""
        self._glossary = Glossary(terms)
        self._size = len(texts)
        self.main_language: Language = Counter(languages).most_common(1)[0][0]
        counted = (
            ([*stems(split_words(text), language), *self._terms(text)], language)
            for text, language in zip(texts, languages, strict=True)
        )
        self._indexes = list(_build(counted))

    def scores(self, question: str, language: Language) -> npt.NDArray[np.float32]:
        """Return each text's share of the best score that the question's words could reach, shape (texts,), 0 to 1.

        The best score is that of a text with every word of the question, each as rare as can be. So a question of which
        the texts know little never scores high, however rare the word they do know.
        """
        total = np.zeros(self._size, dtype=np.float32)
        words, terms = split_words(question), self._terms(question)
        for index in self._indexes:
            sought = [*sought_stems(words, language, index.language), *terms]
            if sought:
                idf = math.log(1 + (len(index.rows) - 0.5) / 1.5)  # Lucene's, of a rarest word
                total[index.rows] = index.bm25.get_scores(sought) / (idf * (len(words) + len(terms)))
        return total

    def knows(self, word: str) -> bool:
        """Return whether a word occurs in any text, in any form, in either language."""
        return any(stems([word], index.language)[0] in index.bm25.vocab_dict for index in self._indexes)

    def has(self, phrase: str) -> bool:
        """Return whether each word of a phrase occurs in any text, as `knows` does."""
        return all(map(self.knows, split_words(phrase)))

    def _terms(self, text: str) -> list[str]:
        return [mention.term.key for mention in self._glossary.mentions(text)]


class WordsOnDisk:
    """The BM25 index that `write_words` wrote, memory-mapped. Searching is thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Open it. Raises OSError or ValueError."""
        import bm25s

        self._indexes = []
        for language in LANGUAGES:
            if (part := folder / language).is_dir():
                rows = np.load(part / "rows.npy", mmap_mode="r")
                self._indexes.append(_Index(language, bm25s.BM25.load(part, mmap=True), rows))

    def rows_in(self, language: Language) -> npt.NDArray[np.int64]:
        """Return the rows of the texts in a language, ascending."""
        return next((index.rows for index in self._indexes if index.language == language), np.empty(0, np.int64))

    def nearest(
        self, question: str, language: Language, k: int, among: npt.NDArray[np.bool_] | None = None
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Return the scores and rows of the best k texts in each language, unsorted, without those that score nothing.

        ``among`` says for each row whether it may be found; None stands for all.
        """
        words = split_words(question)
        found = [(np.empty(0, np.float32), np.empty(0, np.int64))]
        for text_language, bm25, rows in self._indexes:
            sought = sought_stems(words, language, text_language)
            if sought:
                scores = bm25.get_scores(sought)
                if among is not None:
                    scores *= among[rows]
                best = np.argpartition(-scores, min(k, len(scores) - 1))[:k]
                best = best[scores[best] > 0]
                found.append((scores[best], rows[best]))
        scores, rows = map(np.concatenate, zip(*found, strict=True))
        return scores, rows


def write_words(texts: Iterable[tuple[str, Language]], folder: Path) -> None:
    """Write the BM25 index of texts, each with its language, into a new folder. Raises OSError."""
    folder.mkdir()
    for index in _build((stems(split_words(text), language), language) for text, language in texts):
        index.bm25.save(folder / index.language)
        np.save(folder / index.language / "rows.npy", index.rows)


class _Index(NamedTuple):
    """The BM25 index of the texts in one language, and the rows that they have among all texts."""

    language: Language
    bm25: Any
    rows: npt.NDArray[np.int64]


def _build(texts: Iterable[tuple[Sequence[str], Language]]) -> Iterator[_Index]:
    """Yield the index of each language that has a word, from the words of each text as they are counted."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports each index it builds
    vocabularies: dict[Language, dict[str, int]] = {language: {} for language in LANGUAGES}
    counted: dict[Language, list[array[int]]] = {language: [] for language in LANGUAGES}
    rows: dict[Language, array[int]] = {language: array("q") for language in LANGUAGES}
    for row, (words, language) in enumerate(texts):
        numbers = vocabularies[language]
        counted[language].append(array("i", [numbers.setdefault(word, len(numbers)) for word in words]))
        rows[language].append(row)
    for language, vocabulary in vocabularies.items():
        if vocabulary:  # bm25s takes no index without a word
            index = bm25s.BM25()
            index.index((counted[language], vocabulary), show_progress=False)
            yield _Index(language, index, np.frombuffer(rows[language], np.int64))
