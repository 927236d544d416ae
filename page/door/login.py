"""Signing in: the accounts, and what is closed to those who have not signed in."""

from __future__ import annotations

import hmac
import math
import os
from base64 import b64decode
from collections.abc import Sequence
from contextvars import ContextVar
from hashlib import sha256

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from corpus import TanyaError
from page.door.guard import Guard, refuse
from page.door.guessing import Guesses
from page.door.limits import address_of
from page.door.open_paths import is_of_tools, is_public
from page.page_language import preferred_language
from page.ui_text import label

VARIABLE = "TANYA_AUTH"
"""The environment variable that holds the accounts. On the command line, a list of processes would show them."""

LOGIN_MESSAGE = (
    f'<p lang="id">{label("sign_in", "id")}</p><p lang="en">{label("sign_in", "en")}</p>'  # before one can pick
    '<p id="sign-in-stopped" role="alert"></p>'
)

LOGIN_SCRIPT = """{
    const send = window.fetch;
    window.fetch = async (...given) => {
        const answer = await send(...given);
        const message = document.querySelector("#sign-in-stopped");
        if (message) message.textContent = answer.status === 429 ? (await answer.clone().json()).detail : "";
        return answer;
    };
}"""
"""Shows that the next attempt has to wait; Gradio's form would show nothing."""

_request: ContextVar[HTTPConnection] = ContextVar("request")
"""The request that is being answered. Gradio passes on the name and the password of its form, but not the address."""


class Accounts:
    """The accounts that may sign in."""

    def __init__(self, accounts: Sequence[tuple[str, str]]) -> None:
        """Accept these pairs of a name and a password."""
        self._digests = [_digest(name, password) for name, password in accounts]

    def __call__(self, name: str, password: str) -> bool:
        """Return whether there is such an account. It takes the same time whatever is wrong."""
        given = _digest(name.strip(), password)
        return sum(hmac.compare_digest(given, known) for known in self._digests) > 0

    @classmethod
    def from_environment(cls) -> Accounts:
        """Read the accounts, "name:password", one on a line. Raises TanyaError, whose message holds no password."""
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
    """Decides on attempts to sign in, by the form or by a header. Whoever guesses has to wait."""

    def __init__(self, accounts: Accounts, guesses: Guesses) -> None:
        self._accounts = accounts
        self._guesses = guesses

    def __call__(self, name: str, password: str) -> bool:
        """Return whether the name and the password are right.

        Raises starlette's HTTPException with status 429, without a look at the password, if the attempt has to wait.
        """
        request = _request.get()
        address = address_of(request.scope)
        if wait := self._guesses.wait(address, name):
            seconds = math.ceil(wait)
            reason = label("too_many_guesses", preferred_language(request), seconds=seconds)
            raise HTTPException(429, reason, {"Retry-After": str(seconds)})
        is_right = self._accounts(name, password)
        self._guesses.count(address, name, was_right=is_right)
        return is_right


class RequireLogin(Guard):
    """Refuses all that is not public to those who have not signed in.

    Gradio itself checks only the paths of the page: neither those of MCP clients, nor the one that cancels questions.
    """

    def __init__(self, app: ASGIApp, sign_in: SignIn) -> None:
        super().__init__(app)
        self._sign_in = sign_in

    def refusal(self, request: HTTPConnection) -> JSONResponse | None:
        """Return the answer to a request that needs a login and has none, or whose attempt to sign in has to wait."""
        _request.set(request)
        path = request.scope["path"]
        try:
            if is_public(path) or _has_cookie(request) or self._is_right(request):
                return None
        except HTTPException as stopped:
            return refuse(stopped.status_code, stopped.detail, stopped.headers)
        # Only for programs: a browser would show its own window for a password.
        headers = {"WWW-Authenticate": 'Basic realm="Tanya"'} if is_of_tools(path) else {}
        return refuse(401, label("signed_out", preferred_language(request)), headers)

    def _is_right(self, request: HTTPConnection) -> bool:
        """Return whether the Authorization header is right and opens this path: only MCP tools.

        It counts as an attempt to sign in on any path.
        """
        given = _basic(request.headers.get("authorization", ""))
        return given is not None and self._sign_in(*given) and is_of_tools(request.scope["path"])


def _has_cookie(request: HTTPConnection) -> bool:
    app = request.app
    cookies = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return any(app.tokens.get(request.cookies.get(cookie)) for cookie in cookies)


def _basic(header: str) -> tuple[str, str] | None:
    """Return the name and the password of an Authorization header, None if it holds none."""
    scheme, _, given = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return None
    return (name, password) if colon else None


def _digest(name: str, password: str) -> bytes:
    return sha256(f"{name}\0{password}".encode(errors="surrogatepass")).digest()
