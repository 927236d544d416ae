"""Statements as text: what a question states, the questions for its specifics, and the clause that contradicts it."""

from __future__ import annotations

import re
from typing import Final

from assistant import asking_words
from assistant.answering.direct import LONGEST_DIRECT
from assistant.answering.specifics import Sort, Specific
from assistant.reader import Reading
from corpus import Language

_ASKING: Final[dict[Sort, dict[Language, str]]] = {
    "number": {"en": "how many", "id": "berapa"},
    "percent": {"en": "what percentage", "id": "berapa persen"},
    "ratio": {"en": "what", "id": "berapa"},
    "year": {"en": "what year", "id": "tahun berapa"},
    "month": {"en": "what month", "id": "bulan apa"},
    "day": {"en": "what date", "id": "tanggal berapa"},
}
_NAMED: Final[dict[str, dict[Language, tuple[str, ...]]]] = {
    "place": {"en": ("where", "which place"), "id": ("mana",)},
    "partner": {"en": ("who",), "id": ("siapa", "mana")},
}
_PLACED: Final = re.compile(
    r"\b(?P<place>in|at|from|to|di|dari|ke|of|pada)\s(?:the\s|(?:city|province) of\s|kota\s|provinsi\s|negara\s|"
    r"warga\s|resident of\s)*$|\b(?P<partner>with|by|through|via|dengan|bersama|oleh|lewat|melalui)\s(?:the\s)?$",
    re.IGNORECASE,
)
_DEGREE: Final = r"how (?-i:[a-z]+)(?= (?:is|are|was|were|did|do|does|has|have)\b)|seberapa \w+"  # "how successful is"
_OPENING: Final = re.compile(
    rf"^\W*(?:{_DEGREE}|{asking_words.REASON.pattern}|{asking_words.MANNER.pattern}|"
    rf"{asking_words.EXPECTED['date'].pattern})\s*",
    re.IGNORECASE,
)
_GRANTED: Final = re.compile(
    r"^\W*(?:since|given that|seeing that|karena|mengingat|berhubung)\s(?P<premise>[^,]+),\s", re.IGNORECASE
)
_NOT_THAT: Final = re.compile(
    r",? (?:and not|not|instead of|rather than|bukan(?:nya)?|alih-alih)\b(?! (?:only|just|saja|hanya))[^,]*$",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"[,;:()](?!\d)|\b(?:because|karena|which|yang|that|bahwa|sehingga|so that)\b", re.IGNORECASE
)


def statement_of(text: str) -> str:
    """Return what a question takes for granted: the clause before it asks, or itself without its asking words."""
    granted = _GRANTED.match(text)
    return _NOT_THAT.sub("", (granted["premise"] if granted else _OPENING.sub("", text)).strip(" ?"))


def clozes(statement: str, specific: Specific, language: Language) -> list[str]:
    """Return a statement as questions for one of its specifics: asking words take its place."""
    before, after = statement[: specific.start], statement[specific.end :]
    if specific.sort != "name":
        asking = _ASKING[specific.sort][language]
        named = asking.split()[0 if language == "id" else -1]
        if before.rstrip().casefold().endswith(named):  # "tahun 2018" becomes "tahun berapa"
            asking = asking.replace(named, "").strip()
        return [f"{before}{asking}{after}?"]
    placed = _PLACED.search(before)
    if placed is None:  # the name may be one of several that the statement is true of
        return []
    before = re.sub(r"\bthe $", "", before)
    return [f"{before}{word}{after}?" for word in _NAMED["place" if placed["place"] else "partner"][language]]


def role_of(text: str, specific: Specific) -> set[str]:
    """Return the role, "place" or "partner", that the word before a name gives it; an empty set for none."""
    found = _PLACED.search(text[: specific.start])
    return {role for role, word in found.groupdict().items() if word} if found else set()


def roles_of_reading(window: str, reading: Reading, values: list[Specific]) -> set[str]:
    """Return the roles of the names in a reading's words. A name in brackets may have any role."""
    roles: set[str] = set()
    for value in values:
        at = reading.start + value.start
        in_brackets = window[:at].endswith("(")
        roles |= {"place", "partner"} if in_brackets else role_of(window, value._replace(start=at))
    return roles


def clause_around(text: str, at: tuple[int, int]) -> str:
    """Return the clause of a text around its characters ``at``, (start, end), cut to a line."""
    start = max((found.end() for found in _CLAUSE.finditer(text, 0, at[0])), default=0)
    following = _CLAUSE.search(text, at[1])
    end = following.start() if following else len(text)
    if end - start > LONGEST_DIRECT:
        start = max(start, at[0] - LONGEST_DIRECT // 2)
        start = text.find(" ", start) + 1 if start and text[start - 1] != " " else start
        end = max(at[1], text.rfind(" ", start, min(end, start + LONGEST_DIRECT)))
    return text[start:end].strip(" ,.;:()")
