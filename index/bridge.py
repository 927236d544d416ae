"""Words of a question in one language, and the paper's words in another that mean the same.

A paper without a translation is asked in another language, too, and then no word matches by its letters but numbers and
abbreviations. A multilingual model places words that mean the same near each other, though, those of two languages
included. So each word of the question is replaced by the nearest of the paper's own words, if that is near enough: a
dictionary induced from vectors (Artetxe et al. 2016, https://aclanthology.org/D16-1250/), here for one paper's
vocabulary and without any training.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence

from corpus import SMALL_WORDS
from index.embedder import Embedder
from index.encoders import Vectors

LIKELY = 3.5
"""By how many standard deviations a word's similarity must exceed those of the vocabulary to be taken for the same."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SHORTEST = 4
"""Characters of the shortest word that is compared: shorter ones resemble each other by their letters."""


class Bridge:
    """The words of a paper, to find those that stand for a word of another language. Thread-safe."""

    def __init__(self, words: Sequence[str], embedder: Embedder) -> None:
        """Take the paper's words, in small letters; they are encoded when they are first compared with."""
        self._words = [word for word in words if len(word) >= _SHORTEST and not word[0].isdigit()]
        self._known = frozenset(words)
        self._embedder = embedder
        self._lock = threading.Lock()
        self._vectors: Vectors | None = None
        self._same: dict[str, str | None] = {}
        """What was found for each word, None for nothing: a question's words are asked for more than once."""

    def crossed(self, text: str) -> str:
        """Return a text with the paper's words in place of those that mean the same, other words as they are."""
        same = self.across([found[0].lower() for found in _WORD.finditer(text)])
        return _WORD.sub(lambda found: same.get(found[0].lower(), found[0]), text)

    def across(self, words: Sequence[str]) -> Mapping[str, str]:
        """Return, for each of some words in small letters, the paper's word that means the same, if there is one."""
        compared = [word for word in dict.fromkeys(words) if word not in self._known]
        unknown = [word for word in compared if len(word) >= _SHORTEST and not _is_small(word)]
        with self._lock:
            if self._words and (new := [word for word in unknown if word not in self._same]):
                self._compare(new)
            return {word: same for word in unknown if (same := self._same.get(word))}

    def _compare(self, words: Sequence[str]) -> None:
        """Find the paper's nearest word for each of some words."""
        if self._vectors is None:
            self._vectors = self._embedder.encode_queries(self._words)
        similarities = self._embedder.encode_queries(words) @ self._vectors.T
        nearest = similarities.argmax(axis=1)
        least = similarities.mean(axis=1) + LIKELY * similarities.std(axis=1)
        for row, word in enumerate(words):
            is_near = similarities[row, nearest[row]] >= least[row]
            self._same[word] = self._words[nearest[row]] if is_near else None


def _is_small(word: str) -> bool:
    return any(word in small for small in SMALL_WORDS.values())
