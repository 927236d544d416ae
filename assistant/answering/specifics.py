"""Finds the specifics of a text: its numbers, dates and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from assistant.asking_words import COUNTS, SMALL
from assistant.expectation import MONTHS
from corpus import Glossary
from index.words import split_words

Sort = Literal["number", "percent", "ratio", "year", "month", "day", "name"]
Bound = Literal["", "over", "under"]
"""The bound of a number: none, "over" ("more than", "at least") or "under" ("less than", "at most")."""

_COUNTED: Final = {word: count for word, count in COUNTS.items() if count > 1} | {
    "ten": 10, "sepuluh": 10, "eleven": 11, "sebelas": 11, "twelve": 12, "dua belas": 12,
    "fifteen": 15, "lima belas": 15, "twenty": 20, "dua puluh": 20,
}  # fmt: skip
"""The numbers that texts write as words."""

_SCALES: Final = {
    "ribu": 1e3, "thousand": 1e3, "juta": 1e6, "million": 1e6, "miliar": 1e9, "milyar": 1e9, "billion": 1e9,
}  # fmt: skip
_OVER: Final = (
    r"(?:more than|over|above|at least|upwards of|exceed(?:s|ed|ing)?|lebih(?: dari)?|di ?atas|melebihi|melampaui|"
    r"sedikitnya|minimal|setidaknya)"
)
_UNDER: Final = (
    r"(?:less than|fewer than|below|under|at most|up to|kurang dari|di ?bawah|paling banyak|maksimal|hingga)"
)

_ADJECTIVES: Final = (
    ("ese", "a"), ("ese", ""), ("ian", "ia"), ("ian", "ium"), ("n", ""), ("ccan", "cco"), ("ish", "ain"),
)  # fmt: skip
"""Endings of adjectives, and of their countries: Chinese, Japanese, Belgian, Korean, Moroccan, British."""

_DATE = re.compile(
    rf"(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)? )?\b(?P<month>{'|'.join(MONTHS)})\b"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?(?!\d|[.,]\d|:\d| ?(?:%|persen|percent)))?"
    r"(?:,? (?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w.,/:-])(?:19|20)\d\d(?![\w/:]|[.,]\d)(?! ?(?:%|persen|percent))")
_RATIO = re.compile(r"(?<![\w.,])(\d+) ?: ?(\d+)(?![\d:])")
_NUMBER = re.compile(
    rf"(?P<bound>(?:(?P<over>{_OVER})|{_UNDER})\s+(?:\w+ )??)?"
    rf"(?<![\w/@])(?<![^\W\d]-)(?P<number>(?<![.,\d])-?\d+(?:[.,]\d+)*|"
    rf"\b(?:{'|'.join(sorted(_COUNTED, key=len, reverse=True))})\b)"
    rf"(?:-?\s?(?P<scale>{'|'.join(_SCALES)})\b)?(?P<percent>\s?(?:%|persen\b|percent\b|per cent\b))?",
    re.IGNORECASE,
)
_PROPER = re.compile(r"(?<=[\w,;:(“\"'] )[a-z]?[A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*)*")
_SOURCE = re.compile(r"\([^()\d]*,? ?(?:19|20)\d\d[a-z]?(?:: ?[\d, \u2013-]+)?\)")


class Specific(NamedTuple):
    """A number, a part of a date or a name, ``text[start:end]``. ``value`` is the same however it is written."""

    sort: Sort
    value: float | str
    start: int
    end: int
    bound: Bound = ""

    @property
    def span(self) -> tuple[int, int]:
        """The specific's (start, end)."""
        return self.start, self.end


def without_sources(text: str) -> str:
    """Return a text with cited sources replaced by spaces, since their dates are not the text's."""
    return _SOURCE.sub(lambda found: " " * len(found[0]), text)


def specifics(text: str, glossary: Glossary) -> list[Specific]:
    """Return the specifics of a text, in its order."""
    found: list[Specific] = []
    taken: set[int] = set()
    for specific in _all(text, glossary):
        if not taken.intersection(range(specific.start, specific.end)) or specific.sort in ("month", "day", "year"):
            found.append(specific)
            taken.update(range(specific.start, specific.end))
    return sorted(found, key=lambda specific: specific.start)


def is_met(claimed: Specific, found: Iterable[Specific]) -> bool:
    """Return whether one of a text's specifics confirms the claimed one."""
    return any(_confirms(claimed, other) for other in found if other.sort == claimed.sort)


def _confirms(claimed: Specific, found: Specific) -> bool:
    if isinstance(claimed.value, str) or isinstance(found.value, str) or not claimed.bound:
        return claimed.value == found.value
    if claimed.value == found.value:
        return claimed.bound == found.bound
    above = found.value > claimed.value
    return found.bound != ("under" if above else "over") and above == (claimed.bound == "over")


def _all(text: str, glossary: Glossary) -> Iterator[Specific]:
    for mention in glossary.mentions(text):
        written = text[mention.start : mention.end]
        is_name = mention.term.kind == "name" or (mention.term.kind == "abbreviation" and written != written.lower())
        if is_name or any(character.isdigit() for character in written):
            yield Specific("name", mention.term.key, mention.start, mention.end)
    yield from _dates(text)
    for found in _RATIO.finditer(text):
        yield Specific("ratio", f"{found[1]}:{found[2]}", *found.span())
    for found in _NUMBER.finditer(text):
        yield _number(found)
    for found in _PROPER.finditer(text):
        words = split_words(found[0])
        if not any(word.casefold() in SMALL for word in words):
            yield Specific("name", _name(words, glossary), *found.span())


def _name(words: list[str], glossary: Glossary) -> str:
    """Return the key of a name's term or, for an adjective, of its country; else the name in small letters."""
    name = " ".join(words)
    for end, country in _ADJECTIVES:
        if name.endswith(end):
            named = name.removesuffix(end) + country
            if mentions := glossary.mentions(named):
                return mentions[0].term.key
    return name.removesuffix("n").casefold() if name.endswith("ian") else name.casefold()


def _dates(text: str) -> Iterator[Specific]:
    for found in _DATE.finditer(text):
        if found[0] == "may":  # the verb
            continue
        yield Specific("month", MONTHS[found["month"].casefold()], *found.span("month"))
        for name in ("before", "after"):
            if found[name]:
                yield Specific("day", int(found[name]), *found.span(name))
    for found in _YEAR.finditer(text):
        yield Specific("year", int(found[0]), *found.span())


def _number(found: re.Match[str]) -> Specific:
    written = found["number"].casefold()
    value = float(_COUNTED[written]) if written in _COUNTED else _value(written)
    value *= _SCALES.get((found["scale"] or "").casefold(), 1)
    bound: Bound = "over" if found["over"] else "under" if found["bound"] else ""
    return Specific("percent" if found["percent"] else "number", value, found.start(), found.end(), bound)


def _value(digits: str) -> float:
    """Return a number's value. A dot or comma before exactly three digits separates thousands."""
    if re.fullmatch(r"-?[1-9]\d{0,2}(?:[.,]\d{3})+", digits):
        return float(re.sub(r"[.,]", "", digits))
    whole, _, rest = digits.replace(",", ".").partition(".")
    return float(f"{whole}.{rest.replace('.', '')}")
