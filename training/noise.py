"""Adds noise to examples: that of real papers and laws to texts, that of typing and of the dictionary to questions.

The public sets are clean texts of encyclopedias and news. A paper's sentence has citations, a law's is an item of a
list, and a scanned text has words that are torn or run together.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from corpus import Language
from index.dictionary import dictionary
from training.examples import Example

_TEXT_SHARE = 0.2
_QUESTION_SHARE = 0.2

_MARKERS = ("a. ", "b. ", "(1) ", "(2) ", "1. ", "3. ", "c) ", "• ", "- ", "ayat (1) ", "Pasal 7 ", "2.1 ")
_CITATIONS = (" [4]", " [12, 13]", " (1)", " (Santoso, 2019)", " (Smith et al., 2020)", " (Lee and Kim 2018)")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_])(?=[.;](?:\s|$))")
_LONG_WORD = re.compile(r"(?<=\b[^\W\d_]{4})(?=[^\W\d_]{4,}\b)")
_SPACE = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")


def as_met(example: Example, chance: random.Random) -> Example:
    """Return an example. One time in five, its window gets the noise of a real paper."""
    if chance.random() >= _TEXT_SHARE:
        return example
    change = chance.choice((_with_marker, _with_citation, _torn, _run_together))
    return change(example, chance)


def as_typed(example: Example, chance: random.Random) -> Example:
    """Return an example. One time in five, its question is in small letters and without its question mark."""
    if chance.random() >= _QUESTION_SHARE:
        return example
    return example._replace(question=example.question.lower().rstrip("? "))


def word_by_word(question: str, language: Language) -> str:
    """Return a question in the other language, much as the assistant puts it into the words of a paper."""
    return dictionary().word_by_word(question, language, lambda _: True)


def _with_marker(example: Example, chance: random.Random) -> Example:
    return _inserted(example, 0, chance.choice(_MARKERS))


def _with_citation(example: Example, chance: random.Random) -> Example:
    return _somewhere(example, _SENTENCE_END, chance, lambda at: _inserted(example, at, chance.choice(_CITATIONS)))


def _torn(example: Example, chance: random.Random) -> Example:
    return _somewhere(example, _LONG_WORD, chance, lambda at: _inserted(example, at, "- "))


def _run_together(example: Example, chance: random.Random) -> Example:
    return _somewhere(example, _SPACE, chance, lambda at: _inserted(example, at, "", without=1))


def _somewhere(
    example: Example, pattern: re.Pattern[str], chance: random.Random, change: Callable[[int], Example]
) -> Example:
    """Change one of the places that a pattern finds outside the answer, if there is one."""
    start, end = (example.start or 0, example.end or 0) if example.start is not None else (0, 0)
    places = [found.start() for found in pattern.finditer(example.window) if not start <= found.start() < end]
    return change(chance.choice(places)) if places else example


def _inserted(example: Example, at: int, text: str, *, without: int = 0) -> Example:
    """Return an example with a text inserted into its window in place of some characters. The answer moves along."""
    window = example.window[:at] + text + example.window[at + without :]
    if example.start is None or example.end is None or at >= example.end:
        return example._replace(window=window)
    moved = len(text) - without
    return example._replace(window=window, start=example.start + moved, end=example.end + moved)
