"""Loads an assistant in a thread, while the page is served already."""

from __future__ import annotations

import asyncio
import atexit
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from copy import copy
from typing import Any, NamedTuple

from assistant import Assistant, LibraryAssistant
from assistant.assistant import Report
from assistant.first_look import FirstLook
from corpus import Language, TanyaError
from page.folders import for_everyone
from page.logs import log_event
from page.papers.document import Document

logger = logging.getLogger(__name__)
_LOOK_AGAIN = 0.1
"""Seconds between two looks at the progress."""


class LoadingProgress(NamedTuple):
    """The progress of loading. ``problem`` is why it failed, if it did."""

    stage: str
    done: int = 0
    total: int = 0
    problem: TanyaError | None = None

    def in_language(self, language: Language) -> str:
        """Return the problem in a language, "" if there is none."""
        return self.problem.in_language(language) if self.problem else ""


_CANCELLED = LoadingProgress("failed", problem=TanyaError("Cancelled.", indonesian="Dibatalkan."))


_running: dict[Loader, threading.Thread] = {}
"""The loaders that are at work, with their threads."""


@atexit.register
def _end() -> None:
    """End all loading in order. Otherwise, a process that ends while a model is being opened is aborted."""
    for loader, thread in list(_running.items()):
        loader.give_up()
        thread.join()


class _GivenUpError(Exception):
    """Nobody waits for the assistant any more."""


class Loader:
    """Loads the assistant for a document. Any thread may read ``progress``.

    ``first_look`` answers meanwhile from a part of the document, if it can be asked already.
    """

    def __init__(
        self, document: Document, load: Callable[[Report], Assistant | LibraryAssistant] | None = None
    ) -> None:
        """Load with ``load``; by default, load the assistant of this paper, whose index is kept on disk."""
        self.document = document
        self.progress = LoadingProgress("starting")
        self.first_look: FirstLook | None = None
        self._load = load or (lambda report: Assistant.load(document.paper, progress=report))
        self._assistant: Assistant | LibraryAssistant | None = None
        self._given_up = False

    @property
    def finished(self) -> bool:
        """Whether loading has ended, well or not."""
        return self.progress.stage in ("ready", "failed")

    def start(self) -> None:
        """Start loading, and return at once."""
        _running[self] = threading.Thread(target=self._run, name="load-assistant", daemon=True)
        _running[self].start()

    def give_up(self) -> None:
        """End loading at its next step. Whoever waits for the assistant gets an error at once."""
        self._given_up = True
        if not self.finished:
            self.progress = _CANCELLED

    @property
    def ready(self) -> Assistant | LibraryAssistant:
        """The assistant. Raises TanyaError while it is being loaded, or if that failed."""
        if self._assistant is None:
            # A copy: the traceback of the problem itself would grow each time, and keep what its frames hold.
            raise copy(self.progress.problem or TanyaError(self.progress.stage))
        return self._assistant

    async def assistant(self) -> Assistant | LibraryAssistant:
        """Wait for the assistant without blocking a thread. Raises TanyaError if it could not be loaded."""
        while not self.finished:
            await asyncio.sleep(_LOOK_AGAIN)
        return self.ready

    async def renew(self, renewed: Callable[[Any], Assistant | LibraryAssistant]) -> None:
        """Replace the assistant by ``renewed(assistant)``, which runs in a thread. Until then the former one answers.

        Raises TanyaError.
        """
        self._assistant = await asyncio.to_thread(renewed, self.ready)

    async def watch(self) -> AsyncIterator[LoadingProgress]:
        """Yield the progress whenever it changes, until loading has ended."""
        seen = None
        while seen is None or seen.stage not in ("ready", "failed"):
            if seen != self.progress:
                seen = self.progress
                yield seen
            await asyncio.sleep(_LOOK_AGAIN)

    def _run(self) -> None:
        began = time.perf_counter()
        try:
            self._assistant = self._load(self._report)
        except _GivenUpError:
            self.progress = _CANCELLED
        except TanyaError as error:
            logger.error("%s", error)
            self._fail(error)
        except Exception as error:
            # Nobody waits for this thread: without this, the page would show forever that it is loading.
            problem = TanyaError(f"{type(error).__name__}: {error}")
            logger.exception("The assistant could not be loaded: %s", problem)
            self._fail(problem)
        else:
            log_event(
                "ready", seconds=round(time.perf_counter() - began, 3), sentences=len(self.document.paper.sentences)
            )
            self.progress = LoadingProgress("ready")
        finally:
            _running.pop(self, None)

    def _fail(self, problem: TanyaError) -> None:
        log_event("failed", problem=str(problem))
        self.progress = LoadingProgress("failed", problem=for_everyone(problem))

    def _report(self, stage: str, done: int, total: int) -> None:
        self.progress = LoadingProgress(stage, done, total)
        if self._given_up:  # looked at last: another thread may have given up just now
            raise _GivenUpError
