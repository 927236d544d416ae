"""Writes tables of plain values as CSV and XLSX. No text becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

_WIDTH: Final = 12  # characters of a column without a width of its own
_LONGEST_CELL: Final = 32_767  # characters: the limit of spreadsheets


def safe_cell(value: Any) -> Any:
    """Return a cell that a spreadsheet takes for text. "- Menyiapkan ..." would be a formula, and an error."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows below the names of their columns as CSV, in UTF-8."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(columns)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return table.getvalue().encode()


def to_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, widths: Mapping[str, int]) -> bytes:
    """Return rows below the names of their columns as a spreadsheet. Cells hold texts and numbers, no formulas.

    ``widths`` gives columns' widths in characters. Texts are wrapped.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    as_it_is = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, {"in_memory": True} | as_it_is) as workbook:
        sheet = workbook.add_worksheet("Tanya")
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        for number, name in enumerate(columns):
            sheet.set_column(number, number, widths.get(name, _WIDTH), wrapped)
        sheet.write_row(0, 0, columns, workbook.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows, 1):
            sheet.write_row(line, 0, map(_short_cell, row))
    return file.getvalue()


def _short_cell(value: Any) -> Any:
    """Return a cell cut to a spreadsheet's limit, with an ellipsis."""
    is_long = isinstance(value, str) and len(value) > _LONGEST_CELL
    return f"{value[: _LONGEST_CELL - 1]}…" if is_long else value
