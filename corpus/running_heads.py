"""Running heads, running feet and page numbers: lines that come back at the edges of page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.layout import Line

_EDGE = 4  # lines at the top and at the foot of a page that may be running ones
_SHARE = 0.4  # of the pages: heads of left and right pages differ, and a first page has none
_FEW = 4  # with fewer pages, a line must be on every one of them
_NUMBER_AT_AN_END = re.compile(r"^\W*(\d{1,4})\b|\b(\d{1,4})\W*$")
_LONGEST = 100  # characters of a line that carries the page's number


def without_running_heads(lines: list[Line]) -> list[Line]:
    """Drop the lines at pages' edges that repeat over pages, or that carry the page's number.

    Two lines that differ only in their digits are the same. A number is the page's if it goes up with them.
    """
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    if len(pages) < 2:
        return lines
    needed = len(pages) if len(pages) < _FEW else max(3, round(_SHARE * len(pages)))
    seen = Counter(key for page in pages.values() for key in {_key(line) for line in _edges(page)})
    shifts = Counter(
        shift for page in pages.values() for shift in {s for line in _outermost(page) for s in _shifts(line)}
    )
    counting = {shift for shift, count in shifts.most_common(1) if count >= needed}
    kept = []
    for page in pages.values():
        running = {id(line) for line in _edges(page) if seen[_key(line)] >= needed}
        running |= {id(line) for line in _outermost(page) if counting & set(_shifts(line))}
        kept += [line for line in page if id(line) not in running]
    return kept


def _edges(page: list[Line]) -> list[Line]:
    return page if len(page) <= 2 * _EDGE else page[:_EDGE] + page[-_EDGE:]


def _outermost(page: list[Line]) -> list[Line]:
    return [line for line in (page[0], page[-1]) if len(line.text) <= _LONGEST]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.casefold())


def _shifts(line: Line) -> Iterator[int]:
    """Yield by how much a number at the line's start or end is ahead of the page it stands on."""
    for found in _NUMBER_AT_AN_END.finditer(line.text):
        yield int(found[1] or found[2]) - line.page
