"""A table as the page keeps it: one question, asked of every paper of the library, a few papers at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from assistant.question import as_asked, check_question
from corpus import TanyaError
from page.batch.batch_work import Work
from page.folders import without_folders
from page.logs import note_answer

if TYPE_CHECKING:
    from assistant import LibraryAssistant
    from assistant.asking import Asker

PAPERS_AT_A_TIME = 8
"""Papers of a table's turn: a second's work or so."""


@dataclass(slots=True, eq=False)
class PaperTable(Work):
    """A question, and what the first papers of the library answer, each a `PaperAnswer.to_record`.

    ``papers`` are the ids of all that are asked; None until the library is open.
    """

    question: str = ""
    papers: list[str] | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many papers were asked."""
        return len(self.rows)

    @property
    def total(self) -> int:
        """How many papers are asked, 0 until the library is open."""
        return len(self.papers or ())

    @property
    def is_whole(self) -> bool:
        """Whether all papers were asked."""
        return self.papers is not None and self.done == self.total

    def ask(self, question: str) -> None:
        """Stand in line with a question, in place of the one before; of one that cannot be asked, keep what is wrong.

        While another one is worked on, nothing changes.
        """
        if self.phase == "in_line" or self.is_worked_on:
            return
        try:
            check_question(question)
        except TanyaError as error:
            self.problem = error
            return
        self.question, self.papers, self.rows, self.saved = as_asked(question), None, [], 0
        self.phase, self.problem = "in_line", None

    def step(self, assistant: Asker) -> Callable[[], None]:
        """Ask the next `PAPERS_AT_A_TIME` papers."""
        library = cast("LibraryAssistant", assistant)  # there are tables over a library only
        papers = self.papers if self.papers is not None else [entry.id for entry in library.entries]
        some = papers[len(self.rows) :][:PAPERS_AT_A_TIME]
        answered = list(library.ask_each(self.question, papers=some))

        def take_up() -> None:
            self.papers = papers
            for one in answered:
                row = one.to_record()
                self.rows.append(row | {"error": row["error"] and without_folders(row["error"])})
                note_answer(one.answer, "table")

        return take_up
