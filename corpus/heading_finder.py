"""Which lines of a manuscript are headings, judged by their looks and by what stands around them."""

from __future__ import annotations

import re

from corpus import headings, labels
from corpus.layout import natural_width
from corpus.line_facts import LineFacts, joined

CENTRED = 0.9  # of the column's width: headings and captions are set narrower, in type of another weight
_MAX_LINES = 4


class HeadingFinder:
    """Finds headings from the first line to the last; the numbers of those it was told of must go up."""

    def __init__(self, facts: LineFacts) -> None:
        """Look for signs of numbered headings and for where the paper proper begins."""
        self.facts = facts
        texts = [line.text for line in facts.lines]
        self.numbered = headings.are_numbered(texts)
        opening = (i for i, text in enumerate(texts) if headings.plain_name(text) in headings.OPENING)
        self.front = next(opening, 0)  # before it stand title and authors, in capitals but no headings
        self.last_number: tuple[int, ...] = (0,)
        self.dotted: bool | None = None  # whether its number has a full stop: "1" and "1." do not mix
        self.in_references = False

    def accept(self, first: int, end: int, form: headings.Form) -> None:
        """Take lines ``first`` to ``end`` (not included) as the last heading."""
        text = joined(self.facts.lines[first:end])
        self.in_references = headings.plain_name(text) in headings.CLOSING
        if form == "decimal":
            self.last_number = _numbers(text)
            if len(self.last_number) == 1:
                self.dotted = _is_dotted(text)

    def find(self, i: int, *, free: bool) -> tuple[int, headings.Form] | None:
        """Return where a heading that starts at line ``i`` ends, and its form; the most lines win.

        ``free``: what stands before the line is complete.
        """
        if i < self.front or not self._may_start(i, free):
            return None
        facts, best = self.facts, None
        for last in range(i, min(i + _MAX_LINES, len(facts))):
            if last > i and not self._goes_on(i, last):
                break
            if facts.text(last).endswith((".", ";", ":", "!")) and not headings.is_known(facts.text(last)):
                break
            if last + 1 < len(facts) and self._runs_on(last):
                continue
            form = self._form(i, last)
            if form is not None and self._suits(form, i, last + 1):
                best = last + 1, form
        return best

    def _may_start(self, i: int, free: bool) -> bool:
        text = self.facts.text(i)
        if headings.plain_name(text) in headings.OPENING | headings.CLOSING and headings.is_known(text):
            return True
        number, _, words = headings.split_number(text)
        if number and i and self.facts.text(i - 1).endswith(":"):
            return False
        if free or self.facts.stands_out(i):
            return True
        return number == "decimal" and headings.is_title(words) and self.facts.fits(i - 1)

    def _runs_on(self, i: int) -> bool:
        """Tell whether the line after ``i`` goes on in a small letter and, if known, in the same type."""
        facts = self.facts
        changed = facts.strong_headings and facts.lines[i].style != facts.lines[i + 1].style
        return facts.continues(i + 1) and not facts.gap(i + 1) and not changed

    def _goes_on(self, i: int, k: int) -> bool:
        """Tell whether line ``k`` may belong to the heading that starts at line ``i``."""
        facts, text = self.facts, self.facts.text(k)
        before = joined(facts.lines[i:k])
        if facts.strong_headings and facts.lines[k].style != facts.lines[i].style:
            return False
        if facts.continues(k):
            return not facts.gap(k)
        if facts.gap(k) or headings.is_known(before) or headings.is_known(text):
            return False
        words = headings.split_number(before)[2]
        if headings.split_number(text)[0] or headings.is_capitals(words) != headings.is_capitals(text):
            return False
        return facts.stands_out(i) or not facts.fits(k - 1, CENTRED)

    def _form(self, i: int, last: int) -> headings.Form | None:
        text = joined(self.facts.lines[i : last + 1])
        form = headings.form_of(text)
        return "title" if form is None and self.facts.stands_out(i) and headings.is_phrase(text) else form

    def _suits(self, form: headings.Form, i: int, end: int) -> bool:
        """Tell whether a heading of this form may stand at lines ``i`` to ``end``, seen what is around it."""
        facts = self.facts
        if form == "article":
            return True
        if facts.strong_headings and form != "known" and not facts.lines[i].strong:
            return False
        if form == "decimal":
            return self._is_next(facts.text(i)) and not self._in_contents(i, end)
        if form in ("capitals", "title") and self.numbered:
            return False
        return form != "title" or self._suits_title(i, end)

    def _is_next(self, text: str) -> bool:
        """Tell whether a heading's number follows from the last one's, with a full stop if that had one."""
        number = _numbers(text)
        in_order = self.last_number < number and number[0] <= self.last_number[0] + 2
        return in_order and (len(number) > 1 or self.dotted in (None, _is_dotted(text)))

    def _suits_title(self, i: int, end: int) -> bool:
        """Tell whether the lines, which only their words' capitals mark, may be a heading."""
        if self.in_references or end >= len(self.facts):
            return False
        if not self.facts.dense:
            return self.facts.gap(end)
        return self.facts.stands_out(i) or self._opens_text(end)

    def _in_contents(self, i: int, end: int) -> bool:
        """Tell whether the lines are in a table of contents without dots: number first, page last."""
        pairs = ((end - 1, end), (max(i - 1, 0), max(i, 1)))
        return any(all(re.match(r"\d.*\s\d+$", self.facts.text(k)) for k in pair) for pair in pairs)

    def _opens_text(self, i: int) -> bool:
        """Tell whether line ``i`` may be a paragraph's first: a list item, or words that fill the column."""
        text = self.facts.text(i)
        if labels.bullet(text) or labels.item_number(text):
            return True
        words, filled = len(text.split()), natural_width(text) / self.facts.columns[i]
        return words >= 3 and filled >= 0.5 and (not headings.is_title(text) or (words >= 4 and filled >= 0.6))


def _is_dotted(text: str) -> bool:
    return text.split(" ", 1)[0].endswith(".")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in headings.split_number(text)[1].split("."))
