"""Files of questions in, files of answers out: resumable, and never half-written.

Answers are appended to ``ANSWERS.partial``, which replaces ``ANSWERS`` when all are there. An interrupted batch is
taken up from it, as long as it was of the same questions to the same paper.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, get_args

from assistant.answer import Status
from assistant.citation import CitedPaper, checked
from assistant.errors import BatchError
from assistant.lookup_rendering import safe_cell
from assistant.question import as_asked
from corpus import Language
from corpus.decoding import decode, parse_json
from corpus.paths import write_problem, write_whole
from index.embedder import Progress

if TYPE_CHECKING:
    from assistant.asking import Asker

CSV_COLUMNS = (
    "id", "question", "language", "status", "kind", "short", "answer", "confidence", "seconds", "error",
    "quote", "page", "section", "paper", "citations", "related",
)  # fmt: skip
"""The columns of answers as a table: quote, page, section and paper are the first citation's; citations and related
are JSON."""

ANSWER_SUFFIXES = (".jsonl", ".csv", ".xlsx")
"""What answers are written as."""

_WIDTHS = {
    "question": 40,
    "short": 40,
    "answer": 60,
    "error": 30,
    "quote": 60,
    "section": 25,
    "paper": 30,
    "citations": 20,
    "related": 20,
}
_WIDTH = 12  # characters, of any other column
_LONGEST_CELL = 32_767  # characters, which is a spreadsheet's limit and not ours

_LONGEST_TOLD = 200  # characters, of the columns that a table has instead of the one that is needed

_NO_TEXT = (".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".doc", ".odt", ".pdf")


class Question(NamedTuple):
    """One question of a batch. ``text`` is whatever stood there, also when it is not text."""

    id: str
    text: Any
    language: Language | None = None


def read_questions(path: Path) -> list[Question]:
    """Read questions from CSV (a "question" column), JSONL (a "question" field), or text, one on each line.

    The id is the "id" column or field, else the number of the line. Raises BatchError for a file that cannot be
    read; a question that cannot be asked is kept, so that it gets an answer that says why.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BatchError(
            f"{path} cannot be read: {error.strerror}",
            indonesian=f"{path} tidak dapat dibaca: {error.strerror}",
        ) from error
    return parse_questions(str(path), data)


def parse_questions(name: str, data: bytes) -> list[Question]:
    """Read questions from a file's bytes, as `read_questions` does; for what is uploaded, and has no path to be told.

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


def check_batch(questions: Path, answers: Path) -> list[Question]:
    """Read a batch's questions; raises BatchError for whatever is wrong with either file, before anything is asked."""
    if answers.suffix.lower() not in ANSWER_SUFFIXES:
        *some, last = ANSWER_SUFFIXES
        raise BatchError(
            f'Answers are written to {", ".join(some)} or {last}, not to "{answers.name}": name the file so'
        )
    for path in (answers, _partial(answers)):
        if problem := write_problem(path):
            raise BatchError(f"{path} cannot be written: {problem}")
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
    left; an exception it raises, like Ctrl-C, stops the batch, and the same call takes it up again. Raises
    BatchError.
    """
    asked = check_batch(questions, answers)
    partial = _partial(answers)
    run = assistant.identity | {"language": language or "auto"}
    try:
        with _held(partial, answers) as file:
            records = _resume(partial, asked, run)
            if not records:
                print(json.dumps(run), file=file, flush=True)
            if progress:
                progress(len(records), len(asked))
            todo = asked[len(records) :]
            texts, languages = [q.text for q in todo], [q.language or language for q in todo]
            for question, answer in zip(todo, assistant.answers(texts, languages=languages), strict=True):
                records.append({"id": question.id} | answer.to_record())
                print(json.dumps(records[-1], ensure_ascii=False), file=file, flush=True)
                if progress:
                    progress(len(records), len(asked))
            write_whole(answers, written(records, answers.suffix.lower()))
            partial.unlink()
    except OSError as error:
        raise BatchError(
            f"{answers} cannot be written: {error.strerror or error}; once it can, the same command goes on from there"
        ) from error
    return {status: sum(r["status"] == status for r in records) for status in get_args(Status)}


def _partial(answers: Path) -> Path:
    return answers.with_name(f"{answers.name}.partial")


@contextlib.contextmanager
def _held(partial: Path, answers: Path) -> Iterator[TextIO]:
    """Open the file that answers are appended to, for this process alone. Raises BatchError, and OSError."""
    import fcntl

    while True:
        with partial.open("a", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BatchError(
                    f"{answers} is being written by another process: let it finish, or name another file"
                ) from error
            if _is_at(partial, file):  # and not a finished batch's, which is no longer there
                yield file
                return


def _is_at(path: Path, file: TextIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def written(records: Sequence[Mapping[str, Any]], suffix: str) -> bytes:
    """Return answers as the file with one of `ANSWER_SUFFIXES`; a record is an "id" and `Answer.to_record`."""
    return _WRITERS[suffix](records)


def _resume(partial: Path, questions: list[Question], run: dict[str, str]) -> list[dict[str, Any]]:
    """Return the answers that an interrupted run left, and cut the file off after the last whole one."""
    lines = partial.read_bytes().splitlines(keepends=True)
    records: list[dict[str, Any]] = []
    whole = 0
    for number, line in enumerate(lines):
        record = _parse(line) if line.endswith(b"\n") else None
        if number == 0:
            if record != run:  # another paper, model or language, or not ours at all: begin anew
                break
        elif not (record and len(records) < len(questions) and _answers(record, questions[len(records)])):
            break
        else:
            records.append(record)
        whole += len(line)
    os.truncate(partial, whole if records else 0)
    return records


def _write_jsonl(records: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _write_csv(records: Sequence[Mapping[str, Any]]) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(CSV_COLUMNS)
    writer.writerows([safe_cell(value) for value in _cells(record)] for record in records)
    return table.getvalue().encode()


def _write_xlsx(records: Sequence[Mapping[str, Any]]) -> bytes:
    from xlsxwriter import Workbook

    file = io.BytesIO()
    as_it_is = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, {"in_memory": True} | as_it_is) as workbook:
        sheet = workbook.add_worksheet("Tanya")
        wrapped, plain = (workbook.add_format({"text_wrap": wrap, "valign": "top"}) for wrap in (True, False))
        for number, name in enumerate(CSV_COLUMNS):
            look = plain if name in ("citations", "related") else wrapped  # wrapped, JSON would make a row a page high
            sheet.set_column(number, number, _WIDTHS.get(name, _WIDTH), look)
        sheet.write_row(0, 0, CSV_COLUMNS, workbook.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for line, record in enumerate(records, 1):
            sheet.write_row(line, 0, map(_short_cell, _cells(record)))
    return file.getvalue()


def _cells(record: Mapping[str, Any]) -> list[Any]:
    """Return a record's row of a table, in the order of `CSV_COLUMNS`."""
    first = record["citations"][0] if record["citations"] else {}
    nested = {name: json.dumps(record[name], ensure_ascii=False) for name in ("citations", "related")}
    row = {**record, **{name: first.get(name, "") for name in ("quote", "page", "section")}, **nested}
    row["paper"] = checked(CitedPaper, first.get("paper", {})).described
    return [row.get(name, "") for name in CSV_COLUMNS]


def _short_cell(value: Any) -> Any:
    """Return a cell that a spreadsheet can hold; what is cut off is seen to be."""
    is_long = isinstance(value, str) and len(value) > _LONGEST_CELL
    return f"{value[: _LONGEST_CELL - 1]}…" if is_long else value


_WRITERS = dict(zip(ANSWER_SUFFIXES, (_write_jsonl, _write_csv, _write_xlsx), strict=True))


def _answers(record: dict[str, Any], question: Question) -> bool:
    return record.get("id") == question.id and record.get("question") == as_asked(question.text)


def _parse(line: str | bytes) -> Any:
    try:
        return parse_json(line)
    except ValueError:
        return None


def _from_lines(text: str, _: str) -> Iterator[Question]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Question(str(number), line.strip())


def _from_jsonl(text: str, name: str) -> Iterator[Question]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            record = _parse(line)
            if not isinstance(record, dict):
                raise BatchError(
                    f'{name} is not sound JSONL at line {number}: write {{"question": "..."}} on each line',
                    indonesian=f"{name} bukan JSONL yang sah di baris {number}: "
                    'tulis {"question": "..."} di setiap baris',
                )
            yield _question(record, number)


def _from_csv(text: str, name: str) -> Iterator[Question]:
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)  # spreadsheets write ";" where "," is the decimal sign
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [" ".join(column.split()) for column in rows.fieldnames or []]
        if "question" not in columns:
            there = shorten(", ".join(columns), _LONGEST_TOLD, placeholder=" …")
            raise BatchError(
                f'{name} has no "question" column: its columns are {there or "none"}',
                indonesian=f'{name} tidak memiliki kolom "question"; kolom yang ada: {there or "tidak satu pun"}',
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


def _question(fields: dict[str, Any], line: int) -> Question:
    given, language = fields.get("id"), fields.get("language")
    return Question(
        str(given).encode(errors="replace").decode() if given not in (None, "") else str(line),
        fields.get("question"),
        language if language in ("id", "en") else None,
    )
