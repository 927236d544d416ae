"""A batch as the page keeps it: questions from a file, answered a few at a time, and stopped and resumed at will."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from assistant import Answer
from assistant.answer import Status
from assistant.batch import Question, parse_questions
from corpus import TanyaError
from page.batch_labels import batch_label
from page.batch_line import BatchLine
from page.labels import label
from page.loader import Loader
from page.logs import note_answer

if TYPE_CHECKING:
    from assistant.asking import Asker
    from page.client import Client

MAX_BYTES = 5_000_000
MAX_QUESTIONS = 2_000

AT_A_TIME = 16
"""Questions of a batch's turn: a second's work or two, and hardly slower than more of them."""

_EVERY = 1.0
"""Seconds between two times that answers are shown."""

_LOOK_AGAIN = 0.1

_log = logging.getLogger(__name__)

Phase = Literal["empty", "ready", "in_line", "loading", "running", "stopping", "stopped", "done"]


@dataclass(slots=True, eq=False)
class Batch:
    """The questions of a file, and the answers to the first of them.

    It changes in place. While it is worked on, that alone tells what is to be shown; all else may only ask for it, by
    `stop` and by setting ``shown``, the status of the answers that are shown (None: all questions).
    """

    name: str = ""
    questions: Sequence[Question] = ()
    answers: list[Answer] = field(default_factory=list)
    phase: Phase = "empty"
    shown: Status | None = None
    saved: int = 0
    problem: TanyaError | None = None

    @property
    def is_worked_on(self) -> bool:
        """Whether its turn has come, and it has not ended yet."""
        return self.phase in ("loading", "running", "stopping")

    @property
    def is_stopping(self) -> bool:
        """Whether it is to end before its end."""
        return self.phase == "stopping"

    @property
    def counts(self) -> Counter[str]:
        """How many answers have each status."""
        return Counter(answer.status for answer in self.answers)

    def read(self, name: str, data: bytes | None) -> None:
        """Take up a file's questions; from one that cannot be, only what is wrong with it. None is too much data."""
        try:
            questions = _questions(name, data)
        except TanyaError as error:
            self.problem = error
            return
        self.name, self.questions, self.answers, self.saved = name, questions, [], 0
        self.phase, self.shown, self.problem = "ready", None, None

    def begin(self) -> None:
        """Stand in line to be worked on, or to be taken up again."""
        if self.phase in ("ready", "stopped"):
            self.phase, self.problem = "in_line", None

    def stop(self) -> None:
        """Leave the line at once, or the work when the questions in hand are done."""
        if self.phase == "in_line":
            self.phase = "stopped"
        elif self.is_worked_on:
            self.phase = "stopping"

    def records(self) -> list[dict[str, Any]]:
        """Return the answers so far as the command line writes them."""
        return [
            {"id": question.id} | answer.to_record()
            for question, answer in zip(self.questions, self.answers, strict=False)
        ]


async def work_on(loader: Loader, batch: Batch, line: BatchLine, client: Client) -> AsyncIterator[None]:
    """Answer what is left of a batch that stands in line; yield whenever there is something else to show.

    It stops when its client has left.
    """
    if batch.phase != "in_line":
        return
    batch.phase = "loading"
    loading = asyncio.create_task(loader.assistant())
    watching = asyncio.create_task(_stop_when_left(batch, client))
    try:
        with line.place(client.address):
            if not loader.finished:
                yield
            if not batch.is_stopping:
                async for _ in _until(loading, batch):
                    yield
                    if batch.is_stopping:
                        break
            if not batch.is_stopping:
                batch.phase = "running"
                yield
                async for _ in _answer(await loading, batch, line):
                    yield
    except TanyaError as error:
        batch.problem = error
    except Exception:
        _log.exception("A batch could not be answered")
        batch.problem = broken()
    finally:
        loading.cancel()
        watching.cancel()
        batch.phase = "done" if len(batch.answers) == len(batch.questions) else "stopped"
    yield


async def _stop_when_left(batch: Batch, client: Client) -> None:
    await client.left()
    batch.problem = _problem("left")
    batch.stop()


def broken() -> TanyaError:
    """Return what is said of an error in the program itself."""
    return TanyaError(label("broken", "en"), indonesian=label("broken", "id"))


async def _answer(assistant: Asker, batch: Batch, line: BatchLine) -> AsyncIterator[None]:
    told = time.monotonic()
    while not batch.is_stopping and (left := batch.questions[len(batch.answers) :]):
        asking = line.work(partial(_ask, assistant, left[:AT_A_TIME]))
        answered = asyncio.wrap_future(asking)
        try:
            async for _ in _until(answered, batch):
                if batch.is_stopping and asking.cancel():  # its turn has not come yet
                    return
                yield
        finally:
            asking.cancel()
        batch.answers += answered.result()
        for answer in answered.result():
            note_answer(answer, "batch")
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            yield


def _ask(assistant: Asker, questions: Sequence[Question]) -> list[Answer]:
    return list(assistant.answers([q.text for q in questions], languages=[q.language for q in questions]))


async def _until(work: asyncio.Future[Any], batch: Batch) -> AsyncIterator[None]:
    """Wait for work to be done, yielding whenever meanwhile something else is asked of the batch."""
    asked = batch.phase, batch.shown
    while not work.done():
        await asyncio.wait([work], timeout=_LOOK_AGAIN)
        if asked != (batch.phase, batch.shown):
            asked = batch.phase, batch.shown
            yield


def _questions(name: str, data: bytes | None) -> list[Question]:
    if data is None:
        raise _problem("too_big", name=name)
    questions = parse_questions(name, data)
    if len(questions) > MAX_QUESTIONS:
        raise _problem("too_many", name=name, count=len(questions))
    return questions


def _problem(key: str, **values: object) -> TanyaError:
    return TanyaError(batch_label(key, "en", **values), indonesian=batch_label(key, "id", **values))
