"""Files of questions and of answers: the contract, and what is left by a batch that was interrupted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from openpyxl import load_workbook

from assistant import Answer, Assistant, BatchError
from assistant.answer import AnswerParagraph
from assistant.batch import (
    ANSWER_SUFFIXES,
    CSV_COLUMNS,
    BatchQuestion,
    answers_file,
    check_batch,
    parse_questions,
    read_questions,
    run_batch,
)
from corpus import Language

MASKS = "How many masks did Sichuan give West Java?"
PIKOBAR = "Apa itu  Pikobar?"  # two spaces: the answer's question has one
EVEREST = "How tall is Mount Everest?"
CITATION_FIELDS = {
    "marker", "quote", "translation", "passage", "page", "section", "language", "start", "end", "passage_id", "score",
    "words",
}  # fmt: skip
FIELDS = {
    "id", "question", "language", "status", "kind", "short", "derived_from", "answer", "paragraphs", "confidence",
    "seconds", "error", "related", "citations",
}  # fmt: skip


class Stop(Exception):
    """The batch is interrupted."""


class Counting(Assistant):
    """The assistant, which keeps what it was asked. What its tests ask again and again it answers once for all."""

    answered: ClassVar[dict[tuple[str, Language | None], Answer]] = {}

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant._index, assistant._reader)
        self.asked: list[Any] = []

    def answers(
        self,
        questions: Sequence[Any],
        *,
        languages: Sequence[Language | None],
        contexts: Sequence[str | None] | None = None,
    ) -> Iterator[Answer]:
        self.asked += questions
        for question, language in zip(questions, languages, strict=True):
            key = repr(question), language
            if key not in self.answered:
                [self.answered[key]] = super().answers([question], languages=[language])
            yield self.answered[key]


@pytest.fixture
def counting(assistant: Assistant) -> Counting:
    return Counting(assistant)


def write_lines(path: Path, *questions: str) -> Path:
    path.write_text("".join(f"{question}\n" for question in questions), encoding="utf-8")
    return path


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_xlsx(data: bytes) -> list[dict[str, Any]]:
    """Return the rows of a spreadsheet, an empty cell as None."""
    header, *rows = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def record(**fields: Any) -> dict[str, Any]:
    """Make a record as a batch takes it up from its file."""
    said = AnswerParagraph("quote", "20,000 packs.", (1,))
    answer = Answer(MASKS, "en", "answered", short="20,000 packs", paragraphs=(said,), confidence=0.75)
    made: dict[str, Any] = json.loads(json.dumps({"id": "1"} | answer.to_record() | fields))
    return made


def interrupt(assistant: Assistant, questions: Path, answers: Path, after: int) -> Path:
    """Run a batch and stop it after some answers; return the file that holds those."""

    def stop(done: int, total: int) -> None:
        if done == after:
            raise Stop

    with pytest.raises(Stop):
        run_batch(assistant, questions, answers, progress=stop)
    return answers.with_name(f"{answers.name}.partial")


def test_jsonl_keeps_the_contract(assistant: Assistant, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    rows: list[Any] = [
        {"id": "d008-en", "question": MASKS},
        {"question": EVEREST, "other": [1]},
        {"id": 7, "question": "   "},
        {"id": "n", "question": None},
        {"question": ["a", "list"]},
        {"question": "Apa\u2028 itu Pikobar? \ud800", "id": "half \ud800"},
        {"id": "said", "question": "Masks from Sichuan?", "language": "en"},
        {"nothing": 1},
    ]
    questions.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    answers = tmp_path / "answers.jsonl"
    seen: list[tuple[int, int]] = []
    counts = run_batch(assistant, questions, answers, progress=lambda done, total: seen.append((done, total)))
    assert counts == {"answered": 3, "corrected": 0, "not_in_paper": 1, "replied": 0, "error": 4}
    assert seen == [(done, 8) for done in range(9)]
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["answers.jsonl", "questions.jsonl"]

    records = read_jsonl(answers)
    assert [r["id"] for r in records] == ["d008-en", "3", "7", "n", "9", "half ?", "said", "15"]
    for record in records:
        assert set(record) >= FIELDS
        assert (record["error"] is None) == (record["status"] != "error")
        for citation in record["citations"] + record["related"]:
            assert set(citation) >= CITATION_FIELDS
            assert assistant.paper.text[citation["start"] : citation["end"]] == citation["quote"]
    first, refused, empty = records[:3]
    assert (first["question"], first["language"], first["status"]) == (MASKS, "en", "answered")
    assert first["answer"] == assistant.ask(MASKS).text
    assert (first["kind"], first["short"]) == ("fact", assistant.ask(MASKS).short)
    assert "20,000" in first["short"]
    assert first["citations"][0]["marker"] == 1
    assert 0.5 < first["confidence"] <= 1
    assert first["seconds"] > 0
    assert (refused["citations"], bool(refused["related"])) == ([], True)
    assert "kosong" in empty["error"]
    assert (empty["answer"], empty["short"], empty["confidence"]) == ("", None, 0.0)
    assert records[6]["language"] == "en"


def test_csv(assistant: Assistant, tmp_path: Path) -> None:
    questions = tmp_path / "questions.CSV"
    questions.write_text(f'﻿ID; question ;id\r\nx;"{MASKS}\r\nOr ""few"";?";a\r\nx;;\r\n', encoding="utf-8")
    answers = tmp_path / "answers.csv"
    assert run_batch(assistant, questions, answers)["error"] == 1
    with answers.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == CSV_COLUMNS
    first, empty = (dict(zip(header, row, strict=True)) for row in rows)
    assert (first["id"], empty["id"]) == ("a", "4")
    assert first["question"] == f'{MASKS} Or "few";?'
    answer = assistant.ask(first["question"])
    citation = answer.citations[0]
    assert (first["quote"], first["page"], first["section"]) == (citation.quote, str(citation.page), citation.section)
    assert (first["paper"], first["confidence"]) == ("paper.txt", answer.strength)
    assert first["answer"] == answer.text
    assert (first["kind"], first["short_answer"]) == ("fact", answer.short)
    assert (empty["status"], empty["quote"], empty["page"], empty["confidence"]) == ("error", "", "", "")
    assert "kosong" in empty["error"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_told_by_their_delimiter(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "questions.csv"
    lines = (["language", "question", "id"], ["en", "Siapa?", "7"], ["xx", "Apa?", ""])
    path.write_text("\n".join(map(delimiter.join, lines)), encoding="utf-8")
    assert read_questions(path) == [BatchQuestion("7", "Siapa?", "en"), BatchQuestion("3", "Apa?", None)]


def test_text_has_the_numbers_of_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    path.write_bytes("\ufeff Apa? \r\n\r\nMengapa,\u2028 \x85ya?\n \nSiapa?".encode())
    assert read_questions(path) == [
        BatchQuestion("1", "Apa?"), BatchQuestion("3", "Mengapa,\u2028 \x85ya?"), BatchQuestion("5", "Siapa?"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "english", "indonesian"),
    [
        (
            *("q.csv", b'id,"fra\nge"\n1,Apa?\n'),
            *('has no "question" column: its columns are id, fra ge', "kolom yang ada: id, fra ge"),
        ),
        ("q.csv", b"", 'has no "question" column: its columns are none', "kolom yang ada: tidak satu pun"),
        ("q.csv", b"question\n", "holds no questions", "tidak berisi pertanyaan"),
        ("q.csv", b'question\n"Apa?\n', "is not sound CSV at line 2: unex", "bukan CSV yang sah di baris 2: unex"),
        ("q.csv", b'"question\nApa?\n', "is not sound CSV at line 1: unex", "bukan CSV yang sah di baris 1: unex"),
        (
            *("q.csv", b"id,question\n1,Apa?\n2,Apa, siapa?\n"),
            *("has more fields than columns at line 3: put", "lebih banyak isian daripada kolom di baris 3: apit"),
        ),
        (
            *("q.jsonl", b'{"question": "Apa?"}\n{"question": \n'),
            *('is not sound JSONL at line 2: write {"question"', 'bukan JSONL yang sah di baris 2: tulis {"question"'),
        ),
        ("q.jsonl", b'["Apa?"]\n', "is not sound JSONL at line 1", "bukan JSONL yang sah di baris 1"),
        ("q.txt", b" \n\n", "holds no questions", "tidak berisi pertanyaan"),
        ("q.txt", b"Apa\xff?\n", "is not UTF-8 text (byte 3)", "bukan teks UTF-8 (byte 3)"),
        (
            *("q.csv", "question\nApa?\n".encode("utf-16")[:-1]),
            *("is not UTF-16 text (byte 28)", "bukan teks UTF-16 (byte 28)"),
        ),
        *((f"q.{kind}", b"any", "is not text: save", "bukan teks: simpan") for kind in ("xlsx", "XLS", "docx", "pdf")),
    ],
)
def test_bad_files_of_questions(tmp_path: Path, name: str, content: bytes, english: str, indonesian: str) -> None:
    with pytest.raises(BatchError) as error:
        parse_questions(name, content)
    for message, wanted in ((error.value.in_language("en"), english), (error.value.in_language("id"), indonesian)):
        assert message.startswith(f"{name} ")
        assert wanted in message
        assert not {"\n", "/"} & set(message)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BatchError) as of_file:
        read_questions(tmp_path / name)
    assert str(of_file.value) == f"{tmp_path}/{error.value}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("q.csv", b"question,id\r\nApa?,1\r\nSiapa?,3\r\n"),
        ("q.JSONL", b'{"question": "Apa?"}\r\n\r\n{"question": "Siapa?"}'),
        ("q.txt", b"\xef\xbb\xbfApa?\r\rSiapa?"),
        ("q.txt", "Apa?\r\n\r\nSiapa?".encode("utf-16")),
        ("questions", b"Apa?\n\nSiapa?\n"),
    ],
)
def test_questions_from_bytes_are_those_of_the_file(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    asked = [BatchQuestion("1", "Apa?"), BatchQuestion("3", "Siapa?")]
    assert parse_questions(name, content) == read_questions(tmp_path / name) == asked


def test_no_questions_are_read_from_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(BatchError) as error:
        read_questions(tmp_path / "none.txt")
    assert error.value.in_language("id") == f"{tmp_path / 'none.txt'} tidak dapat dibaca: No such file or directory"


@pytest.mark.parametrize("suffix", [*ANSWER_SUFFIXES, ".XLSX"])
def test_answers_are_written_by_suffix(tmp_path: Path, suffix: str) -> None:
    questions = write_lines(tmp_path / "q.txt", PIKOBAR)
    assert check_batch(questions, tmp_path / f"a{suffix}") == [BatchQuestion("1", PIKOBAR)]


CITATION = {"quote": "Sebanyak 20.000 Paket", "page": 10, "section": "PEMBAHASAN", "words": "20.000"}
RECORDS = [
    record(question="=1+1?", answer="Dua.\n\n“Masker” – 四川 😷 [1]", citations=[CITATION, CITATION | {"page": 11}]),
    record(id="007", question="https://example.org/?", error="{=A1}", status="error", answer="", confidence=0.0),
    record(id="-a", question="- Siapa?", note="@", related=[CITATION]),
]


def test_a_spreadsheet_holds_the_records() -> None:
    rows = read_xlsx(answers_file(RECORDS, ".xlsx"))
    assert len(rows) == len(RECORDS)
    for row, wanted in zip(rows, RECORDS, strict=True):
        assert tuple(row) == CSV_COLUMNS
        own = ("id", "question", "understood_as", "language", "status", "kind", "answer", "note", "seconds", "error")
        assert [row[name] for name in own] == [None if wanted[name] == "" else wanted[name] for name in own]
        first = wanted["citations"][0] if wanted["citations"] else {}
        assert [row[name] for name in ("quote", "page", "section")] == [*map(first.get, ("quote", "page", "section"))]
        assert row["short_answer"] == wanted["short"]
        assert row["confidence"] == (None if wanted["status"] == "error" else "likely")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_no_cell_of_a_table_is_raw(assistant: Assistant, suffix: str) -> None:
    questions = (MASKS, EVEREST, "And when?", "Siapa saja penulis makalah ini?")
    records = [{"id": str(n)} | assistant.ask(question).to_record() for n, question in enumerate(questions)]
    data = answers_file(records, suffix)
    rows = read_xlsx(data) if suffix == ".xlsx" else list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    for row in rows:
        assert tuple(row) == CSV_COLUMNS
        for value in filter(None, row.values()):
            assert not str(value).startswith(("{", "[{", "[]", "[", "("))
    assert [row["confidence"] or "" for row in rows][1] == ""


def test_a_spreadsheet_can_be_read_by_people() -> None:
    sheet = load_workbook(io.BytesIO(answers_file(RECORDS, ".xlsx"))).active
    assert sheet.freeze_panes == "A2"
    assert {cell.font.bold for cell in sheet[1]} == {True}
    assert {cell.data_type for row in sheet for cell in row} == {"s", "n"}  # no formula, "f"; an empty cell is "n"
    assert not any(cell.hyperlink for row in sheet for cell in row)
    looks = dict(zip(CSV_COLUMNS, sheet[2], strict=True))
    assert looks["answer"].alignment.wrap_text
    widths = {name: sheet.column_dimensions[cell.column_letter].width for name, cell in looks.items()}
    assert widths["answer"] > widths["question"] > widths["id"] > 8


def test_a_cell_is_no_longer_than_a_spreadsheet_can_hold() -> None:
    texts = ["x" * 32_767, "x" * 32_768]
    rows = read_xlsx(answers_file([record(question=text) for text in texts], ".xlsx"))
    assert [row["question"] for row in rows] == [texts[0], "x" * 32_766 + "…"]


def test_no_answer_in_a_table_is_taken_for_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(answers_file(RECORDS, ".csv").decode(), newline="")))
    assert [row["question"] for row in rows] == ["'=1+1?", "https://example.org/?", "'- Siapa?"]
    assert rows[0]["answer"] == RECORDS[0]["answer"]
    assert [row["id"] for row in rows] == ["1", "007", "'-a"]


def test_jsonl_is_written_as_it_is() -> None:
    lines = answers_file(RECORDS, ".jsonl").decode().splitlines()
    assert list(map(json.loads, lines)) == RECORDS
    assert "四川 😷" in lines[0]


def test_files_that_cannot_be_opened(counting: Counting, tmp_path: Path) -> None:
    questions = write_lines(tmp_path / "q.txt", PIKOBAR)
    with pytest.raises(BatchError, match=r"none\.txt cannot be read: No such file"):
        run_batch(counting, tmp_path / "none.txt", tmp_path / "a.jsonl")
    with pytest.raises(BatchError, match="cannot be read: Is a directory"):
        run_batch(counting, tmp_path, tmp_path / "a.jsonl")
    with pytest.raises(BatchError, match="cannot be written: there is no folder"):
        run_batch(counting, questions, tmp_path / "none" / "a.jsonl")
    with pytest.raises(BatchError, match=r'not to "a\.txt"'):
        run_batch(counting, questions, tmp_path / "a.txt")
    assert counting.asked == []
    assert list(tmp_path.iterdir()) == [questions]


def test_answers_do_not_replace_the_questions(counting: Counting, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps({"question": PIKOBAR}))
    with pytest.raises(BatchError, match="holds the questions"):
        run_batch(counting, path, tmp_path / "." / "q.jsonl")
    assert json.loads(path.read_text()) == {"question": PIKOBAR}


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "xlsx"])
def test_an_interrupted_batch_is_taken_up(counting: Counting, tmp_path: Path, suffix: str) -> None:
    given = [PIKOBAR, MASKS, "???", EVEREST]
    questions = write_lines(tmp_path / "q.txt", *given)
    answers = tmp_path / f"a.{suffix}"
    partial = interrupt(counting, questions, answers, after=3)
    assert not answers.exists()
    before = read_jsonl(partial)[1:]
    assert [r["id"] for r in before] == ["1", "2", "3"]

    counting.asked.clear()
    seen: list[int] = []
    counts = run_batch(counting, questions, answers, progress=lambda done, total: seen.append(done))
    assert counting.asked == given[3:]
    assert seen == [3, 4]
    assert counts == {"answered": 2, "corrected": 0, "not_in_paper": 1, "replied": 0, "error": 1}
    assert not partial.exists()
    if suffix == "jsonl":
        assert read_jsonl(answers)[:3] == before
        assert [r["id"] for r in read_jsonl(answers)] == ["1", "2", "3", "4"]
    else:
        table = answers.read_bytes()
        rows = read_xlsx(table) if suffix == "xlsx" else list(csv.DictReader(io.StringIO(table.decode(), newline="")))
        assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
        assert [row["question"] for row in rows] == [" ".join(question.split()) for question in given]


def test_nothing_is_asked_when_only_the_end_was_missing(counting: Counting, tmp_path: Path) -> None:
    questions, answers = write_lines(tmp_path / "q.txt", PIKOBAR, MASKS), tmp_path / "a.jsonl"
    interrupt(counting, questions, answers, after=2)
    counting.asked.clear()
    assert run_batch(counting, questions, answers)["answered"] == 2
    assert counting.asked == []


@pytest.mark.parametrize("of", ["paper", "texts", "model"])
def test_answers_of_another_paper_or_model_are_not_taken_up(counting: Counting, tmp_path: Path, of: str) -> None:
    questions, answers = write_lines(tmp_path / "q.txt", PIKOBAR, MASKS), tmp_path / "a.jsonl"
    partial = interrupt(counting, questions, answers, after=1)
    identity, *rest = partial.read_text(encoding="utf-8").splitlines(keepends=True)
    assert json.loads(identity) == counting.identity | {"language": "auto"}
    partial.write_text(json.dumps(json.loads(identity) | {of: "other"}) + "\n" + "".join(rest), encoding="utf-8")
    counting.asked.clear()
    run_batch(counting, questions, answers)
    assert counting.asked == [PIKOBAR, MASKS]
    assert [r["id"] for r in read_jsonl(answers)] == ["1", "2"]


def test_answers_to_changed_questions_are_not_taken_up(counting: Counting, tmp_path: Path) -> None:
    questions, answers = write_lines(tmp_path / "q.txt", PIKOBAR, MASKS), tmp_path / "a.jsonl"
    interrupt(counting, questions, answers, after=2)
    write_lines(questions, PIKOBAR, EVEREST, MASKS)
    counting.asked.clear()
    run_batch(counting, questions, answers)
    assert counting.asked == [EVEREST, MASKS]
    assert [r["question"] for r in read_jsonl(answers)] == ["Apa itu Pikobar?", EVEREST, MASKS]


def test_fewer_questions_than_were_answered(counting: Counting, tmp_path: Path) -> None:
    questions, answers = write_lines(tmp_path / "q.txt", PIKOBAR, MASKS), tmp_path / "a.jsonl"
    interrupt(counting, questions, answers, after=2)
    write_lines(questions, PIKOBAR)
    counting.asked.clear()
    run_batch(counting, questions, answers)
    assert counting.asked == []
    assert [r["question"] for r in read_jsonl(answers)] == ["Apa itu Pikobar?"]


@pytest.mark.parametrize(
    "tail",
    [
        b'{"id": "2", "question": "How ma',
        '{"id": "2", "question": "😷'.encode()[:-2],  # amid a character
        b'{"id": "2"',
        b"\0\0\0\0",
        b"\xff\xfe\n",
    ],
)
def test_a_half_written_line_is_cut_off(counting: Counting, tmp_path: Path, tail: bytes) -> None:
    questions, answers = write_lines(tmp_path / "q.txt", PIKOBAR, MASKS), tmp_path / "a.jsonl"
    partial = interrupt(counting, questions, answers, after=1)
    with partial.open("ab") as file:
        file.write(tail)
    counting.asked.clear()
    partial = interrupt(counting, questions, answers, after=2)
    assert counting.asked == [MASKS]
    assert [r.get("id") for r in read_jsonl(partial)] == [None, "1", "2"]
    run_batch(counting, questions, answers)
    assert [r["id"] for r in read_jsonl(answers)] == ["1", "2"]
    assert counting.asked == [MASKS]


def test_a_file_that_is_not_ours_is_begun_anew(counting: Counting, tmp_path: Path) -> None:
    questions, answers = write_lines(tmp_path / "q.txt", PIKOBAR), tmp_path / "a.jsonl"
    (tmp_path / "a.jsonl.partial").write_bytes(b"\xff not ours\n{}\n")
    run_batch(counting, questions, answers)
    assert [r["id"] for r in read_jsonl(answers)] == ["1"]


def test_earlier_answers_stand_until_the_new_are_whole(assistant: Assistant, tmp_path: Path) -> None:
    questions, answers = write_lines(tmp_path / "q.txt", PIKOBAR, MASKS), tmp_path / "a.jsonl"
    answers.write_text("earlier\n")
    there: list[str] = []
    run_batch(assistant, questions, answers, progress=lambda done, total: there.append(answers.read_text()))
    assert there == ["earlier\n"] * 3
    assert len(read_jsonl(answers)) == 2
    interrupt(assistant, questions, answers, after=1)
    assert len(read_jsonl(answers)) == 2


def test_language_of_the_batch_gives_way_to_the_questions_own(assistant: Assistant, tmp_path: Path) -> None:
    questions, answers = tmp_path / "q.csv", tmp_path / "a.jsonl"
    questions.write_text("question,language\nSichuan,id\nSichuan,\n")
    run_batch(assistant, questions, answers, language="en")
    assert [r["language"] for r in read_jsonl(answers)] == ["id", "en"]
