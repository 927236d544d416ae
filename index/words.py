"""Finding passages by their words: BM25 over stems, one index for each language.

Stems are Snowball's, for Indonesian (after Tala, 2003) and English (Porter2); the scoring is bm25s's.
"""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import Glossary, Language, Term

_STEMMERS: dict[Language, str] = {"id": "indonesian", "en": "english"}
WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")
_SEPARATOR = re.compile(r"[.,]")


@cache
def _stemmer(language: Language) -> Any:
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language])


def split_words(text: str) -> list[str]:
    """Split a text into words as printed; a number is one word, its separators left out (7.727 and 7,727 alike)."""
    return [_SEPARATOR.sub("", word) for word in WORD.findall(text)]


def stems(words: Iterable[str], language: Language) -> list[str]:
    """Return the stem of each word, in lower case."""
    stemmed: list[str] = _stemmer(language).stemWords([word.lower() for word in words])
    return stemmed


class WordIndex:
    """BM25 over texts, each in a language of its own.

    A question in the language of most texts is matched in full with those. Everything else is matched by codes only,
    that is numbers and abbreviations: other words that look the same in two languages are chance, or loan words, or
    (West Java) half of a name that is spelt so in one place only; and the few texts of a question's own language
    would win by being the only ones that hold its words. ``main_language`` is that of most texts.
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[Language], terms: Iterable[Term] = ()) -> None:
        """Index the texts, counting each of a glossary's terms in them, in whichever of its forms, as one more word."""
        self._glossary = Glossary(terms)
        self._size = len(texts)
        self.main_language: Language = Counter(languages).most_common(1)[0][0]
        self._rows: dict[Language, NDArray[np.intp]] = {}
        self._indexes: dict[Language, Any] = {}
        self._known: dict[Language, set[str]] = {}
        for language in sorted(set(languages)):
            rows = [row for row, of in enumerate(languages) if of == language]
            counted = [[*stems(split_words(texts[row]), language), *self._terms(texts[row])] for row in rows]
            self._known[language] = {term for text in counted for term in text}
            if self._known[language]:  # bm25s takes no index without a word
                self._rows[language] = np.array(rows)
                self._indexes[language] = _bm25(counted)

    def scores(self, question: str, language: Language) -> NDArray[np.float32]:
        """Return each text's share of the best score that the question's words could reach, shape (texts,), 0 to 1.

        The best is that of a text that holds every word of the question, each as rare as can be: so a question of
        which the texts know little never scores high, however rare the word they do know.
        """
        total = np.zeros(self._size, dtype=np.float32)
        words, terms = split_words(question), self._terms(question)
        for of, index in self._indexes.items():
            matched = words if of == language == self.main_language else [word for word in words if is_code(word)]
            sought = [*stems(matched, of), *terms]
            if sought:
                idf = math.log(1 + (len(self._rows[of]) - 0.5) / 1.5)  # Lucene's, of a rarest word
                total[self._rows[of]] = index.get_scores(sought) / (idf * (len(words) + len(terms)))
        return total

    def _terms(self, text: str) -> list[str]:
        return [mention.term.key for mention in self._glossary.mentions(text)]

    def knows(self, word: str) -> bool:
        """Tell whether a word occurs in any text, in whatever form, in either language."""
        return any(stems([word], language)[0] in known for language, known in self._known.items())


def is_code(word: str) -> bool:
    """Tell whether a word is a number or an abbreviation, which are the same in every language."""
    """Tell whether a word is a number or an abbreviation, which is the same in any language."""
    return any(character.isdigit() for character in word) or (len(word) > 1 and word.isupper())


def _bm25(texts: list[list[str]]) -> Any:
    import bm25s

    index = bm25s.BM25()
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports each index it builds
    index.index(texts, show_progress=False)
    return index
