"""Files of questions in, files of answers out: resumable, and never half-written.

Answers are appended to ``ANSWERS.partial``, which replaces ``ANSWERS`` when all are there. An interrupted batch is
taken up from it, as long as it was of the same questions to the same paper.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.errors import BatchError
from assistant.question import as_asked
from corpus import Language
from index.embedder import Progress

if TYPE_CHECKING:
    from assistant.assistant import Assistant

CSV_COLUMNS = (
    "id", "question", "language", "status", "answer", "confidence", "seconds", "error",
    "quote", "page", "section", "citations", "related",
)  # fmt: skip
"""The columns of answers as CSV: quote, page and section are the first citation's; citations and related are JSON."""


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
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BatchError(f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise BatchError(f"{path} cannot be read: {error.strerror}") from error
    reader = {".csv": _from_csv, ".jsonl": _from_jsonl, ".ndjson": _from_jsonl}.get(path.suffix.lower(), _from_lines)
    questions = list(reader(text, path))
    if not questions:
        raise BatchError(f"{path} holds no questions")
    return questions


def check_batch(questions: Path, answers: Path) -> list[Question]:
    """Read a batch's questions; raises BatchError for whatever is wrong with either file, before anything is asked."""
    if answers.suffix.lower() not in _WRITERS:
        raise BatchError(f'Answers are written to .jsonl or .csv, not to "{answers.name}": name the file so')
    if answers.resolve() == questions.resolve():
        raise BatchError(f"{answers} holds the questions: write the answers to another file")
    if not answers.parent.is_dir():
        raise BatchError(f"{answers} cannot be written: there is no folder {answers.parent}")
    return read_questions(questions)


def run_batch(
    assistant: Assistant,
    questions: Path,
    answers: Path,
    *,
    language: Language | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Answer a file of questions into a JSONL or CSV file, by extension; return how many got each status.

    An earlier ``answers`` is replaced. ``progress`` is called with (done, total), first with what an interrupted run
    left; an exception it raises, like Ctrl-C, stops the batch, and the same call takes it up again. Raises
    BatchError.
    """
    asked = check_batch(questions, answers)
    partial = answers.with_name(f"{answers.name}.partial")
    run = assistant.identity | {"language": language or "auto"}
    try:
        records = _resume(partial, asked, run)
        with partial.open("a", encoding="utf-8") as file:
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
        _replace(answers, _WRITERS[answers.suffix.lower()](records))
        partial.unlink()
    except OSError as error:
        raise BatchError(f"{answers} cannot be written: {error.strerror}") from error
    return {status: sum(r["status"] == status for r in records) for status in ("answered", "not_in_paper", "error")}


def _resume(partial: Path, questions: list[Question], run: dict[str, str]) -> list[dict[str, Any]]:
    """Return the answers that an interrupted run left, and cut the file off after the last whole one."""
    if not partial.exists():
        return []
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
    if records:
        with partial.open("r+b") as file:
            file.truncate(whole)
    else:
        partial.unlink()
    return records


def _write_jsonl(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _write_csv(records: list[dict[str, Any]]) -> str:
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, CSV_COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for record in records:
        first = record["citations"][0] if record["citations"] else {}
        nested = {name: json.dumps(record[name], ensure_ascii=False) for name in ("citations", "related")}
        writer.writerow(record | {name: first.get(name, "") for name in ("quote", "page", "section")} | nested)
    return table.getvalue()


_WRITERS = {".jsonl": _write_jsonl, ".csv": _write_csv}


def _replace(path: Path, text: str) -> None:
    """Put a file in place whole."""
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_text(text, encoding="utf-8", newline="")
    scratch.replace(path)


def _answers(record: dict[str, Any], question: Question) -> bool:
    return record.get("id") == question.id and record.get("question") == as_asked(question.text)


def _parse(line: str | bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _from_lines(text: str, _: Path) -> Iterator[Question]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Question(str(number), line.strip())


def _from_jsonl(text: str, path: Path) -> Iterator[Question]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            record = _parse(line)
            if not isinstance(record, dict):
                raise BatchError(
                    f'{path} is not sound JSONL at line {number}: write {{"question": "..."}} on each line'
                )
            yield _question(record, number)


def _from_csv(text: str, path: Path) -> Iterator[Question]:
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)  # spreadsheets write ";" where "," is the decimal sign
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip() for name in rows.fieldnames or []]
        if "question" not in columns:
            raise BatchError(f'{path} has no "question" column: its columns are {", ".join(columns) or "none"}')
        rows.fieldnames = columns
        for row in rows:
            if rows.restkey in row:
                raise BatchError(
                    f'{path} has more fields than columns at line {rows.line_num}: put "..." around the question'
                )
            yield _question(row, rows.line_num)
    except csv.Error as error:
        raise BatchError(f"{path} is not sound CSV at line {rows.line_num + 1}: {error}") from error


def _question(fields: dict[str, Any], line: int) -> Question:
    given, language = fields.get("id"), fields.get("language")
    return Question(
        str(given).encode(errors="replace").decode() if given not in (None, "") else str(line),
        fields.get("question"),
        language if language in ("id", "en") else None,
    )
