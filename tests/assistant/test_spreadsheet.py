from __future__ import annotations

import csv
import io
from typing import Any

from openpyxl import load_workbook

from assistant.spreadsheet import safe_cell, to_csv, to_xlsx

COLUMNS = ("text", "number", "more")
ROWS: list[list[Any]] = [["=1+1", 0.5, "a\n“b”"], ["https://example.org", None, "-x"], ["007", 3, "x" * 32_768]]


def test_no_cell_of_a_csv_is_taken_for_a_formula() -> None:
    header, *rows = csv.reader(io.StringIO(to_csv(COLUMNS, ROWS).decode(), newline=""))
    assert tuple(header) == COLUMNS
    assert rows[0] == ["'=1+1", "0.5", "a\n“b”"]
    assert rows[1] == ["https://example.org", "", "'-x"]
    assert [safe_cell(value) for value in ("@", "+1", "1", -1, None)] == ["'@", "'+1", "1", -1, None]


def test_a_spreadsheet_holds_texts_and_numbers_only() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(COLUMNS, ROWS, widths={"text": 40}))).active
    values = list(sheet.values)
    assert values[0] == COLUMNS
    assert values[1:3] == [tuple(row) for row in ROWS[:2]]
    assert values[3] == ("007", 3, "x" * 32_766 + "…")
    assert {cell.data_type for row in sheet for cell in row} == {"s", "n"}
    assert not any(cell.hyperlink for row in sheet for cell in row)
    assert [bool(cell.alignment.wrap_text) for cell in sheet[2]] == [True, True, True]
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width
