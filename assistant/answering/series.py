"""Finds a series: numbers that a sentence lists, each with a name ("Japan 22 activities, Morocco 9 and Sudan 11")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from assistant.answering.specifics import Specific
from assistant.asking_words import whole_words

_LEAST: Final = 3  # the fewest numbers of a series
_BREAK: Final = re.compile(
    r"[,;:] (?:and |dan |disusul |followed by )?| (?:and|dan|disusul|followed by) |, ?consisting of "
    r"| terdiri (?:dari|atas) ",
    re.IGNORECASE,
)
_MOST: Final = whole_words(
    r"(?<!at )most(?! of)|highest|largest|biggest|greatest|terbanyak|tertinggi|terbesar|paling (?:banyak|tinggi|besar)"
)
_FEWEST: Final = whole_words(
    r"fewest|(?<!at )least|lowest|smallest|tersedikit|terendah|terkecil|paling (?:sedikit|rendah|kecil)"
)


class Member(NamedTuple):
    """A member of a series: its words, ``text[start:end]``, and its number."""

    start: int
    end: int
    value: float


def series(text: str, numbers: Sequence[Specific]) -> list[Member]:
    """Return the members of a text's series, given its numbers; none if it has no series.

    Each member is a part between two breaks with one number and words before it.
    """
    members = []
    for start, end in parts(text):
        held = [item for item in numbers if start <= item.start < end and item.sort in ("number", "percent")]
        if len(held) == 1 and isinstance(held[0].value, float) and re.search(r"[^\W\d]", text[start : held[0].start]):
            members.append(Member(start, end, held[0].value))
    return members if len(members) >= _LEAST else []


def parts(text: str) -> list[tuple[int, int]]:
    """Return where the parts of a text begin and end that its commas and conjunctions divide."""
    breaks = [found.span() for found in _BREAK.finditer(text)]
    return list(zip([0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)], strict=True))


def extreme(statement: str, members: Sequence[Member]) -> list[Member]:
    """Return the members with the most or the fewest, as a statement claims; none if it claims neither."""
    if not members or not is_superlative(statement):
        return []
    wanted = (max if _MOST.search(statement) else min)(member.value for member in members)
    return [member for member in members if member.value == wanted]


def is_superlative(statement: str) -> bool:
    """Return whether a statement says that something has the most or the fewest."""
    return bool(_MOST.search(statement) or _FEWEST.search(statement))
