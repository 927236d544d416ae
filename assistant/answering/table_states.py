"""Answers from a table of states: a row's state, the rows in a state, and their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.answering import table_words as words
from assistant.answering.table_rows import MOST_NAMED, AskedTable, TableAnswer
from assistant.asking_words import CHOICE
from assistant.question import Kind
from assistant.wording import say
from corpus.structure.tables import Row

_State = tuple[words.State, bool]
"""The state that a question asks for, and whether it is negated ("not finished")."""


class StateTable(AskedTable):
    """A table whose rows end in words, with a question."""

    def answer(self) -> TableAnswer | None:
        """Return the answer, None if there is none for certain."""
        state = self._state_asked()
        if not self.named and (self.asked.is_comparison or self.asked.counts) and (compared := self._compared()):
            return compared
        asks_whether = state is not None and not self.asked.says(words.WHICH) and not self.asked.counts
        numbered = self._numbered()
        if numbered and not asks_whether:
            return self.answer_from(self._cells(numbered), [numbered])
        named = [numbered] if numbered else self.named
        return self._of_named(named, state, asks_whether=asks_whether) if named else self._of_all(state)

    def _of_named(self, named: Sequence[Row], state: _State | None, *, asks_whether: bool) -> TableAnswer | None:
        if len(named) > MOST_NAMED or self.asked.counted:
            return None
        if self.asked.says(words.HOW_FAR):
            short = self.cell(named[0]) if len(named) == 1 else "; ".join(map(self._cells, named))
            return self.answer_from(short, named)
        if state and asks_whether:
            return self._whether(named, state)
        is_choice = len(named) > 1 and self.asked.says(CHOICE)
        return self._in_state(named, state) if state and is_choice else None

    def _of_all(self, state: _State | None) -> TableAnswer | None:
        """Return an answer from all rows, None if the question is about some of them."""
        if not self.is_about or self._is_about_some():
            return None
        if self.asked.is_yes_or_no:
            return self._whether(self.rows, state) if state and self.asked.says(words.EVERY) else None
        if state is None:
            context, classes = self.view.context, self.view.classes
            names_caption = any(c.is_in(context) and not c.is_in(classes) for c in self.asked.concepts)
            return self.all_rows() if self.asked.table is not None or names_caption else None
        if self.view.is_counted(self.asked):
            found = [row for row in self.rows if self._is_in_state(row, state)]
            return self.answer_from(self._share(found, self.rows), found or self.rows, "table_counted")
        return self._in_state(self.rows, state) if self.asked.says(words.WHICH) else None

    def _numbered(self) -> Row | None:
        """Return the row that the question names by its number or its place, None if it names none so."""
        if not self.is_about:
            return None
        if found := words.NUMBERED.search(words.TABLE.sub(" ", self.asked.plain)):
            wanted = found["number"] or found["ordinal"]
            return next((row for row in self.rows if next(iter(row.cells.values()))[0] == wanted), None)
        at = next((at for at, wording in words.PLACES.items() if self.asked.says(wording)), None)
        return self.rows[at] if at is not None and at < len(self.rows) else None

    def _in_state(self, rows: Sequence[Row], state: _State) -> TableAnswer | None:
        """Return the rows that are in a state, None if none is."""
        found = [row for row in rows if self._is_in_state(row, state)]
        names = "; ".join(self.name(row) for row in found)
        return self.answer_from(names, found, "table_chosen") if found else None

    def _whether(self, rows: Sequence[Row], state: _State) -> TableAnswer:
        """Return whether all rows are in a state, as "yes" or "no"."""
        found = [row for row in rows if self._is_in_state(row, state)]
        is_one = len(rows) == 1
        value = self.cell(rows[0]) if is_one else self._share(found, rows)
        key = "table_yes" if len(found) == len(rows) else "table_no"
        return self.answer_from(say(key, self.language, value=value), rows, None if is_one else "table_counted")

    def _share(self, rows: Sequence[Row], among: Sequence[Row]) -> str:
        """Return the number of rows among others, and their values."""
        values = ", ".join(dict.fromkeys(map(self.cell, rows))) or "-"
        return say("table_share", self.language, count=len(rows), all=len(among), value=values)

    def _compared(self) -> TableAnswer | None:
        """Return the number of rows with each value, if a question compares the values."""
        if not self.is_about or not all(map(self.asked.says, words.STATES.values())):
            return None
        counts = Counter(map(self.cell, self.rows)).most_common()
        short = "; ".join(f"{value}: {count}" for value, count in counts)
        kind: Kind = "comparison" if self.asked.is_comparison else "table"
        return self.answer_from(short, self.rows, "table_counted", kind)

    def _state_asked(self) -> _State | None:
        """Return the state that the question asks for, None if it asks for none."""
        for state, wording in words.STATES.items():
            if self.asked.says(wording):
                return state, self.asked.says(words.DENIED)
        if self.asked.says(words.LEFT):
            return "done", True
        return ("done", False) if self.asked.says(words.ALREADY) else None

    def _is_in_state(self, row: Row, state: _State) -> bool:
        wanted, is_denied = state
        texts = [cells[-1].casefold() for cells in row.cells.values()]
        return any(words.STATES[wanted].search(text) and not words.DENIED.search(text) for text in texts) != is_denied

    def _is_about_some(self) -> bool:
        """Return whether a question has a concept of some rows only, and so asks about those."""
        specific = [concept for concept in self.asked.concepts if not concept.is_in(self.view.context)]
        return any(concept.is_in(row) for concept in specific for row in self.view.rows)

    def _cells(self, row: Row) -> str:
        name, *others = row.cells[self.spoken][1:]
        return f"{name}: {', '.join(others)}" if others else name
