"""Pages whose text was recognised in their pictures: their words, each with its place on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Box(NamedTuple):
    """A rectangle on a page as it is shown: in shares of its width and height, from the left and the top."""

    left: float
    top: float
    width: float
    height: float

    def joined(self, other: Box) -> Box:
        """Return the box around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        right = max(self.left + self.width, other.left + other.width)
        bottom = max(self.top + self.height, other.top + other.height)
        return Box(left, top, right - left, bottom - top)


class Word(NamedTuple):
    """A recognised word, and the box around it."""

    text: str
    box: Box


class RecognisedPage(NamedTuple):
    """A page: its number, from 1, and the words of each of its lines, in reading order."""

    number: int
    lines: tuple[tuple[Word, ...], ...]


def to_record(pages: Iterable[RecognisedPage]) -> list[Any]:
    """Return pages as lists that JSON can hold."""
    return [[page.number, [[[word.text, *word.box] for word in line] for line in page.lines]] for page in pages]


def from_record(record: Iterable[Any]) -> tuple[RecognisedPage, ...]:
    """Return the pages of a record of `to_record`. Raises ValueError, TypeError or KeyError for anything else."""
    return tuple(
        RecognisedPage(
            int(number), tuple(tuple(Word(str(text), Box(*map(float, box))) for text, *box in line) for line in lines)
        )
        for number, lines in record
    )
