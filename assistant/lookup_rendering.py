"""Renders what was looked up, as CSV and as tables on a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import Any

from assistant import spreadsheet
from assistant.lookup import Lookup
from corpus import LANGUAGES, Finding
from corpus.printing import printable

CSV_COLUMNS = (
    *("kind", "id", "topic", "statement_id", "statement_en", "value", "unit_id", "unit_en", "status"),
    *("note_id", "note_en", "page", "last_page", "section", "quote", "translation", "translated_by"),
)
"""A finding has a row for each sentence it rests on, its own columns repeated. Then each sentence found has a row."""


def to_csv(found: Lookup) -> str:
    """Return what was found as CSV, with `CSV_COLUMNS`."""
    rows = ([row.get(name) for name in CSV_COLUMNS] for row in _rows(found))
    return spreadsheet.to_csv(CSV_COLUMNS, rows).decode()


def print_tables(found: Lookup) -> None:
    """Print what was found, both languages side by side, as wide as the terminal is. Raises OSError."""
    from rich import box
    from rich.table import Table

    findings = ((f.pages, *_stated(f.finding)) for f in found.findings)
    sentences = ((c.pages, *map(c.text_in, LANGUAGES)) for c in found.sentences)
    shown: list[Any] = []
    for title, rows in (("Temuan / Findings", findings), ("Kalimat / Sentences", sentences)):
        table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, expand=True)
        table.add_column("hlm./p.", no_wrap=True)
        table.add_column("Indonesia", ratio=1)
        table.add_column("English", ratio=1)
        for row in rows:
            table.add_row(*map(printable, row))
        shown += [table] if table.row_count else []
    shown.append(f"{len(found.findings)} findings, {len(found.sentences)} sentences")
    if any(c.translated_by == "project" for c in found.sentences):
        shown.append("Terjemahan dari Tanya, bukan dari penulis.\nTranslated by Tanya, not by the authors.")
    print_wide(*shown)


def print_wide(*shown: Any) -> None:
    """Print tables and texts, as wide as the terminal is. Raises OSError."""
    from rich.console import Console

    # rich takes COLUMNS=0 for a width of 0; Python does not.
    console = Console(width=shutil.get_terminal_size().columns, highlight=False, markup=False, emoji=False)
    with console.capture() as printed:  # rich would end the program if its output is closed
        for text in shown:
            console.print(text)
    sys.stdout.write(printed.get())


def _rows(found: Lookup) -> Iterator[dict[str, Any]]:
    record = found.to_record()
    for finding in record["findings"]:
        own = finding | {"kind": "finding", "topic": finding["topic"]["id"]}
        for name in ("statement", "unit", "note"):
            own |= {f"{name}_{language}": text for language, text in finding[name].items()}
        for citation in finding["evidence"]:
            yield own | citation
    for citation in record["sentences"]:
        yield {"kind": "sentence"} | citation


def _stated(finding: Finding) -> list[str]:
    return ["\n".join(filter(None, (finding.statement[code], finding.note[code]))) for code in LANGUAGES]
