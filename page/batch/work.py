"""Work that is done a step at a time, in turn with other work, and that can be stopped and resumed."""

from __future__ import annotations

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from assistant.asking import Asker
from corpus import TanyaError
from page.batch.work_queue import WorkQueue
from page.client import Client
from page.papers.loader import Loader
from page.ui_text import labelled_error

_SHOW_EVERY = 1.0
"""Seconds between two updates of what is shown."""

_LOOK_AGAIN = 0.1
"""Seconds between two looks at whether something else is to be shown."""

logger = logging.getLogger(__name__)

Phase = Literal["empty", "ready", "in_line", "loading", "running", "stopping", "stopped", "done"]

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


@dataclass(slots=True, eq=False)
class Work(ABC, Generic[_Asked, _Answer]):
    """Work that waits in the queue and is done a step at a time: the questions of a batch, or the papers of a table.

    It changes in place. While it runs, only `work_on` decides what is shown; others may request a change, as `stop`
    does. ``asked`` is None until it is known. ``saved`` is how many of the answers have been downloaded.
    """

    phase: Phase = "empty"
    saved: int = 0
    problem: TanyaError | None = None
    asked: Sequence[_Asked] | None = ()
    answers: list[_Answer] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many questions or papers are answered."""
        return len(self.answers)

    @property
    def total(self) -> int:
        """How many there are, as far as known."""
        return len(self.asked or ())

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to do."""
        return self.asked is not None and self.done == self.total

    @property
    def requested(self) -> tuple[object, ...]:
        """What others have requested while it runs. When this changes, there is something new to show."""
        return (self.phase,)

    @abstractmethod
    def step(self, assistant: Asker) -> Callable[[], None]:
        """Do a step, in the queue's thread. Return the function that stores the outcome, for the caller's thread.

        Raises TanyaError.
        """

    @property
    def is_under_way(self) -> bool:
        """Whether it waits for its turn, or is worked on."""
        return self.phase == "in_line" or self.is_running

    @property
    def is_running(self) -> bool:
        """Whether it has left the queue and has not ended yet."""
        return self.phase in ("loading", "running", "stopping")

    @property
    def is_stopping(self) -> bool:
        """Whether it ends after the step in hand."""
        return self.phase == "stopping"

    def begin(self) -> None:
        """Wait in the queue, for the first time or to be resumed."""
        if self.phase in ("ready", "stopped"):
            self.phase, self.problem = "in_line", None

    def stop(self) -> None:
        """Leave the queue at once; if it runs already, end after the step in hand."""
        if self.phase == "in_line":
            self.phase = "stopped"
        elif self.is_running:
            self.phase = "stopping"


async def work_on(loader: Loader, work: Work[Any, Any], queue: WorkQueue, client: Client) -> AsyncIterator[None]:
    """Do what is left of work that waits in the queue. Yield whenever there is something new to show.

    It stops when its client has left.
    """
    if work.phase != "in_line":
        return
    work.phase = "loading"
    loading = asyncio.create_task(loader.assistant())
    watching = asyncio.create_task(_stop_when_left(work, client))
    try:
        with queue.place(client.address):
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
                async for _ in _do(await loading, work, queue):
                    yield
    except TanyaError as error:
        work.problem = error
    except Exception:
        logger.exception("A batch or a table could not be worked on")
        work.problem = labelled_error("broken")
    finally:
        loading.cancel()
        watching.cancel()
        work.phase = "done" if work.is_whole else "stopped"
    yield


async def _stop_when_left(work: Work[Any, Any], client: Client) -> None:
    await client.left()
    work.problem = labelled_error("batch_left")
    work.stop()


async def _do(assistant: Asker, work: Work[Any, Any], queue: WorkQueue) -> AsyncIterator[None]:
    shown_at = time.monotonic()
    while not (work.is_stopping or work.is_whole):
        step = queue.worker.submit(work.step, assistant)
        done = asyncio.wrap_future(step)
        try:
            async for _ in _until(done, work):
                if work.is_stopping and step.cancel():  # the step has not begun yet
                    return
                yield
        finally:
            step.cancel()
        store = done.result()
        store()
        if time.monotonic() - shown_at >= _SHOW_EVERY:
            shown_at = time.monotonic()
            yield


async def _until(awaited: asyncio.Future[Any], work: Work[Any, Any]) -> AsyncIterator[None]:
    """Wait for a future. Yield whenever something else is requested of the work meanwhile."""
    requested = work.requested
    while not awaited.done():
        await asyncio.wait([awaited], timeout=_LOOK_AGAIN)
        if requested != work.requested:
            requested = work.requested
            yield
