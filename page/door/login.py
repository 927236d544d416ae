"""Signing in: who may, and what is closed to whoever has not."""

from __future__ import annotations

import hmac
import math
import os
from base64 import b64decode
from collections.abc import Sequence
from contextvars import ContextVar
from hashlib import sha256
from typing import TYPE_CHECKING

from corpus import TanyaError
from page.door.guessing import Guesses
from page.door.limits import address_of
from page.door.open_paths import is_of_tools, is_public
from page.page_language import preferred_language
from page.ui_text import label

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

VARIABLE = "TANYA_AUTH"
"""The environment variable that names the accounts, so that no list of processes shows a password."""

LOGIN_MESSAGE = (
    f'<p lang="id">{label("sign_in", "id")}</p><p lang="en">{label("sign_in", "en")}</p>'  # before one can pick
    '<p id="sign-in-stopped" role="alert"></p>'
)

LOGIN_SCRIPT = """{
    const send = window.fetch;
    window.fetch = async (...given) => {
        const answer = await send(...given);
        const told = document.querySelector("#sign-in-stopped");
        if (told) told.textContent = answer.status === 429 ? (await answer.clone().json()).detail : "";
        return answer;
    };
}"""
"""Shows who has to wait that it is so; Gradio's form would say nothing."""

_request: ContextVar[Request] = ContextVar("request")
"""The request that is being answered: of its form, Gradio tells the name and the password, and not where it is from."""


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


class SignIn:
    """Decides on attempts to sign in, by the form or by a header, of which whoever guesses gets only a few."""

    def __init__(self, accounts: Accounts, guesses: Guesses) -> None:
        self._accounts = accounts
        self._guesses = guesses

    def __call__(self, name: str, password: str) -> bool:
        """Return whether the request in hand may sign in with these.

        Raises starlette's HTTPException, 429, where it has to wait, whether they are right or not.
        """
        from starlette.exceptions import HTTPException

        request = _request.get()
        address = address_of(request.scope)
        if wait := self._guesses.wait(address, name):
            seconds = math.ceil(wait)
            told = label("too_many_guesses", preferred_language(request)).format(seconds=seconds)
            raise HTTPException(429, told, {"Retry-After": str(seconds)})
        is_right = self._accounts(name, password)
        self._guesses.note(address, name, was_right=is_right)
        return is_right


class RequireLogin:
    """ASGI middleware: all that is not public is closed to whoever has not signed in.

    Gradio asks for that only where the page itself goes, not where MCP clients do, or what stops others' questions.
    """

    def __init__(self, app: ASGIApp, sign_in: SignIn) -> None:
        self._app = app
        self._sign_in = sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is public, or comes from one who signed in; refuse the rest."""
        from starlette.exceptions import HTTPException
        from starlette.requests import Request
        from starlette.responses import JSONResponse

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        _request.set(request)
        try:
            is_open = is_public(scope["path"]) or _has_cookie(request) or self._is_right(request)
        except HTTPException as stopped:
            refusal = JSONResponse({"detail": stopped.detail}, stopped.status_code, stopped.headers)
            await refusal(scope, receive, send)
            return
        if is_open:
            await self._app(scope, receive, send)
            return
        # Only for programs: a browser that is told so asks in a window of its own.
        headers = {"WWW-Authenticate": 'Basic realm="Tanya"'} if is_of_tools(scope["path"]) else {}
        told = label("signed_out", preferred_language(request))
        await JSONResponse({"detail": told}, 401, headers)(scope, receive, send)

    def _is_right(self, request: Request) -> bool:
        """Return whether a header opens what is asked for, as it does of the tools; an attempt it is anywhere."""
        given = _basic(request.headers.get("authorization", ""))
        return given is not None and self._sign_in(*given) and is_of_tools(request.scope["path"])


def _has_cookie(request: Request) -> bool:
    app = request.app
    cookies = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return any(app.tokens.get(request.cookies.get(cookie)) for cookie in cookies)


def _basic(header: str) -> tuple[str, str] | None:
    """Return the name and the password of an Authorization header, None where there are none."""
    scheme, _, given = header.partition(" ")
    try:
        name, colon, password = (
            b64decode(given if scheme.lower() == "basic" else "", validate=True).decode().partition(":")
        )
    except ValueError:
        return None
    return (name, password) if colon else None


def _digest(name: str, password: str) -> bytes:
    return sha256(f"{name}\0{password}".encode(errors="surrogatepass")).digest()
