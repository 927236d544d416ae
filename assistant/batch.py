"""Answers a file of questions into a file of answers, which is never half-written.

An interrupted batch goes on where it stopped (`assistant.partial_file`), if questions and paper are the same.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from assistant.answer import FOUND, Status, strength_of
from assistant.citation import CitedPaper, checked
from assistant.errors import BatchError
from assistant.partial_file import check_target, complete, json_object
from assistant.question import as_asked
from assistant.spreadsheet import to_csv, to_xlsx
from corpus import LANGUAGES, Language
from corpus.files.whole import read_whole
from corpus.formats.decoding import decode
from index.embedder import Progress

if TYPE_CHECKING:
    from assistant.asking import Asker

CSV_COLUMNS = (
    "id", "question", "understood_as", "language", "status", "kind", "short_answer", "answer", "note", "quote", "page",
    "section", "paper", "confidence", "seconds", "error",
)  # fmt: skip
"""The columns of answers as a table, texts and numbers only; JSONL has the rest. Quote, page, section and paper are the
first citation's. The confidence is a word (`assistant.answer.Strength`), empty if the paper does not answer."""

ANSWER_SUFFIXES = (".jsonl", ".csv", ".xlsx")
"""File formats for answers."""

_WIDTHS = {
    "question": 40, "understood_as": 30, "short_answer": 40, "answer": 60, "note": 30, "quote": 60, "section": 25,
    "paper": 30, "error": 30,
}  # fmt: skip

_LONGEST_COLUMNS = 200  # characters of a table's column names in an error

_NO_TEXT = (".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".doc", ".odt", ".pdf")


class BatchQuestion(NamedTuple):
    """One question of a batch. ``text`` is whatever the file has, even if it is not a string."""

    id: str
    text: Any
    language: Language | None = None


def read_questions(path: Path) -> list[BatchQuestion]:
    """Read questions from CSV (a "question" column), JSONL (a "question" field), or text, one on each line.

    The id is the "id" column or field, or else the number of the line. A question that cannot be asked is kept, and
    its answer says why. Raises BatchError for a file that cannot be read.
    """
    try:
        data = read_whole(path)
    except OSError as error:
        raise BatchError(
            f"{path} cannot be read: {error.strerror}", indonesian=f"{path} tidak dapat dibaca: {error.strerror}"
        ) from error
    return parse_questions(str(path), data)


def parse_questions(name: str, data: bytes) -> list[BatchQuestion]:
    """Read questions from a file's bytes, as `read_questions` does. Uploads have no path that their user knows.

    ``name`` is the file's, as the user knows it. Raises BatchError.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _NO_TEXT:
        raise BatchError(
            f'{name} is not text: save its questions as CSV, in a column "question"',
            indonesian=f'{name} bukan teks: simpan pertanyaannya sebagai CSV, dalam kolom "question"',
        )
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        raise BatchError(
            f"{name} is not {error.encoding} text (byte {error.start}): save it as UTF-8",
            indonesian=f"{name} bukan teks {error.encoding} (byte {error.start}): simpan sebagai UTF-8",
        ) from error
    reader = {".csv": _from_csv, ".jsonl": _from_jsonl, ".ndjson": _from_jsonl}.get(suffix, _from_lines)
    questions = list(reader(text.replace("\r\n", "\n").replace("\r", "\n"), name))
    if not questions:
        raise BatchError(f"{name} holds no questions", indonesian=f"{name} tidak berisi pertanyaan")
    return questions


def check_batch(questions: Path, answers: Path) -> list[BatchQuestion]:
    """Read a batch's questions, and check both files before anything is asked. Raises BatchError."""
    check_target(answers, ANSWER_SUFFIXES)
    asked = read_questions(questions)
    if answers.resolve() == questions.resolve():
        raise BatchError(f"{answers} holds the questions: write the answers to another file")
    return asked


def run_batch(
    assistant: Asker,
    questions: Path,
    answers: Path,
    *,
    language: Language | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Answer a file of questions into a JSONL, CSV or XLSX file, by extension; return how many got each status.

    An earlier ``answers`` is replaced. ``progress`` is called with (done, total), first with what an interrupted run
    left. An exception that it raises, like Ctrl-C, stops the batch; the same call resumes it. Raises BatchError.
    """
    asked = check_batch(questions, answers)
    keys = [(question.id, as_asked(question.text)) for question in asked]

    def rest(first: int) -> Iterator[dict[str, Any]]:
        remaining = asked[first:]
        texts, languages = [q.text for q in remaining], [q.language or language for q in remaining]
        for question, answer in zip(remaining, assistant.answers(texts, languages=languages), strict=True):
            yield {"id": question.id} | answer.to_record()

    records = complete(
        answers,
        assistant.identity | {"language": language or "auto"},
        len(asked),
        fits=lambda place, record: (record.get("id"), record.get("question")) == keys[place],
        rest=rest,
        written=lambda records: answers_file(records, answers.suffix.lower()),
        progress=progress,
    )
    return {status: sum(r["status"] == status for r in records) for status in get_args(Status)}


def answers_file(records: Sequence[Mapping[str, Any]], suffix: str) -> bytes:
    """Return answers as the file with one of `ANSWER_SUFFIXES`; a record is an "id" and `Answer.to_record`."""
    if suffix == ".jsonl":
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    rows = map(_cells, records)
    return to_xlsx(CSV_COLUMNS, rows, widths=_WIDTHS) if suffix == ".xlsx" else to_csv(CSV_COLUMNS, rows)


def _cells(record: Mapping[str, Any]) -> list[Any]:
    """Return a record's row of a table, in the order of `CSV_COLUMNS`."""
    first = record["citations"][0] if record["citations"] else {}
    row = {
        **record,
        **{name: first.get(name, "") for name in ("quote", "page", "section")},
        "short_answer": record.get("short"),
        "paper": checked(CitedPaper, first.get("paper", {})).described,
        "confidence": strength_of(record["confidence"]) if record["status"] in FOUND else "",
    }
    return [row.get(name, "") for name in CSV_COLUMNS]


def _from_lines(text: str, _: str) -> Iterator[BatchQuestion]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield BatchQuestion(str(number), line.strip())


def _from_jsonl(text: str, name: str) -> Iterator[BatchQuestion]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            record = json_object(line)
            if record is None:
                raise BatchError(
                    f'{name} is not sound JSONL at line {number}: write {{"question": "..."}} on each line',
                    indonesian=f"{name} bukan JSONL yang sah di baris {number}: "
                    'tulis {"question": "..."} di setiap baris',
                )
            yield _question(record, number)


def _from_csv(text: str, name: str) -> Iterator[BatchQuestion]:
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)  # spreadsheets write ";" where "," is the decimal sign
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [" ".join(column.split()) for column in rows.fieldnames or []]
        if "question" not in columns:
            listed = shorten(", ".join(columns), _LONGEST_COLUMNS, placeholder=" …")
            raise BatchError(
                f'{name} has no "question" column: its columns are {listed or "none"}',
                indonesian=f'{name} tidak memiliki kolom "question"; kolom yang ada: {listed or "tidak satu pun"}',
            )
        rows.fieldnames = columns
        for row in rows:
            if rows.restkey in row:
                raise BatchError(
                    f'{name} has more fields than columns at line {rows.line_num}: put "..." around the question',
                    indonesian=f"{name} memiliki lebih banyak isian daripada kolom di baris {rows.line_num}: "
                    'apit pertanyaannya dengan tanda kutip "..."',
                )
            yield _question(row, rows.line_num)
    except csv.Error as error:
        raise BatchError(
            f"{name} is not sound CSV at line {rows.line_num + 1}: {error}",
            indonesian=f"{name} bukan CSV yang sah di baris {rows.line_num + 1}: {error}",
        ) from error


def _question(fields: dict[str, Any], line: int) -> BatchQuestion:
    given, language = fields.get("id"), fields.get("language")
    return BatchQuestion(
        str(given).encode(errors="replace").decode() if given not in (None, "") else str(line),
        fields.get("question"),
        language if language in LANGUAGES else None,
    )
