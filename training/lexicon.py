"""A lexicon of both languages, learned from parallel questions.

It is IBM Model 1 (Brown et al. 1993, https://aclanthology.org/J93-2003/), in both directions. A question with some of
its words replaced teaches the reader that they mean the same (code-switching, Qin et al. 2020,
https://arxiv.org/abs/2006.06402).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

_ROUNDS = 6
_LIKELY = 0.4
"""The least probability of a translation that is used."""
_REPLACED = 0.5
_WORD = re.compile(r"[^\W_]+")


class Lexicon:
    """The likeliest translation of each word, by the word's language."""

    def __init__(self, translations: Mapping[str, Mapping[str, str]]) -> None:
        self._translations = translations

    @classmethod
    def learn(cls, pairs: Sequence[tuple[str, str]]) -> Lexicon:
        """Learn from pairs of an Indonesian text and the same in English."""
        words = [(_words(indonesian), _words(english)) for indonesian, english in pairs]
        return cls(
            {"id": _translations(words), "en": _translations([(english, indonesian) for indonesian, english in words])}
        )

    def mixed(self, text: str, language: str, chance: random.Random) -> str:
        """Return a text with about half of the words that have a translation replaced by it."""
        known = self._translations[language]

        def replaced(found: re.Match[str]) -> str:
            word = known.get(found[0].lower())
            return word if word and chance.random() < _REPLACED else found[0]

        return _WORD.sub(replaced, text)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _translations(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> dict[str, str]:
    """Return the likeliest translation of each word of the pairs' first texts, if it is likely enough."""
    likely: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(lambda: 1.0))
    for _ in range(_ROUNDS):
        counted: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for source, target in pairs:
            for word in target:
                total = sum(likely[origin][word] for origin in source)
                for origin in source:
                    counted[origin][word] += likely[origin][word] / total
        likely = defaultdict(lambda: defaultdict(lambda: 1e-9))
        for origin, words in counted.items():
            total = sum(words.values())
            likely[origin].update({word: count / total for word, count in words.items()})
    best = {origin: max(words.items(), key=lambda item: item[1]) for origin, words in likely.items() if words}
    return {origin: word for origin, (word, probability) in best.items() if probability >= _LIKELY and word != origin}
