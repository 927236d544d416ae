"""The assistant, loaded in a thread of its own while the page is being served already."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import TYPE_CHECKING, NamedTuple

from corpus import Paper, TanyaError

if TYPE_CHECKING:
    from assistant import Assistant

_log = logging.getLogger(__name__)
_LOOK_AGAIN = 0.1
"""Seconds between two looks at whether the assistant is there."""


class Progress(NamedTuple):
    """How far loading has come; ``problem`` says in one line why it failed."""

    stage: str
    done: int = 0
    total: int = 0
    problem: str = ""


class Loader:
    """Loads the assistant for a paper; how far it has come may be read from any thread."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.progress = Progress("starting")
        self._assistant: Assistant | None = None

    @property
    def finished(self) -> bool:
        """Whether the assistant is there, or never will be."""
        return self.progress.stage in ("ready", "failed")

    def start(self) -> None:
        """Begin to load, and return at once."""
        threading.Thread(target=self._load, name="load-assistant", daemon=True).start()

    async def assistant(self) -> Assistant:
        """Wait for the assistant without holding a thread. Raises TanyaError if it could not be loaded."""
        while not self.finished:
            await asyncio.sleep(_LOOK_AGAIN)
        if self._assistant is None:
            raise TanyaError(self.progress.problem)
        return self._assistant

    def _load(self) -> None:
        try:
            from assistant import Assistant

            self._assistant = Assistant.load(self.paper, progress=self._report)
        except TanyaError as error:
            _log.error("%s", error)
            self.progress = Progress("failed", problem=str(error))
        except Exception as error:
            # Nobody waits for this thread: unless told, the page would say that it is loading forever.
            _log.exception("The assistant could not be loaded")
            self.progress = Progress("failed", problem=f"{type(error).__name__}: {error}")
        else:
            self.progress = Progress("ready")

    def _report(self, stage: str, done: int, total: int) -> None:
        self.progress = Progress(stage, done, total)
