"""What the program tells of its work, a JSON object on a line each; questions only where that was asked for."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from types import SimpleNamespace
from typing import Any, Literal

from assistant import Answer
from corpus import TanyaError
from corpus.printing import print_text

_PLAIN = "%(levelname)s: %(message)s"

_OUTSPOKEN = ("root", "mcp", "asyncio")
"""Loggers of others that may tell what was sent to them."""

_events = logging.getLogger("tanya")
_log = logging.getLogger(__name__)

Source = Literal["chat", "api", "batch", "table"]
"""Where a question was asked: on the page, by another program, in a batch of either, or of every paper."""


def set_up(where: str | None, *, with_questions: bool = False) -> None:
    """Tell warnings and errors on stderr and, if there is a ``where``, all events there: a file, or "-" for stderr.

    Raises TanyaError where the file cannot be written.
    """
    handlers: list[logging.Handler] = []
    if where != "-":
        plain = logging.StreamHandler()
        plain.setLevel(logging.WARNING)
        plain.setFormatter(_Discreet(_PLAIN, with_questions=with_questions))
        handlers.append(plain)
    if where:
        try:
            events = logging.StreamHandler(sys.stderr) if where == "-" else _EventFile(where, encoding="utf-8")
        except OSError as error:
            raise TanyaError(f"--log: {where} cannot be written: {error.strerror}") from None
        events.setFormatter(JsonLines(with_questions=with_questions))
        handlers.append(events)
        _events.setLevel(logging.INFO)
    logging.basicConfig(handlers=handlers, force=True)


def log_event(event: str, **values: Any) -> None:
    """Tell of an event."""
    _events.info(event, extra={"values": values})


def log_answer(answer: Answer, source: Source) -> None:
    """Tell of a question that was asked, and what became of it."""
    log_event(
        "answer",
        source=source,
        status=answer.status,
        kind=answer.kind,
        language=answer.language,
        confidence=round(answer.confidence, 4),
        seconds=answer.seconds,
        characters=len(answer.question),
        question=answer.question,
    )


def take_over() -> None:
    """Let what Gradio and its server print of errors, with all that they were sent, be told as everything else is."""
    import gradio.queueing

    def print_exc() -> None:
        _log.exception("An event could not be handled")

    gradio.queueing.traceback = SimpleNamespace(print_exc=print_exc)  # type: ignore[assignment, attr-defined]
    server = logging.getLogger("uvicorn")
    server.handlers.clear()
    server.propagate = True


class _EventFile(WatchedFileHandler):
    """The file of events. What cannot be written there is one line on stderr, not a traceback for each event."""

    _problem: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
        except OSError:  # the file was moved, and cannot be opened anew
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handleError(record)
        elif error.strerror != self._problem:
            self._problem = error.strerror
            with suppress(OSError):
                print_text(f"--log: {self.baseFilename} cannot be written: {error.strerror}", file=sys.stderr)


class _Discreet(logging.Formatter):
    """Tells where an error happened, and not what it says: that may hold the question."""

    def __init__(self, form: str | None = None, *, with_questions: bool = False) -> None:
        super().__init__(form)
        self._with_questions = with_questions

    def format(self, record: logging.LogRecord) -> str:
        if not self._with_questions:
            record = logging.makeLogRecord(vars(record) | {"exc_text": None})  # another handler may have told more
            if record.name.partition(".")[0] in _OUTSPOKEN:
                record.msg, record.args = "(not shown: it may hold a question)", ()
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        if self._with_questions:
            return super().formatException(ei)
        return "".join([*traceback.format_tb(ei[2]), ei[0].__name__])


class JsonLines(_Discreet):
    """Tells a record as a JSON object on one line."""

    def __init__(self, *, with_questions: bool = False) -> None:
        """Tell questions only if asked to."""
        super().__init__("%(message)s", with_questions=with_questions)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {"time": at, "level": record.levelname.lower()}
        values = getattr(record, "values", None)
        if values is None:
            told |= {"event": "log", "logger": record.name, "message": super().format(record)}
        else:
            told |= {"event": record.getMessage()} | values
            if not self._with_questions:
                told.pop("question", None)
        return json.dumps(told, ensure_ascii=False, default=str)
