"""One question asked of every paper of a library, with the real models: rows, files, and what was interrupted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from assistant import BatchError, LibraryAssistant, QuestionError
from assistant.paper_table import COLUMNS, print_table, run_table, table_file
from assistant.reader import Reader
from corpus.library import LibraryError
from index import Embedder
from index.library_index import LibraryIndex
from tests.assistant.libraries import make_library
from tests.corpus.test_printing import harmful

MASKS = "How many packs of masks did Sichuan send?"
NAMES = ["glacier.txt", "masks.txt", "paper.txt", "tongkol.txt"]
ROW = {
    "id": "1", "paper": "=A. Title", "file": "a.pdf", "status": "answered", "short_answer": "+7", "page": 3,
    "section": "Results", "quote": "It was +7.", "confidence": "likely", "error": None,
}  # fmt: skip
LOST = dict.fromkeys(ROW) | {"id": "2", "paper": "b.pdf", "file": "b.pdf", "status": "error"}


def test_every_paper_answers_as_it_does_alone(over_library: LibraryAssistant) -> None:
    rows = list(over_library.ask_each(MASKS))
    assert [row.entry.name for row in rows] == NAMES
    for row in rows:
        alone = over_library.within([row.entry.id]).ask(MASKS)
        assert (row.answer.text, row.answer.status) == (alone.text, alone.status)
        record = row.to_record()
        assert set(record) == {"id", *COLUMNS}
        first = alone.citations[0] if alone.is_found else None
        wanted = (first.page, first.section, first.quote, alone.strength) if first else (None,) * 4
        assert tuple(record[name] for name in ("page", "section", "quote", "confidence")) == wanted
    records = {row.entry.name: row.to_record() for row in rows}
    assert records["masks.txt"]["status"] == "answered"
    assert "22,000" in records["masks.txt"]["short_answer"]
    assert records["tongkol.txt"]["status"] == "not_in_paper"
    assert records["tongkol.txt"]["short_answer"] is None


def test_where_there_is_no_direct_answer_the_first_quote_is_there(over_library: LibraryAssistant) -> None:
    rows = list(over_library.ask_each("What method did the study use?"))
    quoted = [row for row in rows if row.answer.is_found and not row.answer.short]
    assert quoted
    for row in quoted:
        assert row.answer.gist == row.answer.citations[0].text_in("en")


def test_the_question_is_encoded_once_and_papers_are_asked_one_by_one(
    over_library: LibraryAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[str] = []
    encode = over_library.index.embedder.encode_queries

    def counted(texts: list[str]) -> np.ndarray:
        encoded.extend(texts)
        return encode(texts)

    monkeypatch.setattr(over_library.index.embedder, "encode_queries", counted)
    question = "Who led the fieldwork of the study?"
    rows = over_library.ask_each(question)
    assert encoded == []
    assert next(rows).entry.name == "glacier.txt"
    assert encoded == [question]
    assert len(list(rows)) == 3
    # The paper in another language is also searched for the question in its own words.
    assert encoded.count(question) == 1
    assert len(encoded) == 2


def test_several_questions_at_once_are_answered_by_each(over_library: LibraryAssistant) -> None:
    question = "Who led the fieldwork? By how much did the glacier retreat?"
    (row,) = over_library.ask_each(question, papers=["glacier.txt"])
    assert "Ingrid Solheim" in row.answer.gist
    assert "93 metres" in row.answer.gist


def test_only_the_papers_that_are_named_are_asked(over_library: LibraryAssistant) -> None:
    rows = over_library.ask_each(MASKS, papers=["tongkol.txt", "glacier.txt", "glacier.txt"])
    assert [row.entry.name for row in rows] == ["glacier.txt", "tongkol.txt"]
    for papers, message in (([], "No paper is named"), (["none.pdf"], '"none.pdf"')):
        with pytest.raises(LibraryError, match=message):
            over_library.ask_each(MASKS, papers=papers)
    with pytest.raises(QuestionError, match="empty"):
        over_library.ask_each("  ", language="en")


def test_a_paper_that_is_gone_is_a_row_of_its_own(tmp_path: Path, embedder: Embedder, reader: Reader) -> None:
    library = make_library(tmp_path, bundled=False)
    with closing(LibraryAssistant(LibraryIndex.open(library, embedder), reader)) as assistant:
        library.remove("masks.txt")
        rows = {row.entry.name: row.to_record() for row in assistant.ask_each(MASKS)}
    assert [row["status"] for row in rows.values()] == ["not_in_paper", "error", "not_in_paper"]
    assert "No paper in the library is" in rows["masks.txt"]["error"]
    assert rows["masks.txt"]["confidence"] is None


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_table_that_was_interrupted_is_taken_up(
    over_library: LibraryAssistant, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / f"t.{suffix}"

    def stop(done: int, total: int) -> None:
        assert total == 4
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_table(over_library, MASKS, table, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == [f"t.{suffix}.partial"]
    asked: list[list[str]] = []
    ask_each = over_library.ask_each

    def kept(question: str, *, papers: list[str], language: None) -> Iterator[object]:
        asked.append(papers)
        return ask_each(question, papers=papers, language=language)

    monkeypatch.setattr(over_library, "ask_each", kept)
    rows = run_table(over_library, MASKS, table)
    assert [len(papers) for papers in asked] == [2]
    assert [path.name for path in tmp_path.iterdir()] == [f"t.{suffix}"]
    assert table.read_bytes() if suffix == "xlsx" else table.read_bytes() == table_file(rows, ".csv")
    assert [row["file"] for row in rows] == NAMES


def test_another_question_is_not_taken_up(over_library: LibraryAssistant, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    run_table(over_library, MASKS, table, papers=["masks.txt"])
    row = next(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    partial = tmp_path / "t.csv.partial"
    partial.write_text('{"question": "another"}\n' + '{"id": "x", "short_answer": "left"}\n')
    run_table(over_library, MASKS, table, papers=["masks.txt"])
    assert next(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")))) == row
    assert not partial.exists()


def test_a_row_of_an_earlier_version_is_asked_again(over_library: LibraryAssistant, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows = run_table(over_library, MASKS, table, papers=["masks.txt"])
    run = over_library.identity | {"question": MASKS, "language": "auto"}
    earlier = {name: value for name, value in rows[0].items() if name != "section"}
    (tmp_path / "t.csv.partial").write_text(f"{json.dumps(run)}\n{json.dumps(earlier)}\n")
    assert run_table(over_library, MASKS, table, papers=["masks.txt"]) == rows


@pytest.mark.parametrize("name", ["t.jsonl", "t.txt", "t"])
def test_a_table_is_csv_or_xlsx(over_library: LibraryAssistant, tmp_path: Path, name: str) -> None:
    with pytest.raises(BatchError, match=rf'\.csv or \.xlsx, not to "{name}"'):
        run_table(over_library, MASKS, tmp_path / name)


def test_files_have_plain_columns_and_no_formulas() -> None:
    first, second = csv.DictReader(io.StringIO(table_file([ROW, LOST], ".csv").decode(), newline=""))
    assert tuple(first) == COLUMNS
    assert (first["paper"], first["short_answer"], first["page"]) == ("'=A. Title", "'+7", "3")
    assert first["confidence"] == "likely"
    assert (second["status"], second["short_answer"], second["confidence"]) == ("error", "", "")
    sheet = load_workbook(io.BytesIO(table_file([ROW, LOST], ".xlsx"))).active
    assert list(sheet.values) == [COLUMNS, *(tuple(row[name] for name in COLUMNS) for row in (ROW, LOST))]
    assert {cell.data_type for row in sheet for cell in row} == {"s", "n"}


def test_what_is_printed_does_nothing_to_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    spoilt = {**ROW, "paper": "\x1b[31mred", "short_answer": "[bold]x", "quote": "a\u202eb" * 200}
    print_table([spoilt, {**LOST, "error": "It is gone."}])
    out = capsys.readouterr().out
    assert not harmful(out)
    assert "[bold]x" in out
    assert "It is gone." in out
    assert "likely" in out
    assert all(len(line) <= 160 for line in out.splitlines())
