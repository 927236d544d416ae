"""Pages whose text was recognised in their pictures: their words, and where on the page each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from corpus.boxes import Box
from corpus.quote_places import PageText, find_quote


class Word(NamedTuple):
    """A recognised word, and the box around it."""

    text: str
    box: Box


class RecognisedPage(NamedTuple):
    """A page, by its number from 1, and the words of each of its lines, in reading order."""

    number: int
    lines: tuple[tuple[Word, ...], ...]


def recognised_boxes(pages: Iterable[RecognisedPage], quote: str, numbers: Sequence[int]) -> dict[int, tuple[Box, ...]]:
    """Return where a quote's words stand on recognised pages, by their numbers: a box for each line of it.

    ``numbers`` are those in a row that the quote starts and ends on. {} where one of them is not among ``pages``, or
    the place is not certain, as `corpus.pdf_pages.PdfPages.boxes` says.
    """
    wanted = {page.number: list(_placed(page)) for page in pages if page.number in numbers}
    if len(wanted) < len(numbers):
        return {}
    placed = [wanted[number] for number in numbers]
    found = find_quote(quote, [_text(words) for words in placed])
    return {numbers[i]: tuple(_boxes(placed[i][at] for at in dict.fromkeys(words))) for i, words in found}


def to_record(pages: Iterable[RecognisedPage]) -> list[Any]:
    """Return pages as lists that JSON can hold."""
    return [[page.number, [[[word.text, *word.box] for word in line] for line in page.lines]] for page in pages]


def from_record(record: Iterable[Any]) -> tuple[RecognisedPage, ...]:
    """Return the pages that `to_record` gave; raises ValueError, TypeError or KeyError for anything else."""
    return tuple(
        RecognisedPage(_number(number), tuple(tuple(_word(*word) for word in line) for line in lines))
        for number, lines in record
    )


def _word(text: object, *box: float) -> Word:
    left, top, width, height = map(float, box)
    if not isinstance(text, str):
        raise TypeError(text)
    return Word(text, Box(left, top, width, height))


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _placed(page: RecognisedPage) -> Iterator[tuple[int, Word]]:
    """Yield a page's words with the numbers of their lines."""
    for nth, line in enumerate(page.lines):
        for word in line:
            yield nth, word


def _text(words: Sequence[tuple[int, Word]]) -> PageText:
    chars = "".join(f"{word.text} " for _, word in words)
    numbers = [of_char for at, (_, word) in enumerate(words) for of_char in (*[(at,)] * len(word.text), ())]
    return PageText.of(chars, numbers)


def _boxes(words: Iterable[tuple[int, Word]]) -> Iterator[Box]:
    """Yield a box for the words of each line."""
    for _, line in groupby(words, key=lambda placed: placed[0]):
        first, *others = (word.box for _, word in line)
        for box in others:
            first = first.joined(box)
        yield first
