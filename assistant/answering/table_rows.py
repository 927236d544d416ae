"""What one table answers to one question: the base of `table_numbers` and `table_states`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from assistant.answering import table_words as words
from assistant.answering.paragraphs import LONGEST_LIST, LONGEST_TEXT
from assistant.answering.table_reading import TableQuestion, View
from assistant.wording import say
from corpus.structure.tables import Row

MOST_NAMED = 4
"""Rows that a question may name and still be answered row by row."""


class TableAnswer(NamedTuple):
    """What a table answers: in a line, from which sentences, and what it was derived from if it is no cell.

    ``longest``: the characters of the longest text that quotes the sentences.
    """

    short: str
    sentences: list[int]
    derived_from: str | None = None
    kind: Literal["table", "comparison"] = "table"
    longest: int = LONGEST_LIST


class AskedTable:
    """A table and a question; which of its rows that names, and whether it is about the table's rows."""

    def __init__(self, view: View, asked: TableQuestion) -> None:
        self.view = view
        self.asked = asked
        self.language = asked.language
        self.plain = asked.plain
        self.rows = view.table.rows
        newly = view.named(asked.newly)
        self.named = [self.rows[nth] for nth in newly or view.named(asked.said)]
        self.is_about = view.of_class(asked.said) or asked.table is not None

    def answer(self) -> TableAnswer | None:
        """Return what the table answers; None where it does not, for certain."""
        raise NotImplementedError

    def all_rows(self) -> TableAnswer | None:
        """Return how many rows there are, or which: of an enumeration only if it says itself that these are all."""
        if not self.is_whole() or self.view.strange(self.asked):
            return None
        if self.view.is_counted(self.asked):
            return self.answer_from(str(len(self.rows)), self.rows, "table_counted")
        if words.WHICH.search(self.plain) and not self.asked.counts:
            return self.answer_from("; ".join(self.name(row) for row in self.rows), self.rows)
        return None

    def is_whole(self) -> bool:
        """Return whether there are no other rows: of an enumeration, whether its sentence says how many there are."""
        if not self.view.table.is_enumeration:
            return True
        own = self.view.table.languages[0]
        before = self.view.paper.sentences[self.view.table.caption].text.partition(self.rows[0].cells[own][0])[0]
        return re.search(rf"(?<![\w.,]){len(self.rows)} [^\W\d_]", before) is not None

    def name(self, row: Row) -> str:
        """Return what a row is about."""
        return self.view.name(row, self.language)

    def cell(self, row: Row) -> str:
        """Return what a row's cell says, in the column that is asked for."""
        return row.cells[self.view.language(self.language)][self.view.column(self.asked)]

    def answer_from(
        self,
        short: str,
        rows: Sequence[Row],
        derived: str | None = None,
        kind: Literal["table", "comparison"] = "table",
    ) -> TableAnswer:
        """Return an answer that rests on some rows, and in which way it was ``derived`` from the table."""
        origin = say(derived, self.language, where=self._where()) if derived else None
        longest = LONGEST_TEXT if derived == "table_counted" else LONGEST_LIST
        return TableAnswer(short, [row.sentence for row in rows], origin, kind, longest)

    def _where(self) -> str:
        """Return where the table stands, as what is derived from it says it."""
        table, page = self.view.table, self.view.paper.sentences[self.view.table.caption].page
        if table.is_enumeration:
            return say("table_sentence", self.language, count=len(self.rows), page=page)
        return say("table_rows", self.language, count=len(self.rows), number=self.view.label, page=page)
