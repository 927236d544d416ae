"""Times pieces of work under the same load."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")


def seconds_of(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turn(ways: Sequence[Callable[[Item], object]], items: Iterable[Item]) -> list[list[float]]:
    """Return how many seconds each way takes with each item.

    The ways take turns, so that what else the machine does falls on all alike; the first of them changes.
    """
    times: list[list[float]] = [[] for _ in ways]
    for turn, item in enumerate(items):
        for way in np.roll(range(len(ways)), turn):
            times[way].append(seconds_of(partial(ways[way], item)))
    return times
