"""Finds the place of a quote among the characters of pages, read by PDFium or by text recognition.

All its letters and digits, in order, must be there exactly once. The comparison ignores what readers of PDFs alter:
spaces, hyphens, punctuation, ligatures and accents.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, groupby, takewhile
from typing import NamedTuple

from corpus.pdf.recognised import Box, RecognisedPage, Word

_EDGE = 400  # the most letters of running heads, feet and page numbers at the start or the end of a page
_LEAST = 4  # the fewest letters of a quote on each of its two pages


class PageText(NamedTuple):
    """A page's characters with their numbers, and its letters and digits with the indexes of their characters.

    The numbers are those of the page's reader. Several characters may have the same number, and a character none.
    """

    chars: str
    numbers: tuple[tuple[int, ...], ...]
    letters: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, chars: str, numbers: Iterable[tuple[int, ...]]) -> PageText:
        """Return the text of a page from its characters, each with its numbers."""
        letters = [_letters_of(char) for char in chars]
        origins = tuple(at for at, found in enumerate(letters) for _ in found)
        return cls(chars, tuple(numbers), "".join(letters), origins)

    def begins_word(self, at: int) -> bool:
        """Return whether a word begins at a letter: whether anything, such as a space, precedes it."""
        if at in (0, len(self.origins)):
            return True
        before, after = self.origins[at - 1 : at + 1]
        return after - before > 1


@cache
def _letters_of(char: str) -> str:
    """Return the letters and digits of a character: two or more for a ligature, none for an accent or punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", char)))


def find_quote(quote: str, pages: Sequence[PageText]) -> list[tuple[int, tuple[int, ...]]]:
    """Return the indexes of the pages that a quote is on, each with the numbers of its characters there."""
    letters = "".join(map(_letters_of, quote))
    places = _places(letters, "".join(page.letters for page in pages)) if letters else []
    if len(places) == 1:
        parts = _parts(places[0], len(letters), pages)
    elif letters and not places and len(pages) == 2:
        parts = _across_pages(letters, *pages)
    else:
        parts = []
    if not all(pages[i].begins_word(start) and pages[i].begins_word(end) for i, start, end in parts):
        return []  # it begins or ends within a word
    origins = [at for at, char in enumerate(quote) for _ in _letters_of(char)]
    spans = []
    done = 0
    for i, start, end in parts:
        chars, numbers = pages[i].chars, pages[i].numbers
        first, last = pages[i].origins[start], pages[i].origins[end - 1] + 1
        first -= _shared_start(quote[: origins[done]][::-1], chars[:first][::-1])
        done += end - start
        last += _shared_start(quote[origins[done - 1] + 1 :], chars[last:])
        spans.append((i, tuple(chain.from_iterable(numbers[first:last]))))
    return spans


def _shared_start(text: str, other: str) -> int:
    """Return the number of characters before a space that two texts share at their starts."""
    shared = takewhile(lambda pair: pair[0] == pair[1] and not pair[0].isspace(), zip(text, other, strict=False))
    return sum(1 for _ in shared)


def _places(part: str, whole: str) -> list[int]:
    """Return the first two places of a text in another, or fewer where there are fewer."""
    first = whole.find(part)
    second = whole.find(part, first + 1)
    return [place for place in (first, second) if place >= 0] if first >= 0 else []


def _parts(start: int, length: int, pages: Sequence[PageText]) -> list[tuple[int, int, int]]:
    """Return the indexes of the pages that a stretch of letters is on, each with its start and end there."""
    parts = []
    for i, page in enumerate(pages):
        end = start + length
        if start < len(page.letters) and end > 0:
            parts.append((i, max(0, start), min(end, len(page.letters))))
        start -= len(page.letters)
    return parts


def _across_pages(letters: str, first: PageText, second: PageText) -> list[tuple[int, int, int]]:
    """Return the places of letters that end one page and continue on the next; [] unless there is only one way.

    Running heads, feet and page numbers may be in between.
    """
    ways = []
    for cut in range(_LEAST, len(letters) - _LEAST + 1):
        starts, rests = _places(letters[:cut], first.letters), _places(letters[cut:], second.letters)
        if not starts:
            break
        if len(starts) > 1 or len(rests) != 1:
            continue
        end, rest = starts[0] + cut, rests[0]
        at_edges = end >= len(first.letters) - _EDGE and rest <= _EDGE
        if at_edges and first.begins_word(end) and second.begins_word(rest):
            ways.append([(0, starts[0], end), (1, rest, rest + len(letters) - cut)])
    return ways[0] if len(ways) == 1 else []


def recognised_boxes(pages: Iterable[RecognisedPage], quote: str, numbers: Sequence[int]) -> dict[int, tuple[Box, ...]]:
    """Return the boxes of a quote on recognised pages, one for each of its lines, by page number.

    ``numbers`` are those of the consecutive pages from its first to its last. The result is {} if one of them is not
    among ``pages``, or if the place is not certain, as for `page.drawing.pages.PdfPages.boxes`.
    """
    wanted = {page.number: page for page in pages if page.number in numbers}
    if len(wanted) < len(numbers):
        return {}
    # The words of each page with the indexes of their lines
    placed = [[(i, word) for i, line in enumerate(wanted[number].lines) for word in line] for number in numbers]
    found = find_quote(quote, [_text_of(words) for words in placed])
    return {numbers[i]: tuple(_boxes(placed[i][at] for at in dict.fromkeys(words))) for i, words in found}


def _text_of(words: Sequence[tuple[int, Word]]) -> PageText:
    chars = "".join(f"{word.text} " for _, word in words)
    numbers = [of_char for at, (_, word) in enumerate(words) for of_char in (*[(at,)] * len(word.text), ())]
    return PageText.of(chars, numbers)


def _boxes(words: Iterable[tuple[int, Word]]) -> Iterator[Box]:
    """Yield a box around the words of each line."""
    for _, line in groupby(words, key=lambda placed: placed[0]):
        first, *others = (word.box for _, word in line)
        for box in others:
            first = first.joined(box)
        yield first
