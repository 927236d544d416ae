"""Guessing passwords: after a few failures from one address, or at one account, the next attempt has to wait.

Each failure doubles the wait, up to a limit. As time goes by, failures are forgiven one by one. A right password
forgives none, since others may share the address, as behind a proxy or in an office.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256

from page.door.limits import Latest, household

FREE = 5
"""Failures after which the next attempt has to wait: 2 seconds at first, then 4, 8, and so on."""

LONGEST_OF_ADDRESS = 600
"""Seconds that an address waits at most, and after which one failure is forgiven: some 150 guesses a day."""

LONGEST_OF_ACCOUNT = 60
"""Seconds that an account waits at most, and after which one failure is forgiven: some 1,440 guesses a day, from
however many addresses."""


class _Failures:
    """Counts failures by a key."""

    def __init__(self, longest: float, clock: Callable[[], float]) -> None:
        self._longest = longest
        self._clock = clock
        self._counts: Latest[str, tuple[float, float]] = Latest()  # how many, and as of when

    def wait(self, key: str) -> float:
        """Return the seconds until the next attempt is allowed, 0 for none."""
        failures, at = self._counts.get(key, (0, 0))
        stop = min(self._longest, 2 ** (failures - FREE + 1)) if failures >= FREE else 0
        return max(0, at + stop - self._clock())

    def add(self, key: str) -> None:
        now = self._clock()
        failures, at = self._counts.get(key, (0, now))
        self._counts[key] = (max(0, failures - (now - at) / self._longest) + 1, now)


class Guesses:
    """Counts failed attempts to sign in, by address and by account."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none. ``clock`` returns seconds, and never goes back."""
        self._from_addresses = _Failures(LONGEST_OF_ADDRESS, clock)
        self._at_accounts = _Failures(LONGEST_OF_ACCOUNT, clock)
        self._trusted: Latest[tuple[str, str], None] = Latest()

    def wait(self, address: str, name: str) -> float:
        """Return the seconds until an attempt from this address at this account is allowed, 0 for none.

        While strangers guess at an account, it stays open to addresses that have given its password before.
        """
        address, account = household(address), _account(name)
        at_account = 0 if (address, account) in self._trusted else self._at_accounts.wait(account)
        return max(self._from_addresses.wait(address), at_account)

    def count(self, address: str, name: str, *, was_right: bool) -> None:
        """Count an attempt."""
        address, account = household(address), _account(name)
        if was_right:
            self._trusted[address, account] = None
        else:
            self._from_addresses.add(address)
            self._at_accounts.add(account)


def _account(name: str) -> str:
    """Return the key of an account, whether it exists or not: of fixed length, however long the name is."""
    return sha256(name.strip().encode(errors="surrogatepass")).hexdigest()
