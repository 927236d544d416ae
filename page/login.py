"""Signing in: who may, and what is closed to whoever has not."""

from __future__ import annotations

import hmac
import os
from base64 import b64decode
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from corpus import TanyaError
from page.labels import label
from page.language import preferred_language
from page.open_paths import API, is_public

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

VARIABLE = "TANYA_AUTH"
"""The environment variable that names the accounts, so that no list of processes shows a password."""

LOGIN_MESSAGE = (
    f'<p lang="id">{label("sign_in", "id")}</p><p lang="en">{label("sign_in", "en")}</p>'  # before one can pick
)


class Accounts:
    """Who may sign in."""

    def __init__(self, accounts: Sequence[tuple[str, str]]) -> None:
        """Let in whoever gives one of these pairs of a name and a password."""
        self._digests = [_digest(name, password) for name, password in accounts]

    def __call__(self, name: str, password: str) -> bool:
        """Return whether these belong together, in the same time whichever of them is wrong."""
        given = _digest(name.strip(), password)
        return sum(hmac.compare_digest(given, known) for known in self._digests) > 0

    @classmethod
    def from_environment(cls) -> Accounts:
        """Read the accounts, "name:password", one on a line. Raises TanyaError, which names no password."""
        lines = [line.strip() for line in os.environ.get(VARIABLE, "").splitlines() if line.strip()]
        if not lines:
            raise TanyaError(f"--auth needs accounts in the environment: {VARIABLE}=name:password, one on a line")
        accounts = []
        for number, line in enumerate(lines, 1):
            name, colon, password = line.partition(":")
            if not (colon and name.strip() and password):
                raise TanyaError(f"{VARIABLE}: line {number} is not of the form name:password")
            accounts.append((name.strip(), password))
        return cls(accounts)


class RequireLogin:
    """ASGI middleware: all that is not public is closed to whoever has not signed in.

    Gradio asks for that only where the page itself goes, not where MCP clients do, or what stops others' questions.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts) -> None:
        self._app = app
        self._accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is public, or comes from one who signed in; refuse the rest."""
        from starlette.requests import Request
        from starlette.responses import JSONResponse

        if scope["type"] != "http" or is_public(scope["path"]) or self._is_signed_in(Request(scope)):
            await self._app(scope, receive, send)
            return
        # Only for programs: a browser that is told so asks in a window of its own.
        headers = {"WWW-Authenticate": 'Basic realm="Tanya"'} if _is_mcp(scope["path"]) else {}
        told = label("signed_out", preferred_language(Request(scope)))
        await JSONResponse({"detail": told}, 401, headers)(scope, receive, send)

    def _is_signed_in(self, request: Request) -> bool:
        app = request.app
        cookies = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
        if any(app.tokens.get(request.cookies.get(cookie)) for cookie in cookies):
            return True
        return _is_mcp(request.url.path) and self._accounts(*_basic(request.headers.get("authorization", "")))


def _is_mcp(path: str) -> bool:
    return path.startswith(f"{API}/mcp")


def _basic(header: str) -> tuple[str, str]:
    """Return the name and the password of an Authorization header, "" where there are none."""
    scheme, _, given = header.partition(" ")
    try:
        name, _, password = b64decode(given if scheme.lower() == "basic" else "", validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return name, password


def _digest(name: str, password: str) -> bytes:
    return sha256(f"{name}\0{password}".encode(errors="surrogatepass")).digest()
