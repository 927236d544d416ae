"""The line in which batches are worked on: a few questions of one, then a few of the next, and so on in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from corpus import TanyaError
from page.door.limits import household
from page.ui_text import label

MOST_OF_ONE = 4
"""Batches of one address that are worked on or wait."""

MOST = 16
"""Batches of all addresses together; each holds one of the 40 places that Gradio has for all events."""

_T = TypeVar("_T")


class WorkQueue:
    """Places for batches, and the one worker that they share."""

    def __init__(self, *, most_of_one: int = MOST_OF_ONE, most: int = MOST) -> None:
        self._most_of_one = most_of_one
        self._most = most
        self._places: Counter[str] = Counter()
        self._worker = ThreadPoolExecutor(1, "batch")

    @contextmanager
    def place(self, address: str) -> Iterator[None]:
        """Hold a place for a batch of an address. Raises TanyaError where it, or all together, have too many."""
        client = household(address)
        if self._places[client] >= self._most_of_one:
            raise _full("full_of_one", self._most_of_one)
        if self._places.total() >= self._most:
            raise _full("full", self._most)
        self._places[client] += 1
        try:
            yield
        finally:
            self._places[client] -= 1
            self._places += Counter()  # which forgets who has none

    def work(self, step: Callable[[], _T]) -> Future[_T]:
        """Do a step of a batch's work after those that wait: whoever gives one at a time takes turns with the others.

        A step that has not begun can be cancelled.
        """
        return self._worker.submit(step)


def _full(key: str, most: int) -> TanyaError:
    return TanyaError(label(f"batch_{key}", "en", most=most), indonesian=label(f"batch_{key}", "id", most=most))
