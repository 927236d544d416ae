"""Finds the rows of a PDF's page in reading order: column after column, with no footnote within a sentence."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from corpus.paper import UNKNOWN
from corpus.pdf.glyphs import Glyph, page_glyphs

# Distances, as shares of the type's size
_LEVEL = 0.3  # between the baselines of one line
_RAISED = 0.75  # between a line's baseline and that of a note's mark
_BACK = 0.8  # by which a glyph may overlap the one before: accents, italics
_MARK = 0.5  # between a note's mark and the word beside it
_WORD = 0.2  # between two words, more than between the line's letters
_LEAST = 0.06  # the same, where PDFium adds a space
_GUTTER = 0.9  # between two columns
_INDENT = 0.8  # of a paragraph's first line

_SMALL = 0.9  # times the type's size: notes and their marks are smaller than that
_COLUMN_ROWS = 6  # rows, at least, with the same gutter
_COLUMN_WORDS = 3  # words on either side of the gutter in most rows; cells of tables have fewer
_COLUMN_FILL = 0.6  # of the column's width is filled in most rows
_WIDE = 1.45  # times the usual distance of baselines: more than within a paragraph
_BULLET = "\u2022"
_ENDS = (".", "?", "!", ".\u201d", '."', ".)")  # of sentences


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of text, or the part of it that is in one column.

    ``numbers`` has, for each character of the text, its indexes in PDFium's text page; none for a space. Places and
    sizes are in points; the y axis points up. ``style`` is the font, a space and the size. ``wide``: there is more room
    above the row than between two lines of one paragraph.
    """

    text: str
    numbers: tuple[tuple[int, ...], ...]
    style: str
    size: float
    left: float
    baseline: float
    wide: bool = False


def page_rows(text_page: Any) -> list[TextRow]:
    """Return the rows of a page (a ``pypdfium2.PdfTextPage``) in reading order.

    Columns come one after the other, even if they are drawn line by line. A note at the foot of a column that would
    interrupt a sentence comes before that sentence.
    """
    glyphs = page_glyphs(text_page)
    turns = Counter(glyph.quarter for glyph in glyphs).most_common(1)
    along = [glyph for glyph in glyphs if glyph.quarter == turns[0][0]]
    # Text in another direction (a stamp in the margin) comes first: it must not interrupt a sentence that goes on
    # on the next page.
    across = [glyph for glyph in glyphs if glyph.quarter != turns[0][0]]
    rows = [_row(runs) for runs in _column_by_column(_lines(along))]
    return [*map(_row, _lines(across)), *_notes_first(_with_room(rows))]


_Runs = list[list[Glyph]]
"""A line: runs of glyphs, with room for a gutter between them."""


def _lines(glyphs: Sequence[Glyph]) -> list[_Runs]:
    lines: list[_Runs] = []
    base = last = None  # the last glyph that is no note's mark, and the last glyph
    for glyph in glyphs:
        if base is None or last is None or not _goes_on(base, last, glyph):
            lines.append([[glyph]])
            base = glyph
        else:
            if glyph.left - last.right > _GUTTER * glyph.size:
                lines[-1].append([])
            lines[-1][-1].append(glyph)
            if glyph.size > _SMALL * base.size:
                base = glyph
        last = glyph
    return lines


def _goes_on(base: Glyph, last: Glyph, glyph: Glyph) -> bool:
    """Return whether a glyph continues a line: on its baseline, or as the mark of a note."""
    size, ahead = max(base.size, glyph.size), glyph.left - last.right
    off = abs(glyph.baseline - base.baseline)
    if ahead < -_BACK * size:
        return False
    is_mark = min(base.size, glyph.size) < _SMALL * size and ahead <= _MARK * size
    return off <= _LEVEL * size or (is_mark and off <= _RAISED * size)


def _column_by_column(lines: Sequence[_Runs]) -> Iterator[_Runs]:
    """Yield lines column by column; those that cross the gutter between two columns are divided there."""
    gutter = _gutter(lines)
    if gutter is None:
        yield from lines
        return
    columns: tuple[list[_Runs], list[_Runs]] = [], []

    def flushed() -> Iterator[_Runs]:
        for column in columns:
            yield from _column_by_column(column)
            column.clear()

    for line in lines:
        cut = sum(run[-1].right <= gutter for run in line)
        if any(run[0].left < gutter < run[-1].right for run in line):  # over both columns: a title, a figure
            yield from flushed()
            yield line
            continue
        for column, runs in zip(columns, (line[:cut], line[cut:]), strict=True):
            if runs:
                column.append(runs)
    yield from flushed()


def _gutter(lines: Sequence[_Runs]) -> float | None:
    """Return the place of the gutter between two columns; None where the lines are in one column.

    The gaps between the cells of tables are no gutters: the cells beside them are short.
    """
    gaps = [(one[-1].right, two[0].left, one, two) for line in lines for one, two in pairwise(line)]
    edges = Counter(edge for left, right, _, _ in gaps for edge in range(int(left) + 1, int(right) + 1))
    if not edges:
        return None
    at = float(edges.most_common(1)[0][0])
    over = [(one, two) for left, right, one, two in gaps if left <= at <= right]
    if len(over) < _COLUMN_ROWS:
        return None
    for side in zip(*over, strict=True):
        widest = max(run[-1].right for run in side) - min(run[0].left for run in side)
        words = median(1 + sum(glyph.spaced for glyph in run[1:]) for run in side)
        if words < _COLUMN_WORDS or median(run[-1].right - run[0].left for run in side) < _COLUMN_FILL * widest:
            return None
    return at


def _row(line: _Runs) -> TextRow:
    glyphs = [glyph for run in line for glyph in run]
    spaced = _spaced(glyphs)
    text = ""
    numbers: list[tuple[int, ...]] = []
    for i, glyph in enumerate(glyphs):
        if i in spaced:
            text += " "
            numbers.append(())
        # The characters of a symbol font are unknown, except for the mark of an item.
        is_symbol, is_mark = unicodedata.category(glyph.text[0]) == "Co", i == 0 and 1 in spaced
        text += (_BULLET if is_mark else UNKNOWN) if is_symbol else glyph.text
        numbers += [glyph.numbers] * len(glyph.text)
    style = Counter(glyph.style for glyph in glyphs for _ in glyph.text).most_common(1)[0][0]  # of most characters
    main = next(glyph for glyph in glyphs if glyph.style == style)
    return TextRow(text, tuple(numbers), style, main.size, glyphs[0].left, main.baseline)


def _spaced(glyphs: Sequence[Glyph]) -> set[int]:
    """Return the indexes of the glyphs of a line that have a space before them.

    PDFium misses some spaces, and adds others where letters are only set apart.
    """
    pairs = list(enumerate(pairwise(glyphs), 1))
    gaps = {i: (right.left - left.right) / max(left.size, right.size) for i, (left, right) in pairs}
    usual = max(0.0, median([gaps[i] for i, (_, right) in pairs if not right.spaced] or [0.0]))
    return {
        i
        for i, (_, right) in pairs
        if right.drawn or gaps[i] > usual + _WORD or (right.spaced and gaps[i] > usual + _LEAST)
    }


def _with_room(rows: Sequence[TextRow]) -> list[TextRow]:
    """Mark the rows with more room above them than is usual on their page."""
    steps = [round(above.baseline - row.baseline, 1) for above, row in pairwise(rows)]
    usual = Counter(step for step, row in zip(steps, rows[1:], strict=True) if 0 < step < 3 * row.size).most_common(1)
    if not usual:
        return list(rows)
    room = _WIDE * usual[0][0]
    return [*rows[:1], *(replace(row, wide=step > room) for row, step in zip(rows[1:], steps, strict=True))]


def _notes_first(rows: list[TextRow]) -> list[TextRow]:
    """Move notes at the foot of a column that interrupt a sentence to before the paragraph of that sentence."""
    sizes = Counter(round(row.size, 1) for row in rows for _ in row.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0  # the size of most characters
    at = 1
    while at < len(rows):
        end = _notes_end(rows, at, body)
        if end is None:
            at += 1
            continue
        place = None if rows[at - 1].text.endswith(_ENDS) else _paragraph_before(rows, at, body)
        if place is not None:
            notes = [replace(rows[at], wide=True), *rows[at + 1 : end]]
            rows = [*rows[:place], *notes, replace(rows[place], wide=True), *rows[place + 1 : at], *rows[end:]]
        at = end
    return rows


def _notes_end(rows: Sequence[TextRow], at: int, body: float) -> int | None:
    """Return the end of the notes that begin with a row at the foot of a column; None where none begin."""
    above, first = rows[at - 1], rows[at]
    if first.size > _SMALL * body or above.size <= _SMALL * body or first.baseline >= above.baseline:
        return None
    if not (first.text[:1].isdigit() or first.text[:1] in "*\u2217\u2020\u2021\u00a7"):
        return None
    end = at
    while end < len(rows) and rows[end].size <= _SMALL * body and rows[end].baseline <= first.baseline:
        end += 1
    is_foot = end == len(rows) or rows[end].baseline > above.baseline or len(rows[end].text) <= len("- 1234 -")
    return end if is_foot else None


def _paragraph_before(rows: Sequence[TextRow], at: int, body: float) -> int | None:
    """Return the last row before ``at``, in its column, that begins a paragraph or else a sentence; or None."""
    sentence = None
    for i in range(at - 1, 0, -1):
        row, above = rows[i], rows[i - 1]
        if above.baseline <= row.baseline or above.size <= _SMALL * body:
            break
        if above.text.endswith(_ENDS):
            sentence = sentence or i
            if row.wide or row.left > above.left + _INDENT * row.size:
                return i
    return sentence
