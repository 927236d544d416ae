"""Which of its languages the page speaks: the one picked on it, or else the browser's own.

Gradio's front end goes by the browser's language alone and has no way to be told another. What is picked is therefore
kept in a cookie, and served as the browser's language to begin with: then the page's own words and Gradio's agree.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Protocol

from corpus import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "tanya-language"

_STAY = """addEventListener("beforeunload", (event) => {
    if (!document.querySelector("[data-unsaved]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
});"""
"""What a reload would lose is not lost unasked. This has to listen first: Gradio hangs up, even if one then stays."""

_HEAD = re.compile(rb'lang="en"(.*?<head>)', re.DOTALL)


class _Request(Protocol):
    @property
    def cookies(self) -> Mapping[str, str]: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def preferred_language(request: _Request | Any) -> Language:
    """Return the language that was picked in a browser, or else which one it would rather have."""
    picked = request.cookies.get(COOKIE)
    for language in LANGUAGES:
        if picked == language:
            return language
    return "id" if request.headers.get("accept-language", "").startswith("id") else "en"


class SpeakPickedLanguage:
    """ASGI middleware: the page is served as written in the preferred language, and the browser as speaking it.

    What has to be there before Gradio's front end is served with it.
    """

    def __init__(self, app: ASGIApp, script: str = "") -> None:
        """Serve it with another ``script`` that has to be there before, if there is one."""
        self._app = app
        self._script = script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through but the page itself, which is held back until it is whole."""
        from starlette.requests import Request

        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        language = preferred_language(Request(scope))
        start: Message = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                page = _spoken(bytes(body), language, self._script)
                headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
                await send({**start, "headers": [*headers, (b"content-length", str(len(page)).encode())]})
                await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, hold)


def _spoken(page: bytes, language: Language, more: str) -> bytes:
    told = json.dumps(language)
    script = (
        f'<script>Object.defineProperty(navigator, "language", {{get: () => {told}}});'
        f'Object.defineProperty(navigator, "languages", {{get: () => [{told}]}});{_STAY}{more}</script>'
    )
    return _HEAD.sub(lambda found: f'lang="{language}"'.encode() + found[1] + script.encode(), page, count=1)
