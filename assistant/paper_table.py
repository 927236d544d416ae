"""Asks every paper of a library one question: a table with one row a paper, in a file or on a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from assistant.answer import Answer
from assistant.lookup_rendering import print_wide
from assistant.partial_file import check_target, complete
from assistant.question import as_asked
from assistant.spreadsheet import to_csv, to_xlsx
from corpus import Language
from corpus.library import Entry
from corpus.printing import printable
from index.embedder import Progress

if TYPE_CHECKING:
    from assistant.library_assistant import LibraryAssistant

COLUMNS: Final = (
    "paper", "file", "status", "short_answer", "page", "section", "quote", "confidence", "error",
)  # fmt: skip
"""The columns of the table. "paper" is its title, or its file's name if it has none. "short_answer" is the direct
answer, or the first quote if there is none. Page, section and quote are the first citation's. The confidence is a word
(`assistant.answer.Strength`). "error" says why a paper could not be asked."""

TABLE_SUFFIXES: Final = (".csv", ".xlsx")
"""File formats for a table."""

_WIDTHS: Final = {"paper": 40, "file": 25, "short_answer": 50, "page": 8, "section": 25, "quote": 80, "error": 30}
_PRINTED: Final = {"paper": 3, "status": 2, "short_answer": 4, "page": None, "quote": 6, "confidence": None}
"""The columns that are printed, with their shares of the width."""

_LONGEST_PRINTED: Final = 200  # characters of a cell that are printed; a file has it whole


class PaperAnswer(NamedTuple):
    """The answer of one paper of a library; its status is "error" if the paper could not be asked."""

    entry: Entry
    answer: Answer

    def to_record(self) -> dict[str, Any]:
        """Return the row as plain values: the paper's id, and the `COLUMNS`, None for an empty one."""
        answer = self.answer
        first = next(iter(answer.citations), None)
        return {
            "id": self.entry.id,
            "paper": self.entry.title,
            "file": self.entry.name,
            "status": answer.status,
            "short_answer": answer.gist or None,
            **{name: getattr(first, name, None) for name in ("page", "section", "quote")},
            "confidence": answer.strength,
            "error": answer.error,
        }


def run_table(
    assistant: LibraryAssistant,
    question: str,
    table: Path,
    *,
    papers: Collection[str] | None = None,
    language: Language | None = None,
    progress: Progress | None = None,
) -> list[dict[str, Any]]:
    """Ask every paper, or those named, one question, and write the table as CSV or XLSX, by extension; return its rows.

    The file appears whole or not at all. ``progress`` is called with (done, total), first with what an interrupted run
    left. An exception that it raises, like Ctrl-C, stops the work; the same call resumes it. Raises BatchError,
    LibraryError or QuestionError.
    """
    check_target(table, TABLE_SUFFIXES)
    entries = assistant.named(papers)

    def rest(first: int) -> Iterator[dict[str, Any]]:
        remaining = [entry.id for entry in entries[first:]]
        return (row.to_record() for row in assistant.ask_each(question, papers=remaining, language=language))

    return complete(
        table,
        assistant.identity | {"question": as_asked(question), "language": language or "auto"},
        len(entries),
        fits=lambda place, record: record.get("id") == entries[place].id and record.keys() >= set(COLUMNS),
        rest=rest,
        written=lambda rows: table_file(rows, table.suffix.lower()),
        progress=progress,
    )


def table_file(rows: Sequence[Mapping[str, Any]], suffix: str) -> bytes:
    """Return rows, each a `PaperAnswer.to_record`, as the file with one of `TABLE_SUFFIXES`."""
    cells = [[row[name] for name in COLUMNS] for row in rows]
    return to_xlsx(COLUMNS, cells, widths=_WIDTHS) if suffix == ".xlsx" else to_csv(COLUMNS, cells)


def print_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows, each a `PaperAnswer.to_record`, as wide as the terminal is. Raises OSError."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for name, ratio in _PRINTED.items():
        table.add_column(name.replace("_", " ").capitalize(), ratio=ratio, no_wrap=name == "page")
    for row in rows:
        table.add_row(*(printable(_printed(row, name)) for name in _PRINTED))
    print_wide(table)


def _printed(row: Mapping[str, Any], name: str) -> str:
    """Return a cell as it is printed. An error is printed in place of the short answer."""
    value = row[name]
    if name == "short_answer":
        value = row["error"] or ("" if value == row["quote"] else value)
    if name == "status":
        return str(value).replace("_", " ")
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST_PRINTED else f"{text[:_LONGEST_PRINTED]} …"
