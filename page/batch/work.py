"""Work that is done a step at a time, in turn with other work, and that can be stopped and resumed."""

from __future__ import annotations

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from corpus import TanyaError
from page.batch.work_queue import WorkQueue
from page.papers.loader import Loader
from page.ui_text import labelled_error

if TYPE_CHECKING:
    from assistant.asking import Asker
    from page.client import Client

_SHOW_EVERY = 1.0
"""Seconds between two updates of what is shown."""

_LOOK_AGAIN = 0.1
"""Seconds between two looks at whether something else is to be shown."""

_log = logging.getLogger(__name__)

Phase = Literal["empty", "ready", "in_line", "loading", "running", "stopping", "stopped", "done"]


@dataclass(slots=True, eq=False)
class Work(ABC):
    """Work that waits in the queue and is done a step at a time.

    It changes in place. While it runs, only `work_on` decides what is shown; others may request a change, as `stop`
    does. ``saved`` is how many of its pieces have been downloaded.
    """

    phase: Phase = "empty"
    saved: int = 0
    problem: TanyaError | None = None

    @property
    @abstractmethod
    def done(self) -> int:
        """How many pieces are done."""

    @property
    @abstractmethod
    def total(self) -> int:
        """How many pieces there are, as far as known."""

    @property
    @abstractmethod
    def is_whole(self) -> bool:
        """Whether nothing is left to do."""

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


async def work_on(loader: Loader, work: Work, queue: WorkQueue, client: Client) -> AsyncIterator[None]:
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
        _log.exception("A batch or a table could not be worked on")
        work.problem = labelled_error("broken")
    finally:
        loading.cancel()
        watching.cancel()
        work.phase = "done" if work.is_whole else "stopped"
    yield


async def _stop_when_left(work: Work, client: Client) -> None:
    await client.left()
    work.problem = labelled_error("batch_left")
    work.stop()


async def _do(assistant: Asker, work: Work, queue: WorkQueue) -> AsyncIterator[None]:
    shown_at = time.monotonic()
    while not (work.is_stopping or work.is_whole):
        step = queue.submit(partial(work.step, assistant))
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


async def _until(awaited: asyncio.Future[Any], work: Work) -> AsyncIterator[None]:
    """Wait for a future. Yield whenever something else is requested of the work meanwhile."""
    requested = work.requested
    while not awaited.done():
        await asyncio.wait([awaited], timeout=_LOOK_AGAIN)
        if requested != work.requested:
            requested = work.requested
            yield
