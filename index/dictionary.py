"""A dictionary of Indonesian and English, and questions word by word in the other language.

A question may be in another language than a paper without a translation. Then only numbers and names match by their
letters. So each word of the question is replaced by its translations that the paper has. Two are kept where there are
several, since nothing but the paper decides which is meant (Pirkola 1998, https://doi.org/10.1145/290941.290957, keeps
all). The order of the words stays: neither the model nor the word scores depend much on it.

``data/dictionary.tsv`` is this project's own. A line has an Indonesian word or phrase and its English translations, the
commonest first. The phrases are those that would be translated wrongly word by word, such as "rumah sakit": "hospital".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from corpus import SMALL_WORDS, Language
from index.words import WordIndex, stems

MOST = 2
"""The translations of one word that are kept, of those that a paper has."""

_LONGEST = 4
"""The words of the longest phrase that is looked up."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ENDING: dict[Language, re.Pattern[str]] = {
    "id": re.compile(r"(?<=\w{3})(?:nya|lah|kah|pun|ku|mu)$"),
    "en": re.compile(r"(?<=[^\Ws])s$"),
}
"""What leaves the word that it ends the same: "its", "my" or an emphasis in Indonesian, the plural in English."""


class Dictionary:
    """The translations of words and phrases, from either language into the other."""

    def __init__(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Take Indonesian words or phrases with their English translations, the commonest first, in small letters."""
        indonesian_of: dict[str, list[tuple[int, str]]] = {}
        self._exact: dict[Language, dict[str, list[str]]] = {"id": {}}
        for indonesian, translations in entries:
            self._exact["id"][_key(indonesian)] = list(translations)
            for place, english in enumerate(translations):
                if english not in SMALL_WORDS["en"]:  # "in" translates dozens of words
                    indonesian_of.setdefault(_key(english), []).append((place, indonesian))
        self._exact["en"] = {english: [word for _, word in sorted(of)] for english, of in indonesian_of.items()}
        self._by_stem: dict[Language, dict[str, list[str]]] = {}  # of each language that was asked in

    def translations(self, phrase: str, language: Language) -> list[str]:
        """Return the translations of a word or phrase in a language, the commonest first; none if it is unknown."""
        key, exact = _key(phrase), self._exact[language]
        found = exact.get(key) or exact.get(_ENDING[language].sub("", key))
        if found or " " in key:
            return found or []
        if language not in self._by_stem:
            self._by_stem[language] = _by_stem(exact, language)
        (stem,) = stems([key], language)
        return self._by_stem[language].get(stem, [])

    def word_by_word(self, text: str, language: Language, is_known: Callable[[str], bool]) -> str:
        """Return a text with each phrase and word replaced by its translations; unknown ones stay as they are.

        Of several translations, those for which ``is_known`` are kept, up to `MOST`; if there are none, the commonest.
        """
        words = list(_WORD.finditer(text))
        result, end, nth = [], 0, 0
        while nth < len(words):
            for count in range(min(_LONGEST, len(words) - nth), 0, -1):
                first, last = words[nth].start(), words[nth + count - 1].end()
                within_word = count > 1 and text[last : last + 1] == "-"
                if not within_word and (translations := self._looked_up(text[first:last], language)):
                    known = list(filter(is_known, translations))[:MOST]
                    result += [text[end:first], " ".join(known or translations[:1])]
                    end = last
                    break
            nth += count
        return "".join([*result, text[end:]])

    def _looked_up(self, phrase: str, language: Language) -> list[str]:
        if any(character.isdigit() or character.isupper() for word in _WORD.findall(phrase) for character in word[1:]):
            return []  # a number or an abbreviation, the same in both languages
        return self.translations(phrase, language)


@cache
def dictionary() -> Dictionary:
    """Return the project's dictionary."""
    text = resources.files("index").joinpath("data/dictionary.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines())
    return Dictionary((indonesian, english.split("; ")) for indonesian, english in lines)


def in_words_of(texts: WordIndex, question: str, language: Language) -> str:
    """Return a question in the main language of some texts, word by word where it is in another, in words they have."""
    return question if language == texts.main_language else dictionary().word_by_word(question, language, texts.has)


def _key(phrase: str) -> str:
    """Return a phrase as it is looked up: in small letters, words that a hyphen joins apart."""
    return " ".join(_WORD.findall(phrase.lower()))


def _by_stem(exact: Mapping[str, Sequence[str]], language: Language) -> dict[str, list[str]]:
    """Return the translations of single words by the words' stems. Affixes make other words of those of a phrase."""
    words = [key for key in exact if " " not in key]
    by_stem: dict[str, list[str]] = {}
    for word, stem in zip(words, stems(words, language), strict=True):
        by_stem.setdefault(stem, []).extend(exact[word])
    return by_stem
