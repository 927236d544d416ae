"""Refusing requests that another website makes a visitor's browser send.

A website can do so from its own page, or under a name of its own that resolves to this machine (DNS rebinding). The
headers of the request reveal both: Host is the name that the browser asks for, Origin is the page that asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from corpus import TanyaError
from page.door.guard import Guard, refuse
from page.page_language import preferred_language
from page.ui_text import label

_HERE = ("localhost", "127.0.0.1", "::1")

_PLACE = r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?"
_HOST = re.compile(_PLACE)
_ORIGIN = re.compile(rf"(?P<scheme>https?)://{_PLACE}")
_PORTS = {"http": "80", "https": "443"}


class OwnNames:
    """The host names and addresses under which the page answers."""

    def __init__(self, host: str, others: Sequence[str] = ()) -> None:
        """Accept the names of this machine, the ``host`` that is served at, and ``others``.

        Raises TanyaError if one of the others is not a host name.
        """
        for name in others:
            if _address(name) is None and not _HOST.fullmatch(name.lower()):
                raise TanyaError(f"--allow-host: {name} is not the name of a host, such as tanya.example.org")
            if ":" in name and _address(name) is None:
                raise TanyaError(f"--allow-host: {name} has a port; give the name alone")
        self._names = {_plain(name) for name in (*_HERE, host, *others)}
        served_at = _address(host)
        self._takes_addresses = served_at is not None and served_at.is_unspecified

    def __contains__(self, name: str) -> bool:
        """Return whether the page answers under this name.

        If it is served at all addresses of the machine, it answers under any address: unlike a name, an address cannot
        be made to lead elsewhere.
        """
        return _plain(name) in self._names or (self._takes_addresses and _address(name) is not None)


class CheckOrigin(Guard):
    """Refuses requests for another name or from another page. Without an Origin, no page asks."""

    def __init__(self, app: ASGIApp, names: OwnNames) -> None:
        super().__init__(app)
        self._names = names

    def refusal(self, request: HTTPConnection) -> JSONResponse | None:
        """Return the answer to a request for another name, or from another page."""
        language = preferred_language(request)
        hosts = [_HOST.fullmatch(host.lower()) for host in request.headers.getlist("host")]
        host = hosts[0] if len(hosts) == 1 else None
        if host is None:
            return refuse(400, label("unreadable", language))
        if host["name"] not in self._names:
            return refuse(421, label("unknown_host", language, name=host["name"]))
        for given in request.headers.getlist("origin"):
            origin = _ORIGIN.fullmatch(given.lower())
            # The scheme may differ: a proxy speaks HTTPS with the browser and HTTP with this server.
            if origin is None or _place(origin, origin["scheme"]) != _place(host, origin["scheme"]):
                return refuse(403, label("foreign_page", language, host=host[0]))
        return None


def _place(found: re.Match[str], scheme: str) -> tuple[str, str]:
    return _plain(found["name"]), found["port"] or _PORTS[scheme]


def _plain(name: str) -> str:
    """Return a name or an address in its normal form."""
    address = _address(name)
    return name.lower() if address is None else str(address)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None
