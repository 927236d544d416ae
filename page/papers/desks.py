"""The papers of one's own that are open, each its session's alone: how many, how many bytes, and for how long.

Whoever closes the page closes the paper. A program that asks by HTTP may never say that it has left, so what is held is
bounded as well: for a new paper the one that was not used for longest makes room, and one that nobody uses is closed.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus import TanyaError
from page.papers.loader import Loader
from page.ui_text import label

MOST_PAPERS = 40
"""Papers that are open at the same time, over all sessions."""

MOST_BYTES = 1_000_000_000
"""Bytes that they hold, as `Desk.held` estimates; a paper that alone holds more is open alone."""

IDLE = 3600.0
"""Seconds after which a paper that nobody uses is closed."""

_LOOK_EVERY = 60.0
"""Seconds between two looks for such papers."""

# Measured on a text of 2.5 MB with 18,900 sentences: read, it held 56 MB; its index 108 MB more, of which the vectors
# (two of 384 floats for each sentence) are half; what can be looked up in it 26 MB. Shorter sentences hold less each.
_OF_CHARACTER = 4
_OF_SENTENCE = 2_500
_OF_PREPARED_SENTENCE = 7_000

_REMEMBERED = 1_000
"""Sessions of which it is remembered why they have no paper any more, the latest."""


class ClosedError(TanyaError):
    """A session's paper was closed although nobody had asked for that; it says why, and what to do."""


@dataclass(eq=False, slots=True)
class Desk:
    """What a session has: the paper that is open, the file that is being read, what was wrong with the last one."""

    loader: Loader | None = None
    reading: Path | None = None
    problem: TanyaError | None = None
    is_prepared: bool = False
    asking: int = 0
    size: int = 0
    used: float = 0.0

    @property
    def held(self) -> int:
        """About how many bytes its paper takes: the file, the text and its parts and, if prepared, the index."""
        if self.loader is None:
            return 0
        paper = self.loader.document.paper
        of_sentence = _OF_SENTENCE + _OF_PREPARED_SENTENCE * self.is_prepared
        return self.size + _OF_CHARACTER * len(paper.text) + of_sentence * len(paper.sentences)

    @property
    def is_in_use(self) -> bool:
        """Whether its paper is being prepared or answers right now; a question may wait long, and does not count."""
        if self.loader is None:
            return False
        return self.asking > 0 if self.loader.finished else self.is_prepared

    def _open(self, loader: Loader | None, size: int = 0) -> None:
        former, self.loader, self.size = self.loader, loader, size
        self.reading, self.problem, self.is_prepared = None, None, False
        if former:
            former.give_up()
            former.document.close()


class Desks:
    """The desks of all sessions. They change in the page's event loop only; `loader` may be asked for in any thread."""

    def __init__(
        self,
        *,
        most_papers: int = MOST_PAPERS,
        most_bytes: int = MOST_BYTES,
        idle: float = IDLE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Hold so much and no more; ``clock`` tells seconds, and never goes back."""
        self._most_papers = most_papers
        self._most_bytes = most_bytes
        self._idle = idle
        self._clock = clock
        self._desks: dict[str, Desk] = {}
        self._closed: OrderedDict[str, ClosedError] = OrderedDict()

    def __len__(self) -> int:
        """Return how many sessions have a desk."""
        return len(self._desks)

    @property
    def held(self) -> int:
        """About how many bytes all open papers take."""
        return sum(desk.held for desk in self._desks.values())

    def find(self, session: str) -> Desk | None:
        """Return a session's desk, if it has one; to look for it is to use it."""
        desk = self._desks.get(session)
        if desk:
            desk.used = self._clock()
        return desk

    def at(self, session: str) -> Desk:
        """Return a session's desk, an empty one if it had none."""
        desk = self._desks.setdefault(session, Desk())
        desk.used = self._clock()
        return desk

    def loader(self, session: str) -> Loader:
        """Return what loads the paper that a session has open.

        Raises ClosedError where it was closed to bound what is held, TanyaError where there is none for another reason.
        """
        desk = self.find(session)
        if desk and desk.loader:
            return desk.loader
        english, indonesian = _told("own_lost")
        raise self._closed.get(session) or TanyaError(english, indonesian=indonesian)

    def open(self, session: str, loader: Loader, size: int) -> None:
        """Open a paper, of a file of ``size`` bytes, in place of what the session had open.

        Others that were not used for longest are closed to make room. Raises TanyaError where all are in use.
        """
        new = Desk(loader, size=size)
        if not self._make_room(session, new.held):
            english, indonesian = _told("own_full", name=loader.document.paper.name)
            raise TanyaError(english, indonesian=indonesian)
        self.at(session)._open(loader, size)
        self._closed.pop(session, None)

    def prepare(self, session: str) -> bool:
        """Make room for the index of a session's paper, and return whether there is; if not, others are in use."""
        desk = self._desks[session]
        desk.is_prepared = True
        desk.is_prepared = self._make_room(session, desk.held)
        return desk.is_prepared

    @contextmanager
    def in_use(self, session: str) -> Iterator[None]:
        """Keep a session's paper open while it is asked."""
        desk = self._desks.get(session)
        if desk is None:
            yield
            return
        desk.asking += 1
        try:
            yield
        finally:
            desk.asking -= 1
            desk.used = self._clock()

    def put_away(self, session: str) -> None:
        """Take a session's desk away if nothing is on it any more."""
        desk = self._desks.get(session)
        if desk and desk.loader is None and desk.reading is None:
            del self._desks[session]

    def close(self, session: str) -> None:
        """Take a session's desk away, and forget it."""
        self._closed.pop(session, None)
        desk = self._desks.pop(session, None)
        if desk:
            desk._open(None)

    def close_idle(self) -> None:
        """Close the papers that were not used for so long."""
        longest = self._clock() - self._idle
        for session in [s for s, desk in self._desks.items() if _can_go(desk) and desk.used <= longest]:
            self._free(session, "own_idle", minutes=math.ceil(self._idle / 60))

    async def keep_tidy(self) -> None:
        """Close what is idle, now and then, for as long as there is anything."""
        while self._desks:
            await asyncio.sleep(min(_LOOK_EVERY, self._idle))
            self.close_idle()

    def _make_room(self, session: str, held: int) -> bool:
        """Close others, the longest idle first, until a session can hold so many bytes; return whether it can."""
        others = {s: desk for s, desk in self._desks.items() if s != session and desk.loader}
        idle = sorted((s for s, desk in others.items() if _can_go(desk)), key=lambda s: others[s].used)
        going: list[str] = []
        left, bytes_left = len(others), sum(desk.held for desk in others.values())
        while left and (left >= self._most_papers or bytes_left + held > self._most_bytes):
            if len(going) == len(idle):
                return False
            going.append(idle[len(going)])
            left, bytes_left = left - 1, bytes_left - others[going[-1]].held
        for other in going:
            self._free(other, "own_made_room")
        return True

    def _free(self, session: str, why: str, **values: object) -> None:
        self.close(session)
        english, indonesian = _told(why, **values)
        self._closed[session] = ClosedError(english, indonesian=indonesian)
        if len(self._closed) > _REMEMBERED:
            self._closed.popitem(last=False)


def _can_go(desk: Desk) -> bool:
    return desk.reading is None and not desk.is_in_use


def _told(key: str, **values: object) -> tuple[str, str]:
    """Return one of the page's lines in English and in Indonesian."""
    return label(key, "en", **values), label(key, "id", **values)
