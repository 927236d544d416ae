"""A table: one question that is put to every paper of the library, a few papers at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from assistant import LibraryAssistant
from assistant.asking import Asker
from assistant.paper_table import PaperAnswer
from assistant.question import as_asked, check_question
from corpus import TanyaError
from page.batch.work import Work
from page.folders import without_folders
from page.logs import log_answer

PAPERS_AT_A_TIME = 8
"""Papers of a step, which takes about a second."""


@dataclass(slots=True, eq=False)
class PaperTable(Work[str, PaperAnswer]):
    """A question to papers, by id, and the answers of the first of them. Which papers is known once the library is."""

    question: str = ""

    def ask(self, question: str) -> None:
        """Wait in the queue with a new question in place of the last one; if it cannot be asked, keep only the problem.

        While another question waits or runs, nothing changes.
        """
        if self.is_under_way:
            return
        try:
            check_question(question)
        except TanyaError as error:
            self.problem = error
            return
        self.question, self.asked, self.answers, self.saved = as_asked(question), None, [], 0
        self.phase, self.problem = "in_line", None

    def step(self, assistant: Asker) -> Callable[[], None]:
        """Ask the next `PAPERS_AT_A_TIME` papers."""
        library = cast(LibraryAssistant, assistant)  # only libraries have tables
        papers = self.asked if self.asked is not None else [entry.id for entry in library.entries]
        answers = list(library.ask_each(self.question, papers=papers[self.done :][:PAPERS_AT_A_TIME]))

        def store() -> None:
            self.asked = papers
            self.answers += answers
            for answered in answers:
                log_answer(answered.answer, "table")

        return store

    def records(self) -> list[dict[str, Any]]:
        """Return the rows so far, as the command line writes them, but without this machine's folders."""
        records = [answered.to_record() for answered in self.answers]
        return [record | {"error": record["error"] and without_folders(record["error"])} for record in records]
