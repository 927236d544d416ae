"""How many requests one address may send, and how large a request may be."""

from __future__ import annotations

import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv6Network
from typing import TypeVar

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope

from page.door.guard import Guard, refuse
from page.door.open_paths import API
from page.page_language import preferred_language
from page.ui_text import label

RATE = 600
"""Requests of one address that are answered in a minute: an office of twenty with a click each every other second, or
a program that asks ten questions a second."""

MAX_UPLOAD = 32_000_000
"""Bytes of an upload. The page accepts less, so that it can itself explain why a file is a little too large."""

MAX_BODY = 4_000_000
"""Bytes of any other request: a batch of 2,000 questions of 1,000 characters, or all conversations a browser keeps."""

REMEMBERED = 10_000
"""Addresses that are remembered, the latest ones, so that memory stays bounded."""

_COSTS = re.compile(rf"/login/?|{API}/(queue/join|upload)/?|{API}/(call|mcp)(/.*)?")
"""The paths whose POST requests are counted: those that make the program work, and attempts to sign in."""


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Latest(OrderedDict[_Key, _Value]):
    """A dictionary that keeps the latest `REMEMBERED` entries."""

    def __setitem__(self, key: _Key, value: _Value) -> None:
        """Set a value; if there are too many, drop the one that was set first."""
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > REMEMBERED:
            self.popitem(last=False)


class Rate:
    """Counts requests by address. Each has a bucket of a minute's requests, which is refilled as time goes by."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow so many requests in a minute. ``clock`` returns seconds, and never goes back."""
        self._most = per_minute
        self._clock = clock
        self._buckets: Latest[str, tuple[float, float]] = Latest()  # how much is left, and as of when

    def wait(self, address: str) -> float:
        """Count a request and return 0; or return the seconds until the next request of this address is answered."""
        address, now = household(address), self._clock()
        left, at = self._buckets.get(address, (self._most, now))
        left = min(self._most, left + (now - at) * self._most / 60)
        answered = left >= 1
        self._buckets[address] = (left - answered, now)
        return 0 if answered else (1 - left) * 60 / self._most


class LimitRate(Guard):
    """Refuses an address that sends too many requests, and answers when to come back."""

    def __init__(self, app: ASGIApp, rate: Rate) -> None:
        super().__init__(app)
        self._rate = rate

    def refusal(self, request: HTTPConnection) -> JSONResponse | None:
        """Return the answer to a request too many, in its own language."""
        scope = request.scope
        counts = scope["type"] == "http" and scope["method"] == "POST" and _COSTS.fullmatch(scope["path"])
        wait = math.ceil(self._rate.wait(address_of(scope))) if counts else 0
        if not wait:
            return None
        return refuse(429, label("too_fast", preferred_language(request), seconds=wait), {"Retry-After": str(wait)})


async def read_body(receive: Receive, most: int = MAX_BODY) -> bytes | None:
    """Read a request's body of at most so many bytes; return None if there are more."""
    body = bytearray()
    while (message := await receive())["type"] == "http.request":
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body"):
            break
    return bytes(body)


def address_of(scope: Scope) -> str:
    """Return the address that a request comes from, "" if there is none."""
    return str((scope.get("client") or ("",))[0])


def household(address: str) -> str:
    """Return the key of all addresses that one client may have: for IPv6, the first half of the address."""
    with suppress(ValueError):  # for any other address
        return str(IPv6Network(f"{address.partition('%')[0]}/64", strict=False))
    return address
