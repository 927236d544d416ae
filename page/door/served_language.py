"""Serving the page in the language that was picked on it.

Gradio's front end only uses the browser's own language. So the page is served with a script that sets the browser's
language to the picked one. Then the page's own texts and Gradio's are in the same language.
"""

from __future__ import annotations

import json
import re

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus import Language
from page.door.whole_response import hold_back
from page.page_language import preferred_language

_WARN_OF_LOSS = """addEventListener("beforeunload", (event) => {
    if (!document.querySelector("[data-unsaved]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
});"""
"""Asks the user before a reload loses something. It has to be added before Gradio's own listener, which closes the
session even if the user then stays."""

_HEAD = re.compile(rb'lang="en"(.*?<head>)', re.DOTALL)


class ServePickedLanguage:
    """ASGI middleware: serves the page in the preferred language, with the scripts that must run before Gradio's."""

    def __init__(self, app: ASGIApp, script: str = "") -> None:
        """Add ``script``, if any, to the scripts that run before Gradio's front end."""
        self._app = app
        self._script = script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold back the page until it is whole, and change it; pass everything else through."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        language = preferred_language(Request(scope))

        async def send_page(start: Message, body: bytes) -> None:
            page = _in_language(body, language, self._script)
            headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
            await send({**start, "headers": [*headers, (b"content-length", str(len(page)).encode())]})
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, hold_back(send_page))


def _in_language(page: bytes, language: Language, more: str) -> bytes:
    code = json.dumps(language)
    script = (
        f'<script>Object.defineProperty(navigator, "language", {{get: () => {code}}});'
        f'Object.defineProperty(navigator, "languages", {{get: () => [{code}]}});{_WARN_OF_LOSS}{more}</script>'
    )
    return _HEAD.sub(lambda found: f'lang="{language}"'.encode() + found[1] + script.encode(), page, count=1)
