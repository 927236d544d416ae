"""The papers that visitors have opened, each for one session only, within limits of number, bytes and time.

Closing the page closes the paper. A program that asks by HTTP may never say that it has left, so there are limits as
well: to make room for a new paper, the one that was idle for longest is closed; a paper that stays idle is closed, too.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from corpus import TanyaError
from page.door.limits import Latest
from page.papers.loader import Loader
from page.ui_text import labelled_error

MOST_PAPERS = 40
"""Papers that are open at the same time, in all sessions together."""

MOST_BYTES = 1_000_000_000
"""Bytes that they hold together, as `Desk.held` estimates. A paper that holds more by itself is open alone."""

IDLE = 3600.0
"""Seconds after which an idle paper is closed."""

_LOOK_EVERY = 60.0
"""Seconds between two looks for idle papers."""

# Measured on a text of 2.5 MB with 18,900 sentences: the paper held 56 MB, its catalogue 26 MB, its index 108 MB. Half
# of the index are the vectors (two of 384 floats for each sentence). Shorter sentences hold less each.
_BYTES_OF_CHARACTER = 4
_BYTES_OF_SENTENCE = 2_500
_BYTES_OF_INDEXED_SENTENCE = 7_000


@dataclass(eq=False, slots=True)
class Desk:
    """A session's papers: the one that is open, the file that is being read, and the problem of the last file."""

    loader: Loader | None = None
    reading: Path | None = None
    problem: TanyaError | None = None
    is_prepared: bool = False
    asking: int = 0
    size: int = 0
    used: float = 0.0

    @property
    def held(self) -> int:
        """The estimated bytes of its paper: the file, the text with its parts and, once prepared, the index."""
        if self.loader is None:
            return 0
        paper = self.loader.document.paper
        bytes_of_sentence = _BYTES_OF_SENTENCE + _BYTES_OF_INDEXED_SENTENCE * self.is_prepared
        return self.size + _BYTES_OF_CHARACTER * len(paper.text) + bytes_of_sentence * len(paper.sentences)

    @property
    def is_idle(self) -> bool:
        """Whether no file is being read, and its paper is neither being prepared nor asked.

        A question that still waits for its paper does not count.
        """
        is_at_work = self.loader and (self.asking if self.loader.finished else self.is_prepared)
        return not (self.reading or is_at_work)

    def _open(self, loader: Loader | None, size: int = 0) -> None:
        former, self.loader, self.size = self.loader, loader, size
        self.reading, self.problem, self.is_prepared = None, None, False
        if former:
            former.give_up()
            former.document.close()


@dataclass(eq=False, kw_only=True)
class Desks:
    """The desks of all sessions. They change in the page's event loop only; any thread may call `loader`.

    ``clock`` returns seconds, and never goes back. ``closed`` says, for the latest sessions whose paper was closed to
    keep within the limits, why it was closed and what to do.
    """

    most_papers: int = MOST_PAPERS
    most_bytes: int = MOST_BYTES
    idle: float = IDLE
    clock: Callable[[], float] = time.monotonic
    closed: Latest[str, TanyaError] = field(default_factory=Latest, init=False)
    _desks: dict[str, Desk] = field(default_factory=dict, init=False)

    def __len__(self) -> int:
        """Return how many sessions have a desk."""
        return len(self._desks)

    def find(self, session: str) -> Desk | None:
        """Return a session's desk, None if it has none. This counts as use of the desk."""
        desk = self._desks.get(session)
        if desk:
            desk.used = self.clock()
        return desk

    def at(self, session: str) -> Desk:
        """Return a session's desk; make an empty one if it has none."""
        desk = self._desks.setdefault(session, Desk())
        desk.used = self.clock()
        return desk

    def loader(self, session: str) -> Loader:
        """Return the loader of the paper that a session has open.

        Raises TanyaError if there is none; the message says so if it was closed to keep within the limits.
        """
        desk = self.find(session)
        if desk and desk.loader:
            return desk.loader
        # A copy: the traceback of the error itself would keep what its frames hold, such as conversations.
        raise copy(self.closed.get(session) or labelled_error("own_lost"))

    def open(self, session: str, loader: Loader, size: int) -> None:
        """Open a paper, whose file has ``size`` bytes, in place of the one that the session had open.

        The papers that were idle for longest are closed to make room. Raises TanyaError if too many are in use.
        """
        if not self._make_room(session, Desk(loader, size=size).held):
            raise labelled_error("own_full", name=loader.document.paper.name)
        self.at(session)._open(loader, size)
        self.closed.pop(session, None)

    def prepare(self, session: str) -> bool:
        """Make room for the index of a session's paper. Return whether there is room, or too many others are in use."""
        desk = self._desks[session]
        desk.is_prepared = True
        desk.is_prepared = self._make_room(session, desk.held)
        return desk.is_prepared

    @contextmanager
    def in_use(self, session: str) -> Iterator[None]:
        """Keep a session's paper open while it answers."""
        desk = self._desks.get(session, Desk())  # without one, there is nothing to keep open
        desk.asking += 1
        try:
            yield
        finally:
            desk.asking -= 1
            desk.used = self.clock()

    def remove_if_empty(self, session: str) -> None:
        """Remove a session's desk if it is empty."""
        desk = self._desks.get(session)
        if desk and desk.loader is None and desk.reading is None:
            del self._desks[session]

    def close(self, session: str) -> None:
        """Close a session's paper and remove its desk."""
        self.closed.pop(session, None)
        desk = self._desks.pop(session, None)
        if desk:
            desk._open(None)

    def close_idle(self) -> None:
        """Close the papers that were idle for too long."""
        longest = self.clock() - self.idle
        for session in [s for s, desk in self._desks.items() if desk.is_idle and desk.used <= longest]:
            self._free(session, "own_idle", minutes=math.ceil(self.idle / 60))

    async def keep_tidy(self) -> None:
        """Close idle papers at intervals, until no desk is left."""
        while self._desks:
            await asyncio.sleep(min(_LOOK_EVERY, self.idle))
            self.close_idle()

    def _make_room(self, session: str, held: int) -> bool:
        """Close papers of other sessions until this one can hold so many bytes; return whether it can.

        The paper that was idle for longest is closed first. Nothing is closed if it would not suffice.
        """
        others = {s: desk for s, desk in self._desks.items() if s != session and desk.loader}
        idle = sorted((s for s, desk in others.items() if desk.is_idle), key=lambda s: others[s].used)
        for closed in range(len(idle) + 1):
            stay = [desk for s, desk in others.items() if s not in idle[:closed]]
            bytes_held = held + sum(desk.held for desk in stay)
            if not stay or (len(stay) < self.most_papers and bytes_held <= self.most_bytes):
                for closing in idle[:closed]:
                    self._free(closing, "own_made_room")
                return True
        return False

    def _free(self, session: str, why: str, **values: object) -> None:
        self.close(session)
        self.closed[session] = labelled_error(why, TanyaError, **values)
