"""The base of `table_numbers` and `table_states`: one table with one question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.answering import table_words as words
from assistant.answering.paragraphs import LONGEST_LIST, LONGEST_TEXT
from assistant.answering.table_reading import TableQuestion, View
from assistant.question import Kind
from assistant.wording import say
from corpus.structure.tables import Row

MOST_NAMED = 4
"""The most rows that a question may name to be answered row by row."""


class TableAnswer(NamedTuple):
    """The answer of a table: the direct answer, and the sentences of its rows, by index.

    ``derived_from`` says what it was derived from, None for a cell. ``longest`` is the characters of the longest text
    that quotes the sentences.
    """

    short: str
    sentences: list[int]
    derived_from: str | None = None
    kind: Kind = "table"
    longest: int = LONGEST_LIST


class AskedTable:
    """A table with a question: the rows that it names, and whether it is about the table's rows."""

    def __init__(self, view: View, asked: TableQuestion) -> None:
        self.view = view
        self.asked = asked
        self.language = asked.language
        self.rows = view.table.rows
        self.spoken = asked.language if asked.language in view.table.header else view.table.languages[0]
        """The language of the cells."""
        self.column = view.column(asked)
        newly = view.named(asked.newly)
        self.named = [self.rows[nth] for nth in newly or view.named(asked.concepts)]
        self.is_about = view.has_class(asked.concepts) or asked.table is not None

    def all_rows(self) -> TableAnswer | None:
        """Return the rows or their number, None for an enumeration that may not be complete."""
        if not self.is_whole() or self.view.strange(self.asked):
            return None
        if self.view.is_counted(self.asked):
            return self.answer_from(str(len(self.rows)), self.rows, "table_counted")
        if self.asked.says(words.WHICH) and not self.asked.counts:
            return self.answer_from("; ".join(self.name(row) for row in self.rows), self.rows)
        return None

    def is_whole(self) -> bool:
        """Return whether the rows are complete. An enumeration is complete if its sentence says how many there are."""
        if not self.view.table.is_enumeration:
            return True
        before = self.view.before_rows(self.view.table.languages[0])
        return re.search(rf"(?<![\w.,]){len(self.rows)} [^\W\d_]", before) is not None

    def name(self, row: Row) -> str:
        """Return the name of a row."""
        return row.cells[self.spoken][self.view.name_column]

    def cell(self, row: Row) -> str:
        """Return a row's cell in the column that the question names."""
        return row.cells[self.spoken][self.column]

    def answer_from(
        self, short: str, rows: Sequence[Row], derived: str | None = None, kind: Kind = "table"
    ) -> TableAnswer:
        """Return an answer from some rows. ``derived`` is the key of the wording for how it was derived."""
        origin = say(derived, self.language, where=self._where()) if derived else None
        longest = LONGEST_TEXT if derived == "table_counted" else LONGEST_LIST
        return TableAnswer(short, [row.sentence for row in rows], origin, kind, longest)

    def _where(self) -> str:
        """Return the table's size and place, in words."""
        table, page = self.view.table, self.view.paper.sentences[self.view.table.caption].page
        if table.is_enumeration:
            return say("table_sentence", self.language, count=len(self.rows), page=page)
        return say("table_rows", self.language, count=len(self.rows), number=self.view.label, page=page)
