"""The queue that all batches and tables share: each does one step, then waits for its next turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from page.door.limits import household
from page.ui_text import labelled_error

MOST_OF_ONE = 4
"""Batches and tables of one address that run or wait."""

MOST = 16
"""Batches and tables of all addresses together; each holds one of the 40 places that Gradio has for all events."""


class WorkQueue:
    """Places for batches and tables, and ``worker``, the one thread that they share.

    Work takes turns with the rest as long as it submits one step at a time.
    """

    def __init__(self, *, most_of_one: int = MOST_OF_ONE, most: int = MOST) -> None:
        self._most_of_one = most_of_one
        self._most = most
        self._places: Counter[str] = Counter()
        self.worker = ThreadPoolExecutor(1, "batch")

    @contextmanager
    def place(self, address: str) -> Iterator[None]:
        """Hold a place for work of an address. Raises TanyaError if the address, or all together, have too many."""
        client = household(address)
        if self._places[client] >= self._most_of_one:
            raise labelled_error("batch_full_of_one", most=self._most_of_one)
        if self._places.total() >= self._most:
            raise labelled_error("batch_full", most=self._most)
        self._places[client] += 1
        try:
            yield
        finally:
            self._places[client] -= 1
            self._places += Counter()  # drops the addresses that hold no place any more
