"""A table: one question that is put to every paper of the library, a few papers at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from assistant.question import as_asked, check_question
from corpus import TanyaError
from page.batch.work import Work
from page.folders import without_folders
from page.logs import log_answer

if TYPE_CHECKING:
    from assistant import LibraryAssistant
    from assistant.asking import Asker

PAPERS_AT_A_TIME = 8
"""Papers of a step, which takes about a second."""


@dataclass(slots=True, eq=False)
class PaperTable(Work):
    """A question, and the answers of the first papers of the library, each a `PaperAnswer.to_record`.

    ``papers`` are the ids of all papers that are asked; None until the library is open.
    """

    question: str = ""
    papers: list[str] | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many papers have answered."""
        return len(self.rows)

    @property
    def total(self) -> int:
        """How many papers are asked; 0 until the library is open."""
        return len(self.papers or ())

    @property
    def is_whole(self) -> bool:
        """Whether all papers have answered."""
        return self.papers is not None and self.done == self.total

    def ask(self, question: str) -> None:
        """Wait in the queue with a new question in place of the last one; if it cannot be asked, keep only the problem.

        While another question waits or runs, nothing changes.
        """
        if self.phase == "in_line" or self.is_running:
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
        library = cast("LibraryAssistant", assistant)  # only libraries have tables
        papers = self.papers if self.papers is not None else [entry.id for entry in library.entries]
        next_papers = papers[len(self.rows) :][:PAPERS_AT_A_TIME]
        answers = list(library.ask_each(self.question, papers=next_papers))

        def store() -> None:
            self.papers = papers
            for answered in answers:
                row = answered.to_record()
                self.rows.append(row | {"error": row["error"] and without_folders(row["error"])})
                log_answer(answered.answer, "table")

        return store
