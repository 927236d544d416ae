"""Answers from a table of numbers: a row's number, the most, the fewest, a sum or a comparison."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Final

from assistant.answering import table_words as words
from assistant.answering.table_rows import MOST_NAMED, AskedTable, TableAnswer
from assistant.wording import say
from corpus import Language
from corpus.structure.tables import Row, number

_COMPARISONS: Final = (
    (words.AT_LEAST, operator.ge), (words.AT_MOST, operator.le), (words.FEWER, operator.lt), (words.MORE, operator.gt),
)  # fmt: skip
"""How a question compares the numbers of rows with its own; without these words they are equal."""


class NumberTable(AskedTable):
    """A table whose rows end in numbers, with a question."""

    def answer(self) -> TableAnswer | None:
        """Return the answer, None if there is none for certain."""
        if len(self.named) > MOST_NAMED:
            return None
        return self._of_named() if self.named else self._of_all()

    def _of_all(self) -> TableAnswer | None:
        if not self.is_about or self.asked.is_yes_or_no:
            return None
        if self.asked.figures:
            is_counted = self.view.is_counted(self.asked)
            return self._with_figure(is_counted=is_counted) if is_counted or self.asked.says(words.WHICH) else None
        if self.asked.says(words.MOST, words.FEWEST, words.SECOND):
            return self._extreme()
        if self.asked.says(words.SUM) and self.asked.says(words.EVERY) and self.view.counts_units(self.asked):
            return self._sum(self.rows) if self.is_whole() else None
        return self.all_rows()

    def _of_named(self) -> TableAnswer | None:
        # The question has a year that the table is not about, or a number of the table itself.
        if any(figure in self.view.values or figure not in self.view.figures for figure in self.asked.figures):
            return None
        is_comparison = self.asked.is_comparison or self.asked.says(words.DIFFERENCE, words.MORE, words.FEWER)
        if is_comparison and len(self.named) == 2:
            return self._compared()
        if self.asked.is_yes_or_no or self.asked.says(words.MOST, words.FEWEST):
            return None
        if len(self.named) > 1 and self.asked.says(words.SUM):
            return self._sum(self.named)
        counts = self.asked.counts and (self.view.counts_units(self.asked) or not self.asked.counted)
        is_share = self.is_about and self._value(self.rows[0]).endswith("%")
        short = "; ".join(f"{self.name(row)}: {self._value(row)}" for row in self.named)
        return self.answer_from(short, self.named) if counts or is_share else None

    def _sum(self, rows: Sequence[Row]) -> TableAnswer | None:
        total = self._with_unit(_written(sum(map(self._number, rows)), self.language))
        parts = " + ".join(f"{self.name(row)} {self.cell(row)}" for row in rows)
        return self.answer_from(f"{total} ({parts})", rows, "table_added")

    def _extreme(self) -> TableAnswer | None:
        fewest = self.asked.says(words.FEWEST)
        if fewest and not self.is_whole():
            return None
        values = sorted({self._number(row) for row in self.rows}, reverse=not fewest)
        place = int(self.asked.says(words.SECOND))
        if place >= len(values):
            return None
        return self._listed([row for row in self.rows if self._number(row) == values[place]])

    def _with_figure(self, *, is_counted: bool) -> TableAnswer | None:
        """Return the rows whose numbers compare with the question's as it asks, or how many there are."""
        if len(self.asked.figures) != 1:
            return None
        figure = self.asked.figures[0]
        if self.asked.says(words.AT_MOST, words.FEWER) and not self.is_whole():
            return None
        fits = next((fits for wording, fits in _COMPARISONS if self.asked.says(wording)), operator.eq)
        rows = [row for row in self.rows if fits(self._number(row), figure)]
        if is_counted and self.is_whole():
            short = f"{len(rows)}: {'; '.join(map(self.name, rows))}"
            return self.answer_from(short, rows or self.rows, "table_counted")
        return self._listed(rows) if rows and not is_counted else None

    def _listed(self, rows: Sequence[Row]) -> TableAnswer | None:
        """Return some rows, each with its number, or with the one that they share."""
        names = [self.name(row) for row in rows]
        if len({self._number(row) for row in rows}) > 1:
            short = "; ".join(f"{name} ({self.cell(row)})" for name, row in zip(names, rows, strict=True))
        else:
            key = "table_each" if len(rows) > 1 else "table_one"
            short = say(key, self.language, names="; ".join(names), value=self._value(rows[0]))
        return self.answer_from(short, rows, "table_chosen")

    def _compared(self) -> TableAnswer:
        """Return which of two rows has more, or fewer if the question asks that, and by how much."""
        first, second = sorted(self.named, key=self._number, reverse=True)
        is_same = self._number(first) == self._number(second)
        asks_fewer = self.asked.says(words.FEWER)
        of_shares, of_numbers = ("lower", "fewer") if asks_fewer else ("higher", "more")
        how = of_shares if self._value(first).endswith("%") else of_numbers
        short = say(
            f"compared_{'same' if is_same else how}",
            self.language,
            first=self.name(first),
            second=self.name(second),
            more=self._value(first),
            fewer=self._value(second),
            difference=_written(self._number(first) - self._number(second), self.language),
        )
        if self.asked.is_yes_or_no:
            is_so = not is_same and (second if asks_fewer else first) is self._first_named()
            short = say("table_yes" if is_so else "table_no", self.language, value=short)
        return self.answer_from(short, self.named, "table_compared", kind="comparison")

    def _first_named(self) -> Row:
        return next(self.rows[nth[0]] for concept in self.asked.concepts if (nth := self.view.named([concept])))

    def _value(self, row: Row) -> str:
        return self._with_unit(self.cell(row))

    def _with_unit(self, value: str) -> str:
        """Return a number as it is written, with the unit that an enumeration has."""
        unit = self.view.table.header[self.spoken][-1] if self.view.table.is_enumeration else ""
        return value + unit if unit == "%" else f"{value} {unit}".strip()

    def _number(self, row: Row) -> float:
        return number(self.cell(row)) or 0.0


def _written(value: float, language: Language) -> str:
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
