"""Whether the direct answers of two papers to one question agree: the numbers, or the dates, that they give.

Only numbers of the same thing are compared, and parts of a date that both answers give. Anything else is no difference.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from assistant.answering.specifics import Specific, is_met, specifics
from assistant.asking_words import content_words
from assistant.question import Expected
from corpus import Glossary, Language
from index.words import stems

_NO_TERMS: Final = Glossary(())
_DATES: Final = ("year", "month", "day")
_NUMBERS: Final = ("number", "percent", "ratio")
_CURRENCY: Final = re.compile(r"(Rp|US\$|USD|IDR|EUR|CNY|[$€£¥])\.? ?$")


class Given(NamedTuple):
    """A direct answer, and the language that it is in."""

    text: str
    language: Language


def differ(one: Given, other: Given, expected: Expected | None) -> bool:
    """Return whether two answers to a question for a number, an amount or a date give different ones."""
    if expected == "date":
        return _dates_differ(one, other)
    return expected in ("number", "money") and _numbers_differ(one, other)


def _dates_differ(one: Given, other: Given) -> bool:
    """Return whether both answers give a year, a month or a day, and have none in common."""
    values = [
        {sort: {part.value for part in specifics(given.text, _NO_TERMS) if part.sort == sort} for sort in _DATES}
        for given in (one, other)
    ]
    pairs = ((values[0][sort], values[1][sort]) for sort in _DATES)
    return any(ours and theirs and not ours & theirs for ours, theirs in pairs)


def _numbers_differ(one: Given, other: Given) -> bool:
    """Return whether two answers have numbers of the same thing, and no number in common."""
    pairs = [(ours, theirs) for ours in _numbers(one) for theirs in _numbers(other) if ours.sort == theirs.sort]
    if any(is_met(ours, [theirs]) or is_met(theirs, [ours]) for ours, theirs in pairs):
        return False
    return any(_are_of_one_thing((one, ours), (other, theirs)) for ours, theirs in pairs)


def _numbers(given: Given) -> list[Specific]:
    return [specific for specific in specifics(given.text, _NO_TERMS) if specific.sort in _NUMBERS]


def _are_of_one_thing(*numbers: tuple[Given, Specific]) -> bool:
    """Return whether two numbers count the same thing, by the words beside them; a unit may be left out.

    Words of different languages are not compared.
    """
    (one, ours), (other, theirs) = numbers
    currencies = {found[1] for given, at in numbers if (found := _CURRENCY.search(given.text[: at.start]))}
    if len(currencies) > 1:
        return False
    if one.language != other.language:
        return True
    units = [
        stems(content_words(given.text[at.end :])[:1], given.language) for given, at in ((one, ours), (other, theirs))
    ]
    return not all(units) or units[0] == units[1]
