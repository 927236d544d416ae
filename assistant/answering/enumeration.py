"""Finds the members of an enumeration: "The five priorities are A, B, C, D and E"."""

from __future__ import annotations

import re
from typing import Final

from assistant.asking_words import COUNTS

LEAST: Final = 3
"""The fewest members of an enumeration."""

_LONGEST: Final = 120  # characters of the longest member
_OPENS: Final = re.compile(
    r"(?:\b(?:adalah|ialah|yaitu|yakni|meliputi|mencakup|terdiri (?:dari|atas)|antara lain|seperti"
    r"|are|were|namely|includ(?:es?|ed|ing)|consist(?:s|ed)? of|such as)\b:?|:)\s+",
    re.IGNORECASE,
)
_CLOSES: Final = re.compile(r"\s*\(|[.;:?!](?:\s|$)")
_AND: Final = r"(?:dan|serta|and)\b"
_BREAK: Final = re.compile(r"\s*,\s*")
_LAST: Final = re.compile(rf"{_AND}\s+", re.IGNORECASE)
_WITHIN: Final = re.compile(rf"\s+{_AND}\s+", re.IGNORECASE)

_NO_MEMBER: Final = re.compile(r"(?:termasuk|including|sebagainya|lain-lain|so on|others)\b", re.IGNORECASE)
"""Words that begin an enumeration within another, or stand for members that are not given."""

EDGES: Final = " \t,;:.“”\"'"
"""Characters around words that do not belong to them."""


def enumerated(text: str, words: str, question: str) -> list[str]:
    """Return the members of an enumeration that answers a question, word for word; none if there is no enumeration.

    The reader's ``words`` are looked at first, "" for none. Then the whole text is, if the question says how many
    members there are ("the five priorities"), for an enumeration of that many.
    """
    wanted, words = _counted(question), words.strip(EDGES)
    if words.count("(") > words.count(")") and f"{words})" in text:
        words += ")"
    members = _members(words)
    if len(members) >= LEAST and wanted in (None, len(members)):
        return members
    for opens in _OPENS.finditer(text) if wanted else ():
        closes = _CLOSES.search(text, opens.end())
        members = _members(text[opens.end() : closes.start() if closes else len(text)])
        if len(members) == wanted:
            return members
    return []


def _members(text: str) -> list[str]:
    """Return the parts between commas and the last "and"; none if one of them cannot be a member."""
    *parts, last = _BREAK.split(text)
    if began := _LAST.match(last):
        members = [*parts, last[began.end() :]]
    elif within := [*_WITHIN.finditer(last)]:  # "A, B and C"
        members = [*parts, last[: within[-1].start()], last[within[-1].end() :]]
    else:
        return []
    return members if all(0 < len(part) <= _LONGEST and not _NO_MEMBER.match(part) for part in members) else []


def _counted(question: str) -> int | None:
    """Return the number of things that a question mentions ("the five priorities"), None if it mentions none."""
    counts = (COUNTS.get(word, 0) for word in re.findall(r"[^\W_]+", question.casefold()))
    return next((count for count in counts if count >= LEAST), None)
