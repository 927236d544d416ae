"""Waiting for what another thread, process or page does meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

SECONDS = 30


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until a condition holds; fail after 30 seconds."""
    give_up = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > give_up:
            pytest.fail(f"it did not hold within {SECONDS} seconds")
        time.sleep(0.01)


def wait_for(found: Callable[[], object], expected: object) -> None:
    """Wait until a value is the expected one; after 30 seconds fail, with both.

    A value may change again at once, so it is not asked for once more after it was the expected one.
    """
    give_up = time.monotonic() + SECONDS
    while (value := found()) != expected and time.monotonic() < give_up:
        time.sleep(0.01)
    assert value == expected
