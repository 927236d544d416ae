"""The log of the program: a JSON object on each line, without the text of questions unless that was asked for."""

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

_MAY_QUOTE = ("root", "mcp", "asyncio")
"""Loggers of libraries whose messages may quote requests."""

_events = logging.getLogger("tanya")
logger = logging.getLogger(__name__)

Source = Literal["chat", "api", "batch", "table"]
"""Where a question was asked: on the page, at an endpoint, in a batch, or in a table of every paper."""


def set_up(where: str | None, *, with_questions: bool = False) -> None:
    """Log warnings and errors to stderr and, if ``where`` is given, all events there: to a file, or "-" for stderr.

    Raises TanyaError if the file cannot be written.
    """
    handlers: list[logging.Handler] = []
    if where != "-":
        plain = logging.StreamHandler()
        plain.setLevel(logging.WARNING)
        plain.setFormatter(_WithoutMessages("%(levelname)s: %(message)s", with_questions=with_questions))
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
    """Log an event with its values."""
    _events.info(event, extra={"values": values})


def log_answer(answer: Answer, source: Source) -> None:
    """Log an answer."""
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


def log_library_errors() -> None:
    """Log the errors of Gradio and its server like all others. They would print the requests with them."""
    import gradio.queueing

    def print_exc() -> None:
        logger.exception("An event could not be handled")

    gradio.queueing.traceback = SimpleNamespace(print_exc=print_exc)  # type: ignore[assignment, attr-defined]
    server = logging.getLogger("uvicorn")
    server.handlers.clear()
    server.propagate = True


class _EventFile(WatchedFileHandler):
    """The file of events. If it cannot be written, one line on stderr says so, not a traceback for each event."""

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


class _WithoutMessages(logging.Formatter):
    """Formats an error without its message, which may hold a question; the places in the code stay."""

    def __init__(self, form: str | None = None, *, with_questions: bool = False) -> None:
        super().__init__(form)
        self._with_questions = with_questions

    def format(self, record: logging.LogRecord) -> str:
        if not self._with_questions:
            # A copy without the text that another handler may have put together from the error.
            record = logging.makeLogRecord(vars(record) | {"exc_text": None})
            if record.name.partition(".")[0] in _MAY_QUOTE:
                record.msg, record.args = "(not shown: it may hold a question)", ()
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        if self._with_questions:
            return super().formatException(ei)
        return "".join([*traceback.format_tb(ei[2]), ei[0].__name__])


class JsonLines(_WithoutMessages):
    """Formats a record as a JSON object on one line, with the text of questions only if ``with_questions``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: dict[str, Any] = {"time": at, "level": record.levelname.lower()}
        values = getattr(record, "values", None)
        if values is None:
            fields |= {"event": "log", "logger": record.name, "message": super().format(record)}
        else:
            fields |= {"event": record.getMessage()} | values
            if not self._with_questions:
                fields.pop("question", None)
        return json.dumps(fields, ensure_ascii=False, default=str)
