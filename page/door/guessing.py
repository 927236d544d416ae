"""Guessing passwords: after a few failures, from one address or at one account, the next attempt has to wait.

Each failure doubles the wait, up to a longest one, and as time goes by failures are forgiven one by one. A right
password forgives none: it says nothing of who else is behind that address, such as a proxy's, or an office's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from page.door.limits import Latest, household

FREE = 5
"""Failures after which the next attempt has to wait: 2 seconds at first, then 4, 8, and so on."""

LONGEST_OF_ADDRESS = 600
"""Seconds that an address waits at most, and in which one of its failures is forgiven: some 150 guesses a day."""

LONGEST_OF_ACCOUNT = 60
"""Seconds that an account waits at most, and in which one failure at it is forgiven: some 1,440 guesses a day, however
many addresses they come from."""


class _Count(NamedTuple):
    failures: float
    at: float


class _Failures:
    """Counts failures by a key."""

    def __init__(self, longest: float, clock: Callable[[], float]) -> None:
        self._longest = longest
        self._clock = clock
        self._counts: Latest[str, _Count] = Latest()

    def __len__(self) -> int:
        return len(self._counts)

    def wait(self, key: str) -> float:
        """Return in how many seconds the next attempt may be made, 0 if it may be now."""
        failures, at = self._counts.get(key, _Count(0, 0))
        stop = min(self._longest, 2 ** (failures - FREE + 1)) if failures >= FREE else 0
        return max(0, at + stop - self._clock())

    def add(self, key: str) -> None:
        now = self._clock()
        failures, at = self._counts.get(key, _Count(0, now))
        self._counts[key] = _Count(max(0, failures - (now - at) / self._longest) + 1, now)


class Guesses:
    """Counts failed attempts to sign in, by the address they come from and by the account they are at."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; ``clock`` tells seconds, and never goes back."""
        self._from_addresses = _Failures(LONGEST_OF_ADDRESS, clock)
        self._at_accounts = _Failures(LONGEST_OF_ACCOUNT, clock)
        self._at_home: Latest[tuple[str, str], None] = Latest()

    def __len__(self) -> int:
        """Return how many addresses and accounts are remembered."""
        return len(self._from_addresses) + len(self._at_accounts) + len(self._at_home)

    def wait(self, address: str, name: str) -> float:
        """Return in how many seconds an attempt may be made from there at this account, 0 if it may be now.

        An account that strangers guess at stays open to addresses from which its password was given before.
        """
        address, account = household(address), _account(name)
        at_account = 0 if (address, account) in self._at_home else self._at_accounts.wait(account)
        return max(self._from_addresses.wait(address), at_account)

    def note(self, address: str, name: str, *, was_right: bool) -> None:
        """Count an attempt that was made."""
        address, account = household(address), _account(name)
        if was_right:
            self._at_home[address, account] = None
        else:
            self._from_addresses.add(address)
            self._at_accounts.add(account)


def _account(name: str) -> str:
    """Return what stands for an account, whether there is one or not, and however long its name is."""
    return sha256(name.strip().encode(errors="surrogatepass")).hexdigest()
