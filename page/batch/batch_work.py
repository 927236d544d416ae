"""Work that the page does a little at a time, and that is stopped and resumed at will; a file of questions is some."""

from __future__ import annotations

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from assistant import Answer
from assistant.answer import Status
from assistant.batch import Question, parse_questions
from corpus import TanyaError
from page.batch.work_queue import WorkQueue
from page.logs import note_answer
from page.papers.loader import Loader
from page.ui_text import label

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
class Work(ABC):
    """What stands in line, and is done a step at a time.

    It changes in place. While it is worked on, that alone tells what is to be shown; all else may only ask for it, as
    by `stop`. ``saved`` is how much of what is done was taken away.
    """

    phase: Phase = "empty"
    saved: int = 0
    problem: TanyaError | None = None

    @property
    @abstractmethod
    def done(self) -> int:
        """How many of its pieces are done."""

    @property
    @abstractmethod
    def total(self) -> int:
        """How many pieces it has, as far as known."""

    @property
    @abstractmethod
    def is_whole(self) -> bool:
        """Whether there is nothing left to do."""

    @property
    def asked_for(self) -> tuple[object, ...]:
        """What is asked of it while it is worked on; where that changes, there is something else to show."""
        return (self.phase,)

    @abstractmethod
    def step(self, assistant: Asker) -> Callable[[], None]:
        """Do a step, in the line's thread, and return what takes up the outcome, in the caller's. Raises TanyaError."""

    @property
    def is_worked_on(self) -> bool:
        """Whether its turn has come, and it has not ended yet."""
        return self.phase in ("loading", "running", "stopping")

    @property
    def is_stopping(self) -> bool:
        """Whether it is to end before its end."""
        return self.phase == "stopping"

    def begin(self) -> None:
        """Stand in line to be worked on, or to be taken up again."""
        if self.phase in ("ready", "stopped"):
            self.phase, self.problem = "in_line", None

    def stop(self) -> None:
        """Leave the line at once, or the work when the step in hand is done."""
        if self.phase == "in_line":
            self.phase = "stopped"
        elif self.is_worked_on:
            self.phase = "stopping"


@dataclass(slots=True, eq=False)
class Batch(Work):
    """The questions of a file, and the answers to the first of them.

    ``shown`` is the status of the answers that are shown (None: all questions).
    """

    name: str = ""
    questions: Sequence[Question] = ()
    answers: list[Answer] = field(default_factory=list)
    shown: Status | None = None

    @property
    def done(self) -> int:
        """How many questions are answered."""
        return len(self.answers)

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.questions)

    @property
    def is_whole(self) -> bool:
        """Whether all questions are answered."""
        return self.done == self.total

    @property
    def asked_for(self) -> tuple[object, ...]:
        """What is asked of it: to be stopped, or to show others."""
        return (self.phase, self.shown)

    @property
    def counts(self) -> Counter[str]:
        """How many answers have each status."""
        return Counter(answer.status for answer in self.answers)

    def step(self, assistant: Asker) -> Callable[[], None]:
        """Answer the next `AT_A_TIME` questions."""
        some = self.questions[len(self.answers) :][:AT_A_TIME]
        answers = list(assistant.answers([q.text for q in some], languages=[q.language for q in some]))

        def take_up() -> None:
            self.answers += answers
            for answer in answers:
                note_answer(answer, "batch")

        return take_up

    def read(self, name: str, data: bytes | None) -> None:
        """Take up a file's questions; from one that cannot be, only what is wrong with it. None is too much data."""
        try:
            questions = _questions(name, data)
        except TanyaError as error:
            self.problem = error
            return
        self.name, self.questions, self.answers, self.saved = name, questions, [], 0
        self.phase, self.shown, self.problem = "ready", None, None

    def records(self) -> list[dict[str, Any]]:
        """Return the answers so far as the command line writes them."""
        return [
            {"id": question.id} | answer.to_record()
            for question, answer in zip(self.questions, self.answers, strict=False)
        ]


async def work_on(loader: Loader, work: Work, line: WorkQueue, client: Client) -> AsyncIterator[None]:
    """Do what is left of a work that stands in line; yield whenever there is something else to show.

    It stops when its client has left.
    """
    if work.phase != "in_line":
        return
    work.phase = "loading"
    loading = asyncio.create_task(loader.assistant())
    watching = asyncio.create_task(_stop_when_left(work, client))
    try:
        with line.place(client.address):
            if not loader.finished:
                yield
            if not work.is_stopping:
                async for _ in _until(loading, work):
                    yield
                    if work.is_stopping:
                        break
            if not work.is_stopping:
                work.phase = "running"
                yield
                async for _ in _do(await loading, work, line):
                    yield
    except TanyaError as error:
        work.problem = error
    except Exception:
        _log.exception("A batch or a table could not be worked on")
        work.problem = broken()
    finally:
        loading.cancel()
        watching.cancel()
        work.phase = "done" if work.is_whole else "stopped"
    yield


async def _stop_when_left(work: Work, client: Client) -> None:
    await client.left()
    work.problem = _problem("left")
    work.stop()


def broken() -> TanyaError:
    """Return what is said of an error in the program itself."""
    return TanyaError(label("broken", "en"), indonesian=label("broken", "id"))


async def _do(assistant: Asker, work: Work, line: WorkQueue) -> AsyncIterator[None]:
    told = time.monotonic()
    while not (work.is_stopping or work.is_whole):
        doing = line.work(partial(work.step, assistant))
        done = asyncio.wrap_future(doing)
        try:
            async for _ in _until(done, work):
                if work.is_stopping and doing.cancel():  # its turn has not come yet
                    return
                yield
        finally:
            doing.cancel()
        done.result()()
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            yield


async def _until(waited_for: asyncio.Future[Any], work: Work) -> AsyncIterator[None]:
    """Wait for something, yielding whenever meanwhile something else is asked of the work."""
    asked = work.asked_for
    while not waited_for.done():
        await asyncio.wait([waited_for], timeout=_LOOK_AGAIN)
        if asked != work.asked_for:
            asked = work.asked_for
            yield


def _questions(name: str, data: bytes | None) -> list[Question]:
    if data is None:
        raise _problem("too_big", name=name)
    questions = parse_questions(name, data)
    if len(questions) > MAX_QUESTIONS:
        raise _problem("too_many", name=name, count=len(questions))
    return questions


def _problem(key: str, **values: object) -> TanyaError:
    return TanyaError(label(f"batch_{key}", "en", **values), indonesian=label(f"batch_{key}", "id", **values))
