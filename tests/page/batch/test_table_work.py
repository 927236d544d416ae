"""Tables of every paper without a browser, with a small assistant: a few papers at a time, stopped and resumed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import pytest

from assistant import Answer
from assistant.answering.paragraphs import said
from assistant.paper_table import PaperAnswer
from corpus.library import Entry
from corpus.metadata import Metadata
from page.batch.table_work import PAPERS_AT_A_TIME, PaperTable
from tests.page.batch.small import loader_of, phases


class SmallLibrary:
    """Papers that echo, all but one; keeps which were asked, and calls ``meanwhile`` after each few."""

    def __init__(self, papers: int, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.entries = [Entry(f"id{n:04}", f"{n}.pdf", "", 1, 1, Metadata()) for n in range(papers)]
        self.asked: list[str] = []
        self.meanwhile = meanwhile

    def ask_each(self, question: str, *, papers: Collection[str]) -> Iterator[PaperAnswer]:
        for entry in self.entries:
            if entry.id in papers:
                self.asked.append(entry.id)
                lost = "/home/someone/library/x is damaged" if entry.id == "id0001" else None
                status = "error" if lost else "answered"
                answer = Answer(question, "en", status, short="7", paragraphs=(said("7"),), error=lost)  # type: ignore[arg-type]
                yield PaperAnswer(entry, answer)
        self.meanwhile()


def test_every_paper_is_asked_once_though_it_was_stopped() -> None:
    table = PaperTable()
    library = SmallLibrary(3 * PAPERS_AT_A_TIME + 1, table.stop)
    loader = loader_of(library)
    table.ask("  How  many? ")
    assert phases(loader, table)[-1] == "stopped"
    assert len(table.answers) == PAPERS_AT_A_TIME
    library.meanwhile = lambda: None
    table.begin()
    assert phases(loader, table)[-1] == "done"
    assert library.asked == [entry.id for entry in library.entries] == [answered.entry.id for answered in table.answers]
    assert table.question == "How many?"


def test_a_row_names_no_folder_of_the_server() -> None:
    table = PaperTable()
    table.ask("How many?")
    phases(loader_of(SmallLibrary(2)), table)
    assert [row["error"] for row in table.records()] == [None, "…/x is damaged"]


def test_another_question_takes_the_place_of_one_that_is_done() -> None:
    table = PaperTable()
    loader = loader_of(SmallLibrary(2))
    table.ask("How many?")
    phases(loader, table)
    table.ask("?!")
    assert table.problem
    assert (table.phase, table.question, len(table.answers)) == ("done", "How many?", 2)
    table.ask("How few?")
    assert not table.problem
    assert not table.answers
    table.ask("How now?")
    assert table.question == "How few?"
    assert phases(loader, table)[-1] == "done"
    assert len(table.answers) == 2


@pytest.mark.parametrize("papers", [1, PAPERS_AT_A_TIME])
def test_it_is_done_when_there_are_no_more_papers(papers: int) -> None:
    table, library = PaperTable(), SmallLibrary(papers)
    table.ask("How many?")
    assert phases(loader_of(library), table)[-1] == "done"
    assert len(library.asked) == papers
