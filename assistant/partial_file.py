"""Files that are made of many records: resumable, and never half-written.

Records are appended to ``FILE.partial``. The file itself appears when all records are there. An interrupted run is
resumed from ``FILE.partial`` if it was the same run.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from assistant.errors import BatchError
from corpus.files.whole import locked, write_problem, write_whole
from corpus.formats.decoding import parse_json
from index.embedder import Progress

Record = dict[str, Any]


def check_target(path: Path, suffixes: Sequence[str]) -> None:
    """Raise BatchError for a file that cannot be written, or whose suffix is not one of ``suffixes``."""
    if path.suffix.lower() not in suffixes:
        *some, last = suffixes
        raise BatchError(f'Answers are written to {", ".join(some)} or {last}, not to "{path.name}": name the file so')
    for target in (path, _partial(path)):
        if problem := write_problem(target):
            raise BatchError(f"{target} cannot be written: {problem}")


def complete(
    path: Path,
    run: Mapping[str, str],
    total: int,
    *,
    fits: Callable[[int, Record], bool],
    rest: Callable[[int], Iterable[Record]],
    written: Callable[[Sequence[Record]], bytes],
    progress: Progress | None = None,
) -> list[Record]:
    """Make a file of ``total`` records, beginning with those that an interrupted run left.

    ``run`` identifies the run; records of another run are not used. ``fits`` returns whether a record that was left can
    be the one at a place, counted from 0. ``rest`` yields the records from a place on, and ``written`` returns the
    file's bytes. ``progress`` is called with (done, total), first with what was left. An exception that it raises, like
    Ctrl-C, stops the work; the same call resumes it. Raises BatchError.
    """
    partial, report = _partial(path), progress or (lambda done, total: None)
    try:
        with _held(partial, path) as file:
            records = _left(partial, run, total, fits)
            if not records:
                print(json.dumps(run), file=file, flush=True)
            report(len(records), total)
            for record in rest(len(records)):
                records.append(record)
                print(json.dumps(record, ensure_ascii=False), file=file, flush=True)
                report(len(records), total)
            write_whole(path, written(records))
            partial.unlink()
    except OSError as error:
        raise BatchError(
            f"{path} cannot be written: {error.strerror or error}; once it can, the same command goes on from there"
        ) from error
    return records


def _partial(path: Path) -> Path:
    return path.with_name(f"{path.name}.partial")


@contextlib.contextmanager
def _held(partial: Path, path: Path) -> Iterator[TextIO]:
    """Open the partial file for this process alone. Raises BatchError and OSError."""
    while True:
        with contextlib.ExitStack() as held:
            try:
                file = held.enter_context(locked(partial, wait=False))
            except BlockingIOError as error:
                raise BatchError(
                    f"{path} is being written by another process: let it finish, or name another file"
                ) from error
            if _is_at(partial, file):  # else it was deleted by a run that has just finished
                yield file
                return


def _is_at(path: Path, file: TextIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _left(partial: Path, run: Mapping[str, str], total: int, fits: Callable[[int, Record], bool]) -> list[Record]:
    """Return the records that an interrupted run left, and cut the file after the last whole one."""
    head, *lines = partial.read_bytes().splitlines(keepends=True) or [b""]
    records: list[Record] = []
    whole = len(head)
    for line in lines[:total] if json_object(head) == run else ():  # else of another paper, model or language
        record = json_object(line) if line.endswith(b"\n") else None
        if record is None or not fits(len(records), record):
            break
        records.append(record)
        whole += len(line)
    os.truncate(partial, whole if records else 0)
    return records


def json_object(line: str | bytes) -> Record | None:
    """Return the JSON object on a line, None for anything else."""
    try:
        record = parse_json(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None
