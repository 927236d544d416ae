"""Whether the direct answers of two papers to one question agree in their numbers or dates.

Numbers are compared if they count the same thing, and dates in the parts that both have. Nothing else is a difference.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from assistant.answering.specifics import Specific, is_met, specifics
from assistant.asking_words import Expected, content_words
from corpus import Glossary, Language
from index.words import stems

_NO_TERMS: Final = Glossary(())
_DATES: Final = ("year", "month", "day")
_NUMBERS: Final = ("number", "percent", "ratio")
_CURRENCY: Final = re.compile(r"(Rp|US\$|USD|IDR|EUR|CNY|[$€£¥])\.? ?$")


class DirectAnswer(NamedTuple):
    """A direct answer, and the language that it is in."""

    text: str
    language: Language


def differ(first: DirectAnswer, second: DirectAnswer, expected: Expected | None) -> bool:
    """Return whether two answers differ in the number, amount or date that a question asks for."""
    if expected == "date":
        return _dates_differ(first, second)
    return expected in ("number", "money") and _numbers_differ(first, second)


def _dates_differ(first: DirectAnswer, second: DirectAnswer) -> bool:
    """Return whether both answers have years, months or days, and none in common."""
    parts = [specifics(given.text, _NO_TERMS) for given in (first, second)]
    values = ([{part.value for part in given if part.sort == sort} for given in parts] for sort in _DATES)
    return any(ours and theirs and not ours & theirs for ours, theirs in values)


def _numbers_differ(first: DirectAnswer, second: DirectAnswer) -> bool:
    """Return whether two answers have numbers of the same thing, and none in common."""
    pairs = [(ours, theirs) for ours in _numbers(first) for theirs in _numbers(second) if ours.sort == theirs.sort]
    if any(is_met(ours, [theirs]) or is_met(theirs, [ours]) for ours, theirs in pairs):
        return False
    return any(_are_of_one_thing((first, ours), (second, theirs)) for ours, theirs in pairs)


def _numbers(given: DirectAnswer) -> list[Specific]:
    return [specific for specific in specifics(given.text, _NO_TERMS) if specific.sort in _NUMBERS]


def _are_of_one_thing(*numbers: tuple[DirectAnswer, Specific]) -> bool:
    """Return whether two numbers count the same thing, by the words beside them; a unit may be left out.

    Words of different languages are not compared.
    """
    (first, _), (second, _) = numbers
    currencies = {found[1] for given, at in numbers if (found := _CURRENCY.search(given.text[: at.start]))}
    if len(currencies) > 1:
        return False
    if first.language != second.language:
        return True
    units = [stems(content_words(given.text[at.end :])[:1], given.language) for given, at in numbers]
    return not all(units) or units[0] == units[1]
